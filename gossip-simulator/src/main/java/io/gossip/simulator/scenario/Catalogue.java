/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The scenarios that come with the simulator; what each proves stands in its {@code about} line. */
public final class Catalogue {
    private static final String FOLDER = "/io/gossip/simulator/scenarios/";

    private Catalogue() {}

    /** {@return the names of all scenarios, in the order of the table} */
    public static List<String> names() {
        return text("catalogue.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * Reads one of them.
     *
     * @param name one of {@link #names()}
     * @return the scenario
     */
    public static Scenario read(String name) {
        return find(name).orElseThrow(() -> new ScenarioException("there is no scenario '" + name + "'"));
    }

    /**
     * Reads one of them if it exists.
     *
     * @param name any text
     * @return the scenario; empty if none has that name
     */
    public static Optional<Scenario> find(String name) {
        return names().contains(name) ? Optional.of(Scenario.parse(text(name + ".scenario"))) : Optional.empty();
    }

    private static String text(String file) {
        try (InputStream in = Catalogue.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: " + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
