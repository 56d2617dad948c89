/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

/** Where a setting was made. */
public sealed interface Origin {
    /** {@return for people: {@code gossip.yaml:3}, {@code GOSSIP_FANOUT}, {@code --fanout}} */
    String where();

    /** {@return for programs: {@code file}, {@code environment}, {@code option}} */
    String kind();

    /**
     * {@return the beginning of a complaint about the setting of a key there}
     *
     * @param key what is set
     */
    String accused(ConfigKey key);

    /**
     * A file.
     *
     * @param file as it was named
     * @param line from 1
     */
    record InFile(String file, int line) implements Origin {
        @Override
        public String where() {
            return file + ":" + line;
        }

        @Override
        public String kind() {
            return "file";
        }

        @Override
        public String accused(ConfigKey key) {
            return where() + ": " + key.name();
        }
    }

    /**
     * The environment.
     *
     * @param variable its name
     */
    record InEnvironment(String variable) implements Origin {
        @Override
        public String where() {
            return variable;
        }

        @Override
        public String kind() {
            return "environment";
        }

        @Override
        public String accused(ConfigKey key) {
            return variable + " in the environment";
        }
    }

    /**
     * The command line.
     *
     * @param option its name
     */
    record OnCommandLine(String option) implements Origin {
        @Override
        public String where() {
            return option;
        }

        @Override
        public String kind() {
            return "option";
        }

        @Override
        public String accused(ConfigKey key) {
            return option;
        }
    }
}
