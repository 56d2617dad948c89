/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.RefusedWriteException;
import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.engine.WriteResult;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.VersionedValue;
import io.gossip.transport.GossipNode;
import io.gossip.transport.TransportHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers the requests of contracts §3. Everything that reads or writes the node's state runs on its context, between two
 * steps, so that what is answered is true at one sequence.
 */
final class ServiceRequests {
    private static final List<String> ACTIONS = List.of(
            "snapshot",
            "members",
            "status",
            "get",
            "keys",
            "set",
            "setWithTtl",
            "delete",
            "deleteAfterTtl",
            "touch",
            "setService",
            "withdrawService",
            "gossip",
            "remove",
            "serveHttp",
            "serveMessages",
            "leave");

    /** Header by which {@link RequestingService} asks for a record, in this JVM; everyone else is answered in JSON. */
    static final String REPLY = "reply";

    static final String RECORD = "record";

    private final GossipNode node;
    private final Publisher publisher;
    private final ServiceTypes serviceTypes;
    private final List<String> requiredKeys;
    private final JsonPages pages;
    private ReadinessRule readiness;
    private boolean leaving;

    /** To be made on the verticle's context. */
    ServiceRequests(
            Vertx vertx,
            GossipNode node,
            Publisher publisher,
            ServiceTypes serviceTypes,
            List<String> requiredKeys,
            ReadinessRule readiness) {
        this.node = node;
        this.publisher = publisher;
        this.serviceTypes = serviceTypes;
        this.requiredKeys = requiredKeys;
        this.readiness = readiness;
        pages = new JsonPages(vertx, () -> read(this::picture));
    }

    /** Judges readiness by another rule from now on. */
    void readiness(ReadinessRule rule) {
        readiness = rule;
    }

    void handle(Message<Object> message) {
        boolean asRecord = RECORD.equals(message.headers().get(REPLY));
        answer(message.body(), asRecord).onComplete(message::reply, failure -> {
            RequestFailure refusal = RequestFailure.of(failure);
            message.fail(refusal.code(), refusal.text());
        });
    }

    /** Says goodbye and holds nothing any longer. */
    Future<Void> close() {
        pages.close();
        return leave();
    }

    private Future<?> answer(Object body, boolean asRecord) {
        try {
            Request request = new Request(body);
            String action = request.text("action");
            refuseUnlessRunning();
            return asRecord ? perform(action, request) : performInJson(action, request);
        } catch (RequestFailure failure) {
            return Future.failedFuture(failure);
        }
    }

    private void refuseUnlessRunning() {
        if (leaving || node.health().state() == TransportHealth.State.CLOSED) {
            throw RequestFailure.unavailable("the node has left the cluster");
        }
        if (!publisher.isAnnounced()) {
            throw RequestFailure.unavailable("the node is starting");
        }
    }

    /** From now on every request is refused, for what the node would answer or store, no one else hears. */
    private Future<Void> leave() {
        leaving = true;
        return node.close();
    }

    private Future<JsonObject> performInJson(String action, Request request) {
        return switch (action) {
            case "snapshot" -> pages.snapshot(request);
            case "members" -> pages.members(request);
            case "keys" -> pages.keys(request);
            default -> perform(action, request).map(ServiceRequests::json);
        };
    }

    private static JsonObject json(Object reply) {
        if (reply instanceof WriteReply write) {
            return write.toJson();
        }
        if (reply instanceof KeyList keys) {
            return keys.toJson();
        }
        if (reply instanceof NodeStatus status) {
            return status.toJson();
        }
        if (reply instanceof JsonObject done) {
            return done;
        }
        throw new AssertionError("no JSON form: " + reply);
    }

    private Future<?> perform(String action, Request request) {
        return switch (action) {
            case "snapshot" -> read(this::picture);
            case "members" -> read(this::members);
            case "status" -> read(this::status);
            case "get" -> get(request);
            case "keys" -> keys(request);
            case "set" -> set(request, ClusterAccess::set);
            case "setWithTtl" -> set(request, ClusterAccess::setWithTtl);
            case "delete" -> change(request, ClusterAccess::delete);
            case "deleteAfterTtl" -> change(request, ClusterAccess::deleteAfterTtl);
            case "touch" -> change(request, ClusterAccess::touch);
            case "setService" -> setService(request);
            case "withdrawService" -> read(access -> reply(access.delete(ServiceInfo.KEY)));
            case "gossip" -> done(node.gossip(request.target("address")));
            case "remove" -> remove(request);
            case "serveHttp" -> serveHttp(request);
            case "serveMessages" -> serveMessages(request);
            case "leave" -> done(leave());
            default ->
                throw RequestFailure.badRequest(
                        "unknown action '" + action + "', known: " + String.join(", ", ACTIONS));
        };
    }

    private <T> Future<T> read(Function<ClusterAccess, T> function) {
        return node.withState(function);
    }

    private ClusterPicture picture(ClusterAccess access) {
        return ClusterPicture.of(publisher.sequence(), access.snapshot(), requiredKeys);
    }

    private MemberList members(ClusterAccess access) {
        ClusterPicture picture = picture(access);
        return new MemberList(
                picture.sequence(),
                picture.clusterId(),
                picture.members().stream().map(MemberPicture::summary).toList());
    }

