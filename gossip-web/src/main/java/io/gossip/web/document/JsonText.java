/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.eventbus.ServiceInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the parts that several documents have in common, straight to bytes. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Writes with a generator to memory, where no input or output can fail. */
    public static void write(OutputStream target, Writing writing) {
        try (JsonGenerator json = FACTORY.createGenerator(target)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static byte[] bytes(Writing writing) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        write(target, writing);
        return target.toByteArray();
    }

    /** {@code {"node_id","generation_id","gossip_advertise_addr"}}. */
    public static void identity(JsonGenerator json, NodeIdentity identity) throws IOException {
        json.writeStartObject();
        text(json, "node_id", identity.nodeId());
        unsigned(json, "generation_id", identity.generation());
        json.writeStringField("gossip_advertise_addr", identity.gossipAddress().toString());
        json.writeEndObject();
    }

    /** {@code "service":{"type","sharded","shard","host"}}, or null. */
    public static void service(JsonGenerator json, @Nullable ServiceInfo service) throws IOException {
        json.writeFieldName("service");
        if (service == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        text(json, "type", service.type());
        json.writeBooleanField("sharded", service.sharded());
        unsigned(json, "shard", service.shard());
        text(json, "host", service.host());
        json.writeEndObject();
    }

    public static String name(MemberState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** {@code {"key","value","version","status"}}. */
    public static void entry(JsonGenerator json, String key, String value, long version, String status)
            throws IOException {
        json.writeStartObject();
        text(json, "key", key);
        text(json, "value", value);
        unsigned(json, "version", version);
        json.writeStringField("status", status);
        json.writeEndObject();
    }

    public static void unsigned(JsonGenerator json, String field, long value) throws IOException {
        json.writeFieldName(field);
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }

    public static void text(JsonGenerator json, String field, String value) throws IOException {
        json.writeFieldName(wellFormed(field));
        json.writeString(wellFormed(value));
    }

    // Text of other members that came through JSON escapes may hold unpaired surrogates, which have no UTF-8 form: one
    // such
    // text must not keep everybody from reading the rest.
    public static String wellFormed(String value) {
        return hasNoSurrogates(value) || Utf8.isWellFormed(value) ? value : repaired(value);
    }

    private static boolean hasNoSurrogates(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String repaired(String value) {
        return value.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Something that writes JSON. */
    public interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
