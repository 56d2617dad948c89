/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who offers what in one picture. Immutable. */
final class ServiceIndex {
    private final Map<String, List<ServiceProvider>> byType;

    private ServiceIndex(Map<String, List<ServiceProvider>> byType) {
        this.byType = byType;
    }

    static ServiceIndex of(ClusterPicture picture) {
        Map<String, List<ServiceProvider>> byType = new TreeMap<>();
        for (MemberPicture member : picture.members()) {
            if (picture.isReady(member)) {
                member.service()
                        .ifPresent(service -> byType.computeIfAbsent(service.type(), type -> new ArrayList<>())
                                .add(new ServiceProvider(member.identity(), service)));
            }
        }
        byType.replaceAll((type, providers) -> List.copyOf(providers));
        return new ServiceIndex(Collections.unmodifiableMap(byType));
    }

    Map<String, List<ServiceProvider>> byType() {
        return byType;
    }

    List<ServiceProvider> providers(String type) {
        return byType.getOrDefault(type, List.of());
    }
}
