/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.engine.WriteResult;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.GossipNode;
import io.gossip.transport.Reconfiguration;
import io.gossip.transport.Transport;
import io.gossip.transport.UdpTransport;
import io.gossip.transport.store.MemberStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.LocalMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one member: the node, its publications at {@code gossip.members} and {@code gossip.keys}, and the answers to
 * {@link GossipService}. The one verticle to deploy, by class name with the JSON of {@link GossipOptions} as its
 * configuration, or as an object with options.
 *
 * <p>Several may run in one Vert.x if their address prefixes differ. Undeploying says goodbye to the cluster. Everything
 * on the bus is local to the Vert.x instance.
 */
public class GossipVerticle extends VerticleBase {
    private static final String SERVED_PREFIXES = "io.gossip.eventbus.prefixes";
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final @Nullable GossipOptions givenOptions;
    private final @Nullable Transport givenTransport;
    private @Nullable GossipAddresses served;
    private @Nullable ServiceRequests answers;
    private @Nullable MessageConsumer<Object> requests;
    private @Nullable MeterRegistry registry;
    private @Nullable MemberStore store;
    private @Nullable MeteredNode metered;
    private volatile @Nullable RunningOptions running;

    /** A verticle that takes its options from the deployment's configuration. */
    public GossipVerticle() {
        givenOptions = null;
        givenTransport = null;
    }

    /**
     * A verticle over UDP.
     *
     * @param options how it is set up; copied
     */
    public GossipVerticle(GossipOptions options) {
        givenOptions = new GossipOptions(options);
        givenTransport = null;
    }

    /**
     * A verticle over another transport.
     *
     * @param options how it is set up; copied
     * @param transport carries the datagrams
     */
    public GossipVerticle(GossipOptions options, Transport transport) {
        givenOptions = new GossipOptions(options);
        givenTransport = transport;
    }

    /**
     * Has the meters {@code gossip.*} registered when the verticle starts, and removed when it stops. To be called before
     * the verticle is deployed; without it, Micrometer need not be on the class path.
     *
     * @param value where to register them; a registry takes one member of each cluster
     * @return this
     */
    public GossipVerticle meterRegistry(MeterRegistry value) {
        registry = value;
        return this;
    }

    /**
     * Has the node remember its keys, its peers and which generations it used, across restarts. To be called before the
     * verticle is deployed. What {@link GossipService} writes is then acknowledged when it is stored.
     *
     * @param value opened when the verticle starts and closed when it stops; serves one verticle
     * @return this
     */
    public GossipVerticle memberStore(MemberStore value) {
        store = value;
        return this;
    }

    /**
     * Starts the node and serves its prefix.
     *
     * @return completes when the member runs; fails with one line that says what to change, and leaves nothing behind
     */
    @Override
    public Future<?> start() {
        GossipOptions options = givenOptions != null ? givenOptions : new GossipOptions(config());
        GossipAddresses addresses = new GossipAddresses(options.getAddressPrefix());
        ServiceTypes types = ServiceTypes.KNOWN.with(options.getServiceTypes());
        check(options.getService(), types);
        Transport transport = givenTransport != null
                ? givenTransport
                : new UdpTransport(options.getNode().getReceiveBufferBytes());
        claim(addresses); // last of what may throw: from here on a failure releases it
        return Future.<Void>succeededFuture()
                .compose(nothing -> GossipNode.start(
                        vertx, options.getNode(), self -> configuredKeys(self, options, types), transport, store))
                .compose(started -> serve(started, addresses, options, types))
                .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
    }

    /**
     * Says goodbye, stops the node, and takes everything off the bus.
     *
     * @return completes when prefix and address may be used again
     */
    @Override
    public Future<?> stop() {
        running = null;
        ServiceRequests serving = answers;
        answers = null;
        MeteredNode measured = metered;
        metered = null;
        if (measured != null) {
            measured.stop();
        }
        Future<Void> closed = serving == null ? Future.succeededFuture() : serving.close();
        return closed.eventually(this::unregister).onComplete(done -> release());
    }

    /**
     * Has the member take part in another way, without stopping it. Everything is checked before anything is changed. What
     * changes live is changed; what does not is named in the result and left as it was.
     *
     * <p>Initial keys that are new or have another value are set; one that is no longer among them stays, as the
     * application may have written it since. A changed service is offered, or withdrawn. May be called from any thread;
     * changes follow one another. The future completes on the context of the caller, if it has one.
     *
     * @param wanted all options, also those that stay as they are; copied
     * @return what was changed and what needs a restart, named as in {@link GossipOptions#toJson()}, with {@code node.}
     *     before the options of the node. Fails, and changes nothing, for options that can never work or keys that must not
     *     be set, and if the member does not run. Keys that are set but could not be stored ({@link #memberStore}) do not
     *     make it fail: the change is in effect, and the log warns that a restart might undo it. Should the node
     *     not get back what it had when the keys cannot be written, the log has that as an error and the failure has why
     *     among what it {@linkplain Throwable#getSuppressed() suppressed}
     */
    public Future<Reconfiguration> reconfigure(GossipOptions wanted) {
        GossipOptions copy = new GossipOptions(wanted);
        RunningOptions options = running;
        if (options == null) {
            return Future.failedFuture(new IllegalStateException("the member is not running"));
        }
        Context caller = Vertx.currentContext();
        Promise<Reconfiguration> changed = Promise.promise();
        context.runOnContext(ignored -> options.change(copy).onComplete(change -> tell(changed, change, caller)));
        return changed.future();
    }

