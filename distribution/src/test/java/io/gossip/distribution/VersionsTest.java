/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What carries the version of the build without being told it by Maven. */
class VersionsTest {
    @Test
    void theBillOfMaterialsListsEveryModuleWithAnApi() throws IOException {
        String bom = SourceTree.read(SourceTree.path("gossip-bom/pom.xml"));
        assertThat(bom).contains("<version>" + SourceTree.version() + "</version>");
        Set<String> listed = new TreeSet<>(found("<artifactId>(gossip-[a-z-]+)</artifactId>", bom));
        listed.remove("gossip-bom");
        assertThat(listed).isEqualTo(modulesWithAnApi()).isNotEmpty();
    }

    @Test
    void chartAndManifestsNameThisVersion() {
        String chart = SourceTree.read(SourceTree.path("deploy/helm/gossip/Chart.yaml"));
        assertThat(Manifests.tree(chart).path("version").asString()).isEqualTo(SourceTree.version());
        assertThat(Manifests.tree(chart).path("appVersion").asString()).isEqualTo(SourceTree.version());
        String base = SourceTree.read(SourceTree.path("deploy/kubernetes/base/kustomization.yaml"));
        assertThat(Manifests.tree(base).path("images").path(0).path("newTag").asString())
                .isEqualTo(SourceTree.version());
    }

    private static Set<String> modulesWithAnApi() throws IOException {
        try (Stream<Path> entries = Files.list(SourceTree.path("."))) {
            Set<String> modules = new TreeSet<>();
            entries.map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .map(SourceTree::read)
                    .filter(pom -> pom.contains("<japicmp.skip>false<"))
                    .forEach(pom -> modules.addAll(found("</parent>\\s*<artifactId>([a-z-]+)</artifactId>", pom)));
            return modules;
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
