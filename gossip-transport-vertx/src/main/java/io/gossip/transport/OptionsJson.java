/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.engine.Profile;
import io.gossip.core.engine.ProtocolChoice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link GossipNodeOptions}: one line for each option. */
final class OptionsJson {
    private record Option(
            String name,
            Function<GossipNodeOptions, @Nullable Object> read,
            BiConsumer<GossipNodeOptions, Object> write) {}

    private static final Map<String, Option> OPTIONS = table(
            text("nodeId", GossipNodeOptions::getNodeId, GossipNodeOptions::setNodeId),
            new Option("generation", o -> unsigned(o.getGeneration()), (o, v) -> o.setGeneration(unsigned(v))),
            text("clusterId", GossipNodeOptions::getClusterId, GossipNodeOptions::setClusterId),
            text("listenAddress", GossipNodeOptions::getListenAddress, GossipNodeOptions::setListenAddress),
            text("advertiseAddress", GossipNodeOptions::getAdvertiseAddress, GossipNodeOptions::setAdvertiseAddress),
            new Option(
                    "seedNodes",
                    o -> new JsonArray(new ArrayList<>(o.getSeedNodes())),
                    (o, v) -> o.setSeedNodes(texts(v))),
            whole(
                    "gossipIntervalMillis",
                    GossipNodeOptions::getGossipIntervalMillis,
                    (o, v) -> o.setGossipIntervalMillis(v)),
            new Option(
                    "protocolVersion",
                    o -> lower(o.getProtocolVersion()),
                    (o, v) -> o.setProtocolVersion(constant("protocolVersion", ProtocolChoice.values(), v))),
            new Option(
                    "profile",
                    o -> lower(o.getProfile()),
                    (o, v) -> o.setProfile(constant("profile", Profile.values(), v))),
            new Option("detector", o -> o.getDetector().word(), (o, v) -> o.setDetector(rule("detector", v))),
            new Option(
                    "phiThreshold",
                    GossipNodeOptions::getPhiThreshold,
                    (o, v) -> o.setPhiThreshold(number("phiThreshold", v).doubleValue())),
            small("samplingWindow", GossipNodeOptions::getSamplingWindow, (o, v) -> o.setSamplingWindow(v)),
            whole("maxIntervalMillis", GossipNodeOptions::getMaxIntervalMillis, (o, v) -> o.setMaxIntervalMillis(v)),
            whole(
                    "initialIntervalMillis",
                    GossipNodeOptions::getInitialIntervalMillis,
                    (o, v) -> o.setInitialIntervalMillis(v)),
            whole(
                    "deadNodeGraceMillis",
                    GossipNodeOptions::getDeadNodeGraceMillis,
                    (o, v) -> o.setDeadNodeGraceMillis(v)),
            whole(
                    "tombstoneGraceMillis",
                    GossipNodeOptions::getTombstoneGraceMillis,
                    (o, v) -> o.setTombstoneGraceMillis(v)),
            small("fanout", GossipNodeOptions::getFanout, (o, v) -> o.setFanout(v)),
            small("maxMembers", GossipNodeOptions::getMaxMembers, (o, v) -> o.setMaxMembers(v)),
            small("deadNodeMemory", GossipNodeOptions::getDeadNodeMemory, (o, v) -> o.setDeadNodeMemory(v)),
            small("maxEntryBytes", GossipNodeOptions::getMaxEntryBytes, (o, v) -> o.setMaxEntryBytes(v)),
            small("maxStreamBytes", GossipNodeOptions::getMaxStreamBytes, (o, v) -> o.setMaxStreamBytes(v)),
            whole("maxStateBytes", GossipNodeOptions::getMaxStateBytes, (o, v) -> o.setMaxStateBytes(v)),
            small("maxDatagramBytes", GossipNodeOptions::getMaxDatagramBytes, (o, v) -> o.setMaxDatagramBytes(v)),
            whole("replyLimitBytes", GossipNodeOptions::getReplyLimitBytes, (o, v) -> o.setReplyLimitBytes(v)),
            small("receiveBufferBytes", GossipNodeOptions::getReceiveBufferBytes, (o, v) -> o.setReceiveBufferBytes(v)),
            new Option(
                    "solicitedAnswersOnly",
                    GossipNodeOptions::isSolicitedAnswersOnly,
                    (o, v) -> o.setSolicitedAnswersOnly(flag("solicitedAnswersOnly", v))),
            whole("randomSeed", GossipNodeOptions::getRandomSeed, (o, v) -> o.setRandomSeed(v)),
            whole("seedRefreshMillis", GossipNodeOptions::getSeedRefreshMillis, (o, v) -> o.setSeedRefreshMillis(v)));

