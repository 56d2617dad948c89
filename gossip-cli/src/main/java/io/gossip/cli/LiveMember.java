/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.vertx.core.Future;

final class LiveMember {
    private final NodeSources sources;
    private final NodeConfiguration first;

    private LiveMember(NodeSources sources, NodeConfiguration first) {
        this.sources = sources;
        this.first = first;
    }

    static LiveMember of(NodeSources sources) {
        return new LiveMember(sources, NodeConfiguration.load(sources));
    }

    Future<RunningMember> start(MemberProcess process) {
        return process.start(first.member());
    }
}
