/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.cluster.FollowedCluster;
import io.gossip.web.document.JsonText;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * {@code DELETE /api/v1/members/{nodeId}}: this node lists a dead member no longer. The others do until they are asked, too,
 * or the grace period is over.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class MemberRemoval {
    private static final Set<String> BY_PATH = Set.of("generation");
    private static final Set<String> BY_QUERY = Set.of("generation", "node_id");

    private final FollowedCluster cluster;
    private final GossipService service;

    public MemberRemoval(FollowedCluster cluster, GossipService service) {
        this.cluster = cluster;
        this.service = service;
    }

    void removeByPath(RoutingContext context) {
        remove(context, Parameters.only(BY_PATH).add(context.request().query()), Resource.pathValue(context, "nodeId"));
    }

    void removeByQuery(RoutingContext context) {
        Parameters parameters = Parameters.only(BY_QUERY).add(context.request().query());
        String nodeId = parameters
                .get("node_id")
                .orElseThrow(() -> new ProblemException(400, "parameter 'node_id' is missing"));
        remove(context, parameters, nodeId);
    }

    private void remove(RoutingContext context, Parameters parameters, String nodeId) {
        Negotiation.require(context, Negotiation.JSON);
        Optional<Long> generation = parameters.get("generation").map(MemberRemoval::generation);
        cluster.picture()
                .compose(picture -> remove(find(picture, nodeId, generation)))
                .onComplete(removed -> JsonAnswer.send(context, removed), context::fail);
    }

    // The picture may be a step behind the node, which has the last word: it refuses who came back.
    private Future<Buffer> remove(MemberPicture member) {
        if (member.isLive()) {
            throw new ProblemException(
                    409,
                    "only dead or left members can be removed, " + member.identity() + " is live: stop it first, or"
                            + " name the 'generation' of a dead one");
        }
        return service.remove(member.identity()).map(removed -> body(member.identity()));
    }

    private static MemberPicture find(ClusterPicture picture, String nodeId, Optional<Long> generation) {
        if (generation.isEmpty()) {
            return MemberResources.find(picture, nodeId);
        }
        return picture.members().stream()
                .filter(member -> member.identity().nodeId().equals(nodeId))
                .filter(member -> member.identity().generation() == generation.get())
                .reduce((one, other) -> one.isLive() ? other : one)
                .orElseThrow(() -> new ProblemException(404, "there is no member of this name and generation"));
    }

    private static Buffer body(NodeIdentity removed) {
        return Buffer.buffer(JsonText.bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("removed");
            JsonText.identity(json, removed);
            json.writeEndObject();
        }));
    }

    private static long generation(String text) {
        try {
            if (text.matches("[0-9]{1,20}")) {
                return Long.parseUnsignedLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            // told below
        }
        throw new ProblemException(400, "parameter 'generation' must be an integer between 0 and 2^64 - 1");
    }
}