    private static <T> void tell(Promise<T> promise, AsyncResult<T> result, @Nullable Context where) {
        if (where == null) {
            promise.handle(result);
        } else {
            where.runOnContext(ignored -> promise.handle(result));
        }
    }

    /**
     * Tells what {@link #reconfigure} would do, and does nothing. May be called from any thread.
     *
     * @param wanted all options
     * @return what would be changed and what needs a restart
     * @throws IllegalArgumentException for options that can never work
     * @throws io.gossip.core.engine.RefusedWriteException if one of the keys must not be set
     * @throws IllegalStateException if the member does not run
     */
    public Reconfiguration preview(GossipOptions wanted) {
        return requireRunning().preview(wanted);
    }

    /**
     * The options in force. May be called from any thread.
     *
     * @return a copy, with node id and generation filled in
     * @throws IllegalStateException if the member does not run
     */
    public GossipOptions options() {
        return requireRunning().inForce();
    }

    private RunningOptions requireRunning() {
        RunningOptions options = running;
        if (options == null) {
            throw new IllegalStateException("the member is not running");
        }
        return options;
    }

    private Future<?> serve(GossipNode started, GossipAddresses addresses, GossipOptions options, ServiceTypes types) {
        EventBus bus = vertx.eventBus();
        Consumer<ClusterPublication> records =
                publication -> bus.publish(address(addresses, publication), publication, LOCAL);
        Publisher publisher = new Publisher(
                started.clusterId(),
                options.isJsonPublications() ? records.andThen(new JsonPublications(vertx, addresses)) : records);
        long startNanos = System.nanoTime();
        ReadinessRule readiness = ReadinessRule.of(started, options.getReadyTimeoutMillis(), startNanos);
        ServiceRequests handlers =
                new ServiceRequests(vertx, started, publisher, types, options.getRequiredKeys(), readiness);
        MessageConsumer<Object> consumer = bus.localConsumer(addresses.service(), handlers::handle);
        answers = handlers;
        requests = consumer;
        return consumer.completion()
                .compose(registered -> started.withState(GossipVerticle::tellProtocol))
                .compose(told -> started.observe(publisher::announce, publisher::publish))
                .compose(observing -> measure(started, handlers))
                .onSuccess(serving ->
                        running = new RunningOptions(started, handlers, types, startNanos, new GossipOptions(options)));
    }

    private Future<?> measure(GossipNode started, ServiceRequests handlers) {
        MeterRegistry meters = registry;
        return meters == null
                ? Future.succeededFuture()
                : MeteredNode.start(vertx, started, handlers::sample, meters).onSuccess(running -> metered = running);
    }

    private static WriteResult tellProtocol(ClusterAccess access) {
        String versions = Arrays.stream(ProtocolVersion.values())
                .map(version -> Integer.toString(version.code()))
                .collect(Collectors.joining(","));
        return access.setReserved(ReservedKeys.PROTOCOL, Optional.of(versions));
    }

    private static Map<String, String> configuredKeys(NodeIdentity self, GossipOptions options, ServiceTypes types) {
        Map<String, String> keys = new LinkedHashMap<>(options.getInitialKeyValues());
        ServiceOffer offer = options.getService();
        if (offer != null) {
            keys.remove(ServiceInfo.KEY); // the service comes last
            keys.put(
                    ServiceInfo.KEY,
                    service(offer, self.gossipAddress().toString(), types)
                            .toJson()
                            .encode());
        }
        return keys;
    }

    private static void check(@Nullable ServiceOffer offer, ServiceTypes types) {
        if (offer != null) {
            service(offer, "127.0.0.1:0", types);
        }
    }

    static ServiceInfo service(ServiceOffer offer, String defaultHost, ServiceTypes types) {
        return types.service(offer.type(), offer.shard(), offer.host() == null ? defaultHost : offer.host());
    }

    private static String address(GossipAddresses addresses, ClusterPublication publication) {
        return publication instanceof MembersPublication ? addresses.members() : addresses.keys();
    }

    private Future<Void> unregister() {
        MessageConsumer<Object> consumer = requests;
        requests = null;
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    private void claim(GossipAddresses addresses) {
        if (servedPrefixes().putIfAbsent(addresses.prefix(), true) != null) {
            throw new IllegalStateException("address prefix '" + addresses.prefix()
                    + "' is served by another gossip verticle of this Vert.x, set another addressPrefix");
        }
        GossipCodecs.acquire(vertx);
        served = addresses;
    }

    private void release() {
        if (served != null) {
            GossipCodecs.release(vertx);
            servedPrefixes().remove(served.prefix());
            served = null;
        }
    }

    private LocalMap<String, Boolean> servedPrefixes() {
        return vertx.sharedData().getLocalMap(SERVED_PREFIXES);
    }
}
