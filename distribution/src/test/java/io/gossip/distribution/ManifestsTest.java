/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests, by Kubernetes' own model. */
class ManifestsTest {
    @Test
    void everyFileIsUnderstood() throws IOException {
        try (Stream<Path> files = Files.walk(SourceTree.path("deploy/kubernetes"))) {
            List<Path> manifests = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .toList();
            assertThat(manifests).hasSizeGreaterThan(4);
            assertThat(manifests)
                    .allSatisfy(file -> assertThat(
                                    Manifests.parse(SourceTree.read(file)).resources())
                            .isNotEmpty());
        }
    }

    @Test
    void whatKubernetesDoesNotKnowIsAnError() {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {%s}\n";
        assertThat(Manifests.parse(service.formatted("clusterIP: None")).resources())
                .hasSize(1);
        assertThatThrownBy(() -> Manifests.parse(service.formatted("clusterIp: None")))
                .hasMessageContaining("clusterIp");
        assertThatThrownBy(() -> Manifests.parse(service.formatted("publishNotReadyAddresses: perhaps")))
                .hasMessageContaining("perhaps");
        assertThatThrownBy(() -> Manifests.parse(service.formatted("type: A, type: B")))
                .hasMessageContaining("type");
    }

    @Test
    void theBaseFitsTogether() {
        Members members = new Members(built("base"));
        members.fitTogether();
        assertThat(members.set().getSpec().getReplicas()).isEqualTo(3);
        assertThat(members.container().getImage()).isEqualTo("gossip:" + SourceTree.version());
    }

    @Test
    void theOverlayKeepsDataAndWantsTokens() {
        Members members = new Members(built("overlays/production"));
        members.fitTogether();
        assertThat(members.set().getSpec().getReplicas()).isEqualTo(5);
        assertThat(members.set().getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(members.container().getEnv().stream().map(EnvVar::getName))
                .contains("GOSSIP_DATA_DIR", "GOSSIP_READ_TOKEN_FILE", "GOSSIP_WRITE_TOKEN_FILE");
    }

    private static Manifests built(String directory) {
        String path = SourceTree.path("deploy/kubernetes").resolve(directory).toString();
        Optional<Path> kustomize = SourceTree.program("kustomize");
        if (kustomize.isPresent()) {
            return Manifests.parse(SourceTree.run(List.of("kustomize", "build", path)));
        }
        assumeTrue(SourceTree.program("kubectl").isPresent(), "needs kustomize or kubectl");
        return Manifests.parse(SourceTree.run(List.of("kubectl", "kustomize", path)));
    }
}
