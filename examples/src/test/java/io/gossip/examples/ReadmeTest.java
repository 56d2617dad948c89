/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README quotes a program that is compiled with the build, so that it cannot become untrue. */
class ReadmeTest {
    // Surefire runs a module's tests in the module's own folder.
    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "gossip", "examples");

    // <!-- example:Name -->, then a fenced block of Java.
    private static final Pattern QUOTE =
            Pattern.compile("<!-- example:(?<name>\\w+) -->\\s+```java\\n(?<code>.*?)\\n```", Pattern.DOTALL);

    private static final Pattern MARKED =
            Pattern.compile("\\h*// tag::embed\\[]\\n(?<code>.*?)\\h*// end::embed\\[]", Pattern.DOTALL);

    @Test
    void quotesTheEmbeddingExampleAsItIsCompiled() throws IOException {
        Matcher quote = QUOTE.matcher(Files.readString(README));

        assertThat(quote.find()).as("README.md quotes an example").isTrue();
        assertThat(quote.group("name")).isEqualTo("EmbedInYourApplication");
        assertThat(quote.group("code")).isEqualTo(codeOf(quote.group("name")));
    }

    /** What stands between the marks of the source, without its indentation. */
    private static String codeOf(String example) throws IOException {
        String source = Files.readString(SOURCES.resolve(example + ".java"));
        Matcher marked = MARKED.matcher(source);
        assertThat(marked.find()).as("%s marks what is quoted", example).isTrue();
        return marked.group("code").stripTrailing().stripIndent();
    }
}
