/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart, rendered by Helm and read by Kubernetes' own model. */
class ChartTest {
    private static final Path CHART = SourceTree.path("deploy/helm/gossip");

    /** The oldest one that the chart asks for. */
    private static final String KUBERNETES = "1.26.0";

    @TempDir
    Path directory;

    @Test
    void helmHasNothingToSay() {
        LintResult result = new Helm(CHART).lint().strict().call();
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void fitsTogetherAsItIs() throws IOException {
        Members members = rendered("{}");
        members.fitTogether();
        assertThat(members.container().getImage()).isEqualTo("gossip:" + SourceTree.version());
        assertThat(members.container().getArgs())
                .contains(
                        "--cluster-id=space.one",
                        "--allowed-host=one-gossip,one-gossip.space,one-gossip.space.svc",
                        "--seed=one-gossip-members:7280");
        assertThat(members.manifests().resources()).hasSize(5);
    }

    @Test
    void fitsTogetherWithEverythingOn() throws IOException {
        Members members = rendered("""
                replicas: 5
                clusterId: "a cluster"
                image: {repository: registry.example/gossip, tag: "1", pullSecrets: [pull]}
                extraSeeds: ["10.0.0.7:7280"]
                extraAllowedHosts: [gossip.example]
                extraArgs: ["--gossip-interval=500ms"]
                env: {GOSSIP_FANOUT: 4}
                tokenSecret: tokens
                persistence: {enabled: true, size: 2Gi, storageClass: fast}
                javaOptions: "-Xmx64m"
                networkPolicy:
                  httpFrom: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
                podAnnotations: {prometheus.io/scrape: "true"}
                nodeSelector: {disk: fast}
                tolerations: [{key: dedicated, operator: Exists}]
                affinity: {podAntiAffinity: {}}
                """);
        members.fitTogether();
        assertThat(members.set().getSpec().getReplicas()).isEqualTo(5);
        assertThat(members.container().getImage()).isEqualTo("registry.example/gossip:1");
        assertThat(members.container().getArgs())
                .contains("--cluster-id=a cluster", "--seed=10.0.0.7:7280", "--gossip-interval=500ms");
        assertThat(members.container().getEnv())
                .filteredOn(variable -> variable.getValue() != null)
                .extracting(EnvVar::getName)
                .contains("GOSSIP_DATA_DIR", "GOSSIP_READ_TOKEN_FILE", "JDK_JAVA_OPTIONS", "GOSSIP_FANOUT");
        assertThat(members.set()
                        .getSpec()
                        .getVolumeClaimTemplates()
                        .get(0)
                        .getSpec()
                        .getStorageClassName())
                .isEqualTo("fast");
    }

    @Test
    void leavesOutWhatIsOff() throws IOException {
        Members members = rendered("disruptionBudget: {enabled: false}\nnetworkPolicy: {enabled: false}\n");
        members.fitTogether();
        assertThat(members.manifests().all(PodDisruptionBudget.class)).isEmpty();
        assertThat(members.manifests().all(NetworkPolicy.class)).isEmpty();
    }

    @Test
    void valuesThatTheSchemaDoesNotAllowAreRefused() {
        assertThatThrownBy(() -> rendered("replica: 5")).hasMessageContaining("replica");
        assertThatThrownBy(() -> rendered("replicas: many")).hasMessageContaining("replicas");
        assertThatThrownBy(() -> rendered("readyTimeout: soon")).hasMessageContaining("readyTimeout");
        assertThatThrownBy(() -> rendered("extraArgs: [fanout]")).hasMessageContaining("extraArgs");
    }

    private Members rendered(String values) throws IOException {
        Path file = Files.writeString(directory.resolve("values.yaml"), values);
        String yaml = new Helm(CHART)
                .template()
                .withName("one")
                .withNamespace("space")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file)
                .call();
        return new Members(Manifests.parse(yaml));
    }
}