    private OptionsJson() {}

    static Set<String> names() {
        return OPTIONS.keySet();
    }

    static JsonObject write(GossipNodeOptions options) {
        JsonObject json = new JsonObject();
        for (Option option : OPTIONS.values()) {
            Object value = option.read().apply(options);
            if (value != null) {
                json.put(option.name(), value);
            }
        }
        return json;
    }

    /** A null value leaves the default, as if the name were absent. */
    static void read(JsonObject json, GossipNodeOptions options) {
        for (String name : json.fieldNames()) {
            Option option = OPTIONS.get(name);
            if (option == null) {
                throw new IllegalArgumentException(
                        "unknown option '" + name + "', did you mean '" + nearest(name) + "'?");
            }
            Object value = json.getValue(name);
            if (value != null) {
                option.write().accept(options, value);
            }
        }
    }

    private static Map<String, Option> table(Option... options) {
        Map<String, Option> table = new LinkedHashMap<>();
        for (Option option : options) {
            table.put(option.name(), option);
        }
        return Collections.unmodifiableMap(table);
    }

    private static Option text(
            String name,
            Function<GossipNodeOptions, @Nullable Object> read,
            BiConsumer<GossipNodeOptions, String> write) {
        return new Option(name, read, (options, value) -> write.accept(options, text(name, value)));
    }

    private static Option small(
            String name,
            Function<GossipNodeOptions, @Nullable Object> read,
            BiConsumer<GossipNodeOptions, Integer> write) {
        return new Option(name, read, (options, value) -> {
            long number = whole(name, value);
            OptionRules.require(number == (int) number, name + " must be less than 2^31, was " + number);
            write.accept(options, (int) number);
        });
    }

    private static Option whole(
            String name,
            Function<GossipNodeOptions, @Nullable Object> read,
            BiConsumer<GossipNodeOptions, Long> write) {
        return new Option(name, read, (options, value) -> write.accept(options, whole(name, value)));
    }

    private static String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "a string", value);
    }

    private static List<String> texts(Object value) {
        if (!(value instanceof JsonArray array)) {
            throw wrong("seedNodes", "an array of strings", value);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : array) {
            texts.add(text("seedNodes", element == null ? "null" : element));
        }
        return texts;
    }

    private static boolean flag(String name, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false", value);
    }

    private static Number number(String name, Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw wrong(name, "a number", value);
    }

    private static long whole(String name, Object value) {
        try {
            return exact(name, value).longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(name, "a whole number of 64 bits", value);
        }
    }

    private static BigInteger exact(String name, Object value) {
        return new BigDecimal(number(name, value).toString()).toBigIntegerExact();
    }

    private static @Nullable Object unsigned(@Nullable Long generation) {
        if (generation == null || generation >= 0) {
            return generation;
        }
        return new BigInteger(Long.toUnsignedString(generation));
    }

    private static long unsigned(Object value) {
        try {
            BigInteger number = exact("generation", value);
            if (number.signum() >= 0 && number.bitLength() <= Long.SIZE) {
                return number.longValue();
            }
        } catch (ArithmeticException e) {
            // a fraction: the same complaint
        }
        throw wrong("generation", "an unsigned number of 64 bits", value);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(String name, E[] constants, Object value) {
        List<String> known = new ArrayList<>();
        for (E constant : constants) {
            if (lower(constant).equals(value)) {
                return constant;
            }
            known.add(lower(constant));
        }
        throw wrong(name, "one of " + known, value);
    }

    private static DetectorRule rule(String name, Object value) {
        try {
            return DetectorRule.of(text(name, value));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "one of [reference, self-doubting]", value);
        }
    }

    private static IllegalArgumentException wrong(String name, String expected, Object value) {
        return new IllegalArgumentException(name + " must be " + expected + ", was '" + value + "'");
    }

    private static String nearest(String name) {
        return Collections.min(
                names(),
                Comparator.comparingInt(
                        known -> distance(known.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein's edit distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
