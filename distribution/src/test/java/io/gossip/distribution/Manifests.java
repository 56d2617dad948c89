/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What some YAML asks of Kubernetes. Whatever Kubernetes does not know is an error: a misspelt field, a text in the place of
 * a number, a key that is given twice.
 */
record Manifests(List<HasMetadata> resources) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Service", Service.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new WithoutAnySetters())
            .build();

    /**
     * Reads documents.
     *
     * @throws AssertionError saying what Kubernetes would not understand
     */
    static Manifests parse(String yaml) {
        List<HasMetadata> resources = new ArrayList<>();
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNext()) {
                resources.add(resource(documents.next()));
            }
        } catch (JacksonException e) {
            throw new AssertionError(e.getMessage() + "\nin\n" + yaml, e);
        }
        return new Manifests(resources);
    }

    /** {@return the resources of a kind} */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** {@return the only resource of a kind} */
    <T extends HasMetadata> T only(Class<T> kind) {
        List<T> all = all(kind);
        if (all.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + all.size());
        }
        return all.get(0);
    }

    private static HasMetadata resource(JsonNode document) {
        String kind = document.path("apiVersion").asString() + "/"
                + document.path("kind").asString();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError("unknown kind " + kind);
        }
        return MAPPER.treeToValue(document, type);
    }

    /** {@return some YAML as a tree} */
    static JsonNode tree(String yaml) {
        return MAPPER.readTree(yaml);
    }

    /** The model keeps fields that it does not know beside the others; here they must fail instead. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
        }
    }
}
