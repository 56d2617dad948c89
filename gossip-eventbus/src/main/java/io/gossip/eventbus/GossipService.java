/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node behind a {@link GossipVerticle} and writes its member's keys, by requests to {@code gossip.service}.
 *
 * <p>Every future fails with a {@link io.vertx.core.eventbus.ReplyException} whose failure code is that of HTTP: 400 bad
 * request (also: empty key), 403 reserved key, 404 no such member or key, 413 too large, 422 refused by profile or
 * state, 503 the node is not there, is closing, or does not answer.
 *
 * <p><b>Threads:</b> may be called from any thread; futures complete on the caller's context.
 */
public interface GossipService {
    /**
     * A client of one verticle.
     *
     * @param vertx where the verticle is deployed
     * @param addressPrefix the verticle's prefix, {@value GossipAddresses#DEFAULT_PREFIX} unless configured otherwise
     * @return the client; nothing needs to be closed
     */
    static GossipService create(Vertx vertx, String addressPrefix) {
        return new RequestingService(vertx, new GossipAddresses(addressPrefix));
    }

    /** {@return the whole picture with fresh heartbeats} */
    Future<ClusterPicture> snapshot();

    /** {@return all listed members without their keys} */
    Future<MemberList> members();

    /** {@return how the node fares, vitals included} */
    Future<NodeStatus> status();

    /**
     * Reads a visible key of any listed member.
     *
     * @param nodeId the member; of several generations the highest
     * @param key not empty
     * @return the entry; fails with 404 if member or key is unknown or the key is deleted
     */
    Future<KeyMutation> get(String nodeId, String key);

    /**
     * Reads one of this member's own visible keys.
     *
     * @param key not empty
     * @return the entry; fails with 404 if the key is absent or deleted
     */
    Future<KeyMutation> get(String key);

    /**
     * Reads the visible keys of a listed member, reserved ones left out.
     *
     * @param nodeId the member; of several generations the highest
     * @param prefix what the keys begin with; may be empty
     * @return in UTF-8 order of the keys; fails with 404 if the member is unknown
     */
    Future<List<KeyMutation>> keys(String nodeId, String prefix);

    /**
     * Reads this member's own visible keys, reserved ones left out.
     *
     * @param prefix what the keys begin with; may be empty
     * @return in UTF-8 order of the keys
     */
    Future<List<KeyMutation>> keys(String prefix);

    /**
     * Sets one of this member's own keys.
     *
     * @param key not empty
     * @param value may be empty
     * @return what it did
     */
    Future<WriteReply> set(String key, String value);

    /**
     * Sets one of this member's own keys to be collected when the tombstone grace period is over.
     *
     * @param key not empty
     * @param value may be empty
     * @return what it did
     */
    Future<WriteReply> setWithTtl(String key, String value);

    /**
     * Deletes one of this member's own keys.
     *
     * @param key not empty
     * @return what it did; fails with 404 if there is no such key
     */
    Future<WriteReply> delete(String key);

    /**
     * Marks one of this member's own keys to be collected when the tombstone grace period is over.
     *
     * @param key not empty
     * @return what it did; fails with 404 if there is no such key
     */
    Future<WriteReply> deleteAfterTtl(String key);

    /**
     * Gives one of this member's own keys a new version without changing its value.
     *
     * @param key not empty
     * @return what it did; fails with 404 if there is no such key
     */
    Future<WriteReply> touch(String key);

    /**
     * Offers a service. Whether it is sharded is decided by its type, not by the argument.
     *
     * @param service what is offered from now on
     * @return what it did; fails with 400 for an unknown type, a bad host or a bad shard
     */
    default Future<WriteReply> setService(ServiceInfo service) {
        return setService(service.type(), service.shard(), service.host());
    }

    /**
     * Offers a service.
     *
     * @param type one of the node's {@link ServiceTypes}
     * @param shard 0 or above; 0 for a type that is not sharded
     * @param host {@code ip:port}; null to keep that of the present service, or to take the gossip address
     * @return what it did; fails with 400 for an unknown type, a bad host or a bad shard
     */
    Future<WriteReply> setService(String type, long shard, @Nullable String host);

    /** {@return what it did to stop offering a service; {@code ABSENT} if none was offered} */
    Future<WriteReply> withdrawService();

    /**
     * Gossips with an address now.
     *
     * @param address {@code ip:port}; neither a wildcard nor port 0
     * @return completes when it was sent; fails with 400 for a bad address
     */
    Future<Void> gossip(String address);

    /**
     * Takes a dead or left member off the list now.
     *
     * @param member which
     * @return completes when it is done; fails with 404 if it is unknown, 422 if it is live
     */
    Future<Void> remove(NodeIdentity member);

    /**
     * Tells the cluster where this member answers HTTP, in the reserved key {@code gossip:http}. The web interface does
     * this by itself; it is of use to who serves HTTP in another way.
     *
     * @param address host, port and whether to speak TLS, as others reach it; null to take it back
     * @return completes when it is stored; fails with 400 for an address that nobody can connect to
     */
    Future<Void> serveHttp(@Nullable HttpAddress address);

    /**
     * Tells the cluster how this member takes messages, in the reserved key {@code gossip:messages}. The messaging module
     * does this by itself; it is not for users.
     *
     * @param advertisement what that module of other members understands; null to take it back
     * @return completes when it is stored; fails with 413 if it is too large
     */
    Future<Void> serveMessages(@Nullable String advertisement);

    /**
     * Says goodbye and stops gossiping. The verticle stays deployed and answers 503 from then on.
     *
     * @return completes when the goodbye was sent
     */
    Future<Void> leave();
}
