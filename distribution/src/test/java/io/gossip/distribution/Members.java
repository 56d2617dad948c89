/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must fit together for members on Kubernetes to find one another, whoever wrote the manifests. */
record Members(Manifests manifests) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    StatefulSet set() {
        return manifests.only(StatefulSet.class);
    }

    PodSpec pod() {
        return set().getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    /** {@return the service that stands for the addresses of all members} */
    Service headless() {
        String name = set().getSpec().getServiceName();
        return manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name));
    }

    void selectEachOther() {
        Map<String, String> labels = set().getSpec().getTemplate().getMetadata().getLabels();
        assertThat(labels)
                .isNotEmpty()
                .containsAllEntriesOf(set().getSpec().getSelector().getMatchLabels());
        for (Service service : manifests.all(Service.class)) {
            assertThat(service.getSpec().getSelector()).isNotEmpty();
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
        }
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            assertThat(budget.getSpec().getSelector().getMatchLabels()).isNotEmpty();
            assertThat(labels)
                    .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
        }
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNotEmpty();
            assertThat(labels)
                    .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        }
    }

    void findEachOtherByName() {
        assertThat(headless().getSpec().getClusterIP()).isEqualTo("None");
        assertThat(headless().getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(container().getArgs())
                .contains("--seed=" + headless().getMetadata().getName() + ":7280");
        assertThat(set().getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
        Set<String> defined = container().getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
        Set<String> used = container().getArgs().stream()
                .flatMap(argument -> VARIABLE.matcher(argument).results())
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(defined).containsAll(used);
        assertThat(used).contains("POD_IP", "POD_NAME");
    }

    void areAskedForTheirHealth() {
        assertThat(container().getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
        assertThat(container().getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
        Set<String> ports = container().getPorts().stream()
                .map(port -> port.getName() + " " + port.getContainerPort() + " " + port.getProtocol())
                .collect(Collectors.toSet());
        assertThat(ports).containsExactlyInAnyOrder("http 8080 TCP", "gossip 7280 UDP");
        assertThat(container().getArgs()).contains("--listen-addr=0.0.0.0:8080", "--gossip-addr=0.0.0.0:7280");
        assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThan(5);
    }

    /** What the restricted pod security standard wants, and a root file system that nobody writes to. */
    void areRestricted() {
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod().getEnableServiceLinks()).isFalse();
        var context = container().getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container().getResources().getLimits()).containsKey("memory");
    }

    void mountWhatThereIs() {
        Set<String> volumes = Stream.concat(
                        pod().getVolumes().stream().map(volume -> volume.getName()),
                        set().getSpec().getVolumeClaimTemplates().stream()
                                .map(claim -> claim.getMetadata().getName()))
                .collect(Collectors.toSet());
        Set<String> mounted =
                container().getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet());
        assertThat(mounted).isEqualTo(volumes);
    }

    /** All of it. */
    void fitTogether() {
        selectEachOther();
        findEachOtherByName();
        areAskedForTheirHealth();
        areRestricted();
        mountWhatThereIs();
    }
}
