/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads a file of settings: YAML, JSON or properties, by its name. Strict: what is not known is a mistake. */
public final class ConfigFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param file the file; relative names of files in it are taken to be relative to its folder
     * @param keys what may be set
     * @return what it sets, in its order
     * @throws IOException if it cannot be read
     * @throws ConfigException naming file, line and key, and what is known or allowed
     */
    public static List<Setting> read(Path file, ConfigKeys keys) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        FileSettings settings = new FileSettings(file, keys);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            TreeSyntax.yaml(text(file), settings);
        } else if (name.endsWith(".json")) {
            TreeSyntax.json(text(file), settings);
        } else if (name.endsWith(".properties")) {
            PropertiesSyntax.read(text(file), settings);
        } else {
            throw new ConfigException(List.of(
                    file + ": its name does not tell what it holds, let it end with .yaml, .json or .properties"));
        }
        return settings.finished();
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(List.of(file + ": longer than 1 MiB"));
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new ConfigException(List.of(file + ": not text in UTF-8"));
        }
    }
}
