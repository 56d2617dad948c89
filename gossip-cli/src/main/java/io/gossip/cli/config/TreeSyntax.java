/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.gossip.cli.config.ConfigKey.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** YAML and JSON, read token by token, for a token knows its line and the text that stands there. */
final class TreeSyntax {
    private final JsonParser parser;
    private final FileSettings settings;

    private TreeSyntax(JsonParser parser, FileSettings settings) {
        this.parser = parser;
        this.settings = settings;
    }

    static void yaml(String text, FileSettings settings) throws IOException {
        // yes, no, on and off are words.
        YAMLFactory factory = new YAMLFactory().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS);
        read(factory, "YAML", SyntaxMistake::inYaml, text, settings);
    }

    static void json(String text, FileSettings settings) throws IOException {
        read(new JsonFactory(), "JSON", SyntaxMistake::inJson, text, settings);
    }

    private static void read(
            JsonFactory factory,
            String syntax,
            BiFunction<String, JsonProcessingException, SyntaxMistake> mistakes,
            String text,
            FileSettings settings)
            throws IOException {
        try (JsonParser parser = factory.createParser(text)) {
            new TreeSyntax(parser, settings).document();
        } catch (JsonProcessingException malformed) {
            SyntaxMistake mistake = mistakes.apply(text, malformed);
            settings.problem(mistake.line(), mistake.column(), "not " + syntax + ": " + mistake.advice());
            settings.incomplete();
        }
    }

    private void document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return; // empty, or comments only
        }
        if (first != JsonToken.START_OBJECT) {
            settings.problem(line(), "expected keys with values, got " + got());
            settings.incomplete();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Optional<ConfigKey> key = settings.begin(parser.currentName(), line());
            int line = line();
            parser.nextToken();
            if (key.isPresent()) {
                value(key.get(), line);
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            settings.problem(line(), "expected the end, got more: one document a file");
            settings.incomplete();
        }
    }

    private void value(ConfigKey key, int line) throws IOException {
        switch (key.shape()) {
            case ONE -> {
                String text = scalar(key);
                if (text != null) {
                    settings.set(key, List.of(text), line);
                }
            }
            case LIST -> list(key, line);
            case MAP -> map(key);
        }
    }

    private void list(ConfigKey key, int line) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            unexpected(key);
            return;
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String text = scalar(key);
            if (text != null) {
                texts.add(text);
            }
        }
        settings.set(key, texts, line);
    }

    private void map(ConfigKey key) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            unexpected(key);
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int line = line();
            parser.nextToken();
            String text = scalar(key);
            if (text != null) {
                settings.add(key, name, text, line);
            }
        }
    }

    /** The text of the value as it stands in the file; null, after a complaint, if it is none of the right kind. */
    private @Nullable String scalar(ConfigKey key) throws IOException {
        JsonToken token = parser.currentToken();
        boolean alias = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
        // What people store under keys of their own is text, however YAML would read it.
        boolean anyText = key.shape() == Shape.MAP && key.form() == ValueForm.TEXT && isScalar(token);
        if (!alias && (anyText || key.form().isWrittenAs(token))) {
            return parser.getText();
        }
        unexpected(key);
        return null;
    }

    private void unexpected(ConfigKey key) throws IOException {
        settings.unexpected(key, got(), line());
        parser.skipChildren();
    }

    private String got() throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            return "an alias";
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> "keys with values";
            case START_ARRAY -> "a list";
            case VALUE_NULL -> "nothing";
            case VALUE_TRUE, VALUE_FALSE -> parser.getText() + " without quotes";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getText();
            default -> "the text '" + parser.getText() + "'";
        };
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static boolean isScalar(JsonToken token) {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }
}
