/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Where a text stops being YAML or JSON, and what to change there. In our words: those of the parsers are about their own
 * steps, so only the place is taken from them, and what stands at that place is looked at.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param advice what is wrong, and what to change
 */
record SyntaxMistake(int line, int column, String advice) {
    private static final String BEGIN_NO_VALUE = "@`%|>&*!";

    static SyntaxMistake inYaml(String text, JsonProcessingException malformed) {
        if (malformed.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return at(text, marked.getProblemMark(), marked.getContextMark());
        }
        if (malformed.getCause() instanceof ReaderException unreadable) {
            return forbidden(text, unreadable);
        }
        return at(malformed, "a key must be plain text: KEY: VALUE, one a line");
    }

    static SyntaxMistake inJson(String text, JsonProcessingException malformed) {
        if (malformed instanceof JsonEOFException) {
            return at(malformed, "it ends too early: a closing quote, ']' or '}' is missing");
        }
        return at(
                malformed,
                "names and texts stand in double quotes, ':' between a name and its value, ',' between two of them and"
                        + " none behind the last, no comments");
    }

    private static SyntaxMistake at(JsonProcessingException malformed, String advice) {
        JsonLocation at = malformed.getLocation();
        return at == null
                ? new SyntaxMistake(1, 1, advice)
                : new SyntaxMistake(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), advice);
    }

    private static SyntaxMistake forbidden(String text, ReaderException unreadable) {
        String before = text.substring(0, Math.min(text.length(), unreadable.getPosition()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new SyntaxMistake(
                line,
                before.length() - before.lastIndexOf('\n'),
                String.format(
                        "the character U+%04X is not allowed: take it out, or write it as an escape in double quotes",
                        unreadable.getCodePoint()));
    }

    // The problem is where the parser gave up, the context where that began which it could not finish.
    private static SyntaxMistake at(String text, Mark problem, @Nullable Mark context) {
        List<String> lines = text.lines().toList();
        int found = character(lines, problem);
        int begun = context == null ? ' ' : character(lines, context);
        if (context != null && (begun == '"' || begun == '\'')) {
            return inQuotes(lines, problem, context);
        }
        if (context != null && (begun == '[' || begun == '{')) {
            String closing = begun == '[' ? "]" : "}";
            return mistake(
                    context, "what is opened here must be closed by '" + closing + "', with ',' between its parts");
        }
        if (found == '\t') {
            return mistake(problem, "a tab: indent with spaces");
        }
        if (found == ':') {
            return mistake(
                    problem,
                    "this ':' cannot stand here: put a text that contains one in quotes, and give keys the same"
                            + " indentation as the line above");
        }
        if (BEGIN_NO_VALUE.indexOf(found) >= 0) {
            return mistake(problem, "a text cannot begin with '" + (char) found + "': put it in quotes");
        }
        if (context != null && isKeyWithoutValue(lines, context)) {
            return mistake(context, "a key without a value: write KEY: VALUE");
        }
        return mistake(problem, "look for a wrong indentation, a missing ':' or a missing quote here or above");
    }

    private static SyntaxMistake inQuotes(List<String> lines, Mark problem, Mark context) {
        boolean escape = problem.getColumn() > 0
                && problem.getLine() < lines.size()
                && lines.get(problem.getLine()).startsWith("\\", problem.getColumn() - 1);
        return escape
                ? mistake(problem, "no such escape: write \\\\ for a backslash, or put the text in single quotes")
                : mistake(context, "this quote is never closed");
    }

    private static boolean isKeyWithoutValue(List<String> lines, Mark context) {
        return context.getLine() < lines.size() && !lines.get(context.getLine()).contains(":");
    }

    private static int character(List<String> lines, Mark mark) {
        if (mark.getLine() >= lines.size()) {
            return ' ';
        }
        String line = lines.get(mark.getLine());
        return IntStream.of(line.codePoints().toArray())
                .skip(mark.getColumn())
                .findFirst()
                .orElse(' ');
    }

    private static SyntaxMistake mistake(Mark at, String advice) {
        return new SyntaxMistake(at.getLine() + 1, at.getColumn() + 1, advice);
    }
}
