/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The tarball, unpacked and run. */
@Timeout(600)
class TarballIT {
    @TempDir
    static Path directory;

    private static Path home = Path.of("");

    @BeforeAll
    static void unpack() {
        SourceTree.run(List.of("tar", "-xzf", SourceTree.property("gossip.tarball"), "-C", directory.toString()));
        home = directory.resolve("gossip-" + SourceTree.version());
    }

    @Test
    void holdsAllThatIsPromised() {
        assertThat(List.of(
                        "bin/gossip",
                        "conf/gossip.yaml",
                        "deploy/helm/gossip/Chart.yaml",
                        "deploy/kubernetes/base/kustomization.yaml",
                        "docs/packaging.md",
                        "lib/gossip.jar",
                        "lib/launch.sh",
                        "systemd/gossip.service",
                        "LICENSE"))
                .allSatisfy(name -> assertThat(home.resolve(name)).isRegularFile());
        assertThat(home.resolve("bin/gossip")).isExecutable();
        assertThat(home.resolve("conf/gossip.yaml").toFile().canExecute()).isFalse();
    }

    @Test
    void theBillOfMaterialsListsWhatIsInTheJarAndNoTests() {
        JsonNode bom = Manifests.tree(SourceTree.read(home.resolve("sbom.cdx.json")));
        List<String> names = bom.path("components")
                .valueStream()
                .map(component -> component.path("name").asString())
                .toList();
        assertThat(names)
                .contains("gossip-core", "gossip-cli", "vertx-core", "netty-transport", "zstd-jni", "picocli")
                .doesNotContain("assertj-core", "junit-jupiter", "kubernetes-model-core", "helm-java");
    }

    @Test
    void runsThroughASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("gossip"), home.resolve("bin/gossip"));
        assertThat(SourceTree.run(List.of(link.toString(), "--version"))).contains(SourceTree.version());
    }

    /** What the manifests say on the command line is what the program understands. */
    @Test
    void runsWithTheArgumentsOfTheManifests() throws Exception {
        Members members =
                new Members(Manifests.parse(SourceTree.read(SourceTree.path("deploy/kubernetes/base/members.yaml"))));
        List<String> arguments = members.container().getArgs().stream()
                .map(argument -> argument.replace("0.0.0.0:8080", "127.0.0.1:0")
                        .replace("0.0.0.0:7280", "127.0.0.1:0")
                        .replace("gossip-members:", "localhost:")
                        .replace("$(POD_IP)", "127.0.0.1")
                        .replace("$(POD_NAME)", "gossip-0")
                        .replace("$(POD_NAMESPACE)", "space"))
                .toList();
        try (Program member = Program.start(home.resolve("bin/gossip"), arguments, Map.of("JAVA_OPTS", "-Xmx64m"))) {
            assertThat(member.get("/health/live", "10.1.2.3:8080")).contains("200");
            assertThat(member.get("/members", "gossip.space.svc:8080")).contains("200");
            assertThat(member.get("/members", "evil.example")).contains("403");
            SourceTree.run(List.of(
                    SourceTree.path("deploy/docker/healthcheck").toString(),
                    "/health/live",
                    Integer.toString(member.port())));
            assertThat(member.stop()).isZero();
        }
    }
}
