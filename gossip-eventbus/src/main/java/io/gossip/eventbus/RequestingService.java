/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client side of the requests that {@link ServiceRequests} answers. */
final class RequestingService implements GossipService {
    private final EventBus eventBus;
    private final String address;
    private final DeliveryOptions options =
            new DeliveryOptions().setLocalOnly(true).addHeader(ServiceRequests.REPLY, ServiceRequests.RECORD);

    RequestingService(Vertx vertx, GossipAddresses addresses) {
        eventBus = vertx.eventBus();
        address = addresses.service();
    }

    @Override
    public Future<ClusterPicture> snapshot() {
        return ask(action("snapshot"), ClusterPicture.class);
    }

    @Override
    public Future<MemberList> members() {
        return ask(action("members"), MemberList.class);
    }

    @Override
    public Future<NodeStatus> status() {
        return ask(action("status"), NodeStatus.class);
    }

    @Override
    public Future<KeyMutation> get(String nodeId, String key) {
        return one(action("get").put("node_id", nodeId).put("key", key));
    }

    @Override
    public Future<KeyMutation> get(String key) {
        return one(action("get").put("key", key));
    }

    @Override
    public Future<List<KeyMutation>> keys(String nodeId, String prefix) {
        return many(action("keys").put("node_id", nodeId).put("prefix", prefix));
    }

    @Override
    public Future<List<KeyMutation>> keys(String prefix) {
        return many(action("keys").put("prefix", prefix));
    }

    @Override
    public Future<WriteReply> set(String key, String value) {
        return write(action("set").put("key", key).put("value", value));
    }

    @Override
    public Future<WriteReply> setWithTtl(String key, String value) {
        return write(action("setWithTtl").put("key", key).put("value", value));
    }

    @Override
    public Future<WriteReply> delete(String key) {
        return write(action("delete").put("key", key));
    }

    @Override
    public Future<WriteReply> deleteAfterTtl(String key) {
        return write(action("deleteAfterTtl").put("key", key));
    }

    @Override
    public Future<WriteReply> touch(String key) {
        return write(action("touch").put("key", key));
    }

    @Override
    public Future<WriteReply> setService(String type, long shard, @Nullable String host) {
        JsonObject request = action("setService").put("type", type).put("shard", shard);
        return write(host == null ? request : request.put("host", host));
    }

    @Override
    public Future<WriteReply> withdrawService() {
        return write(action("withdrawService"));
    }

    @Override
    public Future<Void> gossip(String target) {
        return ask(action("gossip").put("address", target), JsonObject.class).mapEmpty();
    }

    @Override
    public Future<Void> remove(NodeIdentity member) {
        return ask(action("remove").put("node", JsonParts.identity(member)), JsonObject.class)
                .mapEmpty();
    }

    @Override
    public Future<Void> serveHttp(@Nullable HttpAddress where) {
        JsonObject request = action("serveHttp");
        return ask(where == null ? request : request.put("address", where.toString()), JsonObject.class)
                .mapEmpty();
    }

    @Override
    public Future<Void> serveMessages(@Nullable String advertisement) {
        JsonObject request = action("serveMessages");
        return ask(advertisement == null ? request : request.put("advertisement", advertisement), JsonObject.class)
                .mapEmpty();
    }

    @Override
    public Future<Void> leave() {
        return ask(action("leave"), JsonObject.class).mapEmpty();
    }

    private static JsonObject action(String name) {
        return new JsonObject().put("action", name);
    }

    private Future<KeyMutation> one(JsonObject request) {
        return ask(request, KeyList.class).map(reply -> reply.keys().get(0));
    }

    private Future<List<KeyMutation>> many(JsonObject request) {
        return ask(request, KeyList.class).map(KeyList::keys);
    }

    private Future<WriteReply> write(JsonObject request) {
        return ask(request, WriteReply.class);
    }

    private <T> Future<T> ask(JsonObject request, Class<T> type) {
        return eventBus.request(address, request, options)
                .map(Message::body)
                .map(type::cast)
                .recover(failure -> Future.failedFuture(withCode(failure)));
    }

    // No handler and no answer in time both mean that the node is not to be had.
    private Throwable withCode(Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
            return new ReplyException(
                    ReplyFailure.RECIPIENT_FAILURE, 503, "no node answers at " + address + ": " + reply.getMessage());
        }
        return failure;
    }
}
