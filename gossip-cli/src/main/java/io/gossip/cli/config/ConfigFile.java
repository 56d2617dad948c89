/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a file of settings: YAML, JSON or properties, by its name. Strict: what is not known is a mistake. */
public final class ConfigFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param file the file, a regular one; relative names of files in it are taken to be relative to its folder
     * @param keys what may be set
     * @return what it sets, and all that is wrong with it
     * @throws IOException if it cannot be read
     */
    public static FileContent read(Path file, ConfigKeys keys) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        FileSettings settings = new FileSettings(file, keys);
        try {
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                TreeSyntax.yaml(text(file), settings);
            } else if (name.endsWith(".json")) {
                TreeSyntax.json(text(file), settings);
            } else if (name.endsWith(".properties")) {
                PropertiesSyntax.read(text(file), settings);
            } else {
                return nothingBut(
                        file + ": its name does not tell what it holds, let it end with .yaml, .json or .properties");
            }
        } catch (CharacterCodingException notUtf8) {
            return nothingBut(file + ": not text in UTF-8");
        }
        return settings.finished();
    }

    private static FileContent nothingBut(String problem) {
        return new FileContent(List.of(), List.of(problem), Set.of(), false);
    }

    private static String text(Path file) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(RegularFile.bytes(file)))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