    /** What the meters show, at this moment. */
    NodeSample sample(ClusterAccess access) {
        Readiness verdict = readiness.judge(access.stats(), node.health(), System.nanoTime());
        return NodeSample.of(access, publisher.sequence(), verdict.ready() && !leaving);
    }

    private NodeStatus status(ClusterAccess access) {
        EngineStats stats = access.stats();
        TransportHealth transport = node.health();
        return new NodeStatus(
                publisher.sequence(),
                access.clusterId(),
                access.self(),
                access.protocolVersion(),
                transport,
                node.storeHealth(),
                stats,
                access.vitals(),
                readiness.judge(stats, transport, System.nanoTime()));
    }

    private Future<KeyList> get(Request request) {
        String key = request.key();
        return read(access -> {
            NodeIdentity member = member(access, request);
            VersionedValue value = access.getVersioned(member, key)
                    .filter(found -> !found.isDeleted())
                    .orElseThrow(() -> RequestFailure.notFound("no key '" + key + "' at " + member));
            KeyMutation entry = new KeyMutation(key, value.value(), value.version(), value.status());
            return new KeyList(member, List.of(entry));
        });
    }

    private Future<KeyList> keys(Request request) {
        String prefix = request.textOr("prefix", "");
        boolean reserved = request.boolOr("reserved", false);
        return read(access -> {
            NodeIdentity member = member(access, request);
            List<KeyMutation> visible = access.keys(member, prefix).stream()
                    .filter(entry -> reserved || !ReservedKeys.isReserved(entry.key()))
                    .toList();
            return new KeyList(member, visible);
        });
    }

    private Future<WriteReply> set(Request request, Setter setter) {
        String key = request.key();
        String value = request.text("value");
        return read(access -> reply(setter.set(access, key, value)));
    }

    private Future<WriteReply> change(Request request, Changer changer) {
        String key = request.key();
        return read(access -> {
            WriteResult result = changer.change(access, key);
            if (result.outcome() == WriteResult.Outcome.ABSENT) {
                throw RequestFailure.notFound("no key '" + key + "' to change");
            }
            return reply(result);
        });
    }

    private Future<WriteReply> setService(Request request) {
        String type = request.text("type");
        long shard = request.integerOr("shard", 0);
        return read(access -> {
            String host = request.has("host") ? request.text("host") : presentHost(access);
            try {
                ServiceInfo service = serviceTypes.service(type, shard, host);
                return reply(access.set(ServiceInfo.KEY, service.toJson().encode()));
            } catch (RefusedWriteException refused) {
                throw refused;
            } catch (IllegalArgumentException invalid) {
                throw RequestFailure.badRequest(RequestFailure.messageOf(invalid));
            }
        });
    }

    private static String presentHost(ClusterAccess access) {
        return access.get(ServiceInfo.KEY)
                .flatMap(ServiceInfo::parse)
                .map(ServiceInfo::host)
                .orElseGet(() -> access.self().gossipAddress().toString());
    }

    /** Not for users: the web interface says where it is, and takes it back when it goes. */
    private Future<JsonObject> serveHttp(Request request) {
        Optional<String> address =
                request.has("address") ? Optional.of(request.httpAddress("address")) : Optional.empty();
        return read(access -> {
            access.setReserved(ReservedKeys.HTTP, address);
            return doneReply();
        });
    }

    /** Not for users: the messaging module says where it is, and takes it back when it goes. */
    private Future<JsonObject> serveMessages(Request request) {
        Optional<String> advertisement =
                request.has("advertisement") ? Optional.of(request.text("advertisement")) : Optional.empty();
        return read(access -> {
            access.setReserved(ReservedKeys.MESSAGES, advertisement);
            return doneReply();
        });
    }

    private Future<JsonObject> remove(Request request) {
        return read(access -> {
            NodeIdentity member = request.has("node") ? request.identity("node") : member(access, request);
            if (access.node(member).isEmpty()) {
                throw RequestFailure.notFound("no member " + member);
            }
            if (!access.remove(member)) {
                throw RequestFailure.unprocessable("only dead or left members can be removed, " + member + " is live");
            }
            return doneReply();
        });
    }

    /** The member named by "node_id", of several generations the highest; this node if no name is given. */
    private static NodeIdentity member(ClusterAccess access, Request request) {
        if (!request.has("node_id")) {
            return access.self();
        }
        String nodeId = request.text("node_id");
        return access.snapshot().members().stream()
                .map(member -> member.identity())
                .filter(identity -> identity.nodeId().equals(nodeId))
                .reduce((lower, higher) -> higher)
                .orElseThrow(() -> RequestFailure.notFound("no member '" + nodeId + "'"));
    }

    private static WriteReply reply(WriteResult result) {
        return new WriteReply(result.version(), result.outcome());
    }

    private static Future<JsonObject> done(Future<Void> work) {
        return work.map(nothing -> doneReply());
    }

    private static JsonObject doneReply() {
        return new JsonObject().put("status", true);
    }

    /** A write of a value. */
    private interface Setter {
        WriteResult set(ClusterAccess access, String key, String value);
    }

    /** A write without one. */
    private interface Changer {
        WriteResult change(ClusterAccess access, String key);
    }
}
