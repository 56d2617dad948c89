/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Services by type and shard: offers this member's own, finds those of ready members. A member offers at most one, under
 * its key {@value ServiceInfo#KEY}; one that offers none is a spectator. Services die with their members: whoever falls
 * silent or leaves is not found any more.
 *
 * <p>Look-ups read the view's latest picture and cost the node nothing. What may be offered is checked against the
 * node's {@link ServiceTypes}; what others offer is found whatever its type.
 *
 * <p><b>Threads:</b> thread-safe. Futures of look-ups complete, and handlers are called, on the view's context.
 */
public final class ServiceRegistry {
    private record Slot(String type, @Nullable Long shard) {}

    private final ClusterView view;
    private final GossipService service;
    private final Map<Slot, AtomicInteger> turns = new ConcurrentHashMap<>();

    private ServiceRegistry(ClusterView view, GossipService service) {
        this.view = view;
        this.service = service;
    }

    /**
     * A registry that reads a view and writes through a service, both of the same address prefix.
     *
     * @param view shows who offers what; remains the caller's to close
     * @param service writes this member's own service
     * @return the registry; nothing of it needs to be closed
     */
    public static ServiceRegistry create(ClusterView view, GossipService service) {
        return new ServiceRegistry(view, service);
    }

    /**
     * Offers a service from now on, in place of the former one if there is one.
     *
     * @param type one of the node's {@link ServiceTypes}
     * @param shard 0 or above; 0 for a type that is not sharded
     * @param host {@code ip:port}; null to keep that of the former service, or to take the gossip address
     * @return what it did; fails with code 400 for an unknown type, a bad host or a bad shard
     */
    public Future<WriteReply> register(String type, long shard, @Nullable String host) {
        return service.setService(type, shard, host);
    }

    /** {@return what it did to become a spectator; {@code ABSENT} if no service was offered} */
    public Future<WriteReply> withdraw() {
        return service.withdrawService();
    }

    /**
     * Finds who offers a type of service.
     *
     * @param type the type
     * @return ready members in identity order; empty if nobody offers it
     */
    public List<ServiceProvider> providers(String type) {
        return view.current().providers(type);
    }

    /**
     * Finds who offers one shard of a type of service.
     *
     * @param type the type
     * @param shard the shard
     * @return ready members in identity order; empty if nobody offers it
     */
    public List<ServiceProvider> providers(String type, long shard) {
        return view.current().providers(type, shard);
    }

    /**
     * Picks the providers of a type in turn, beginning anywhere.
     *
     * @param type the type
     * @return the next one; empty if nobody offers it
     */
    public Optional<ServiceProvider> next(String type) {
        return next(new Slot(type, null), providers(type));
    }

    /**
     * Picks the providers of one shard of a type in turn, beginning anywhere.
     *
     * @param type the type
     * @param shard the shard
     * @return the next one; empty if nobody offers it
     */
    public Optional<ServiceProvider> next(String type, long shard) {
        return next(new Slot(type, shard), providers(type, shard));
    }

    /** {@return the live members that offer no service, in identity order} */
    public List<MemberPicture> spectators() {
        return view.current().spectators();
    }

    /**
     * Has a handler called with the providers of a type: now, and whenever they change.
     *
     * @param type the type
     * @param handler called on the view's context with all providers, in identity order
     * @return takes the handler away
     */
    public Registration onProviders(String type, Handler<? super List<ServiceProvider>> handler) {
        return ProviderWatch.begin(view, type, handler);
    }

    /**
     * Waits until a type has enough providers.
     *
     * @param type the type
     * @param least how many there must be
     * @param timeout how long to wait at most
     * @return all providers then; fails like {@link ClusterView#await}
     */
    public Future<List<ServiceProvider>> awaitProviders(String type, int least, Duration timeout) {
        return view.await(picture -> picture.providers(type).size() >= least, timeout)
                .map(picture -> picture.providers(type));
    }

    private Optional<ServiceProvider> next(Slot slot, List<ServiceProvider> providers) {
        if (providers.isEmpty()) {
            turns.remove(slot); // what nobody offers must not be remembered for ever
            return Optional.empty();
        }
        AtomicInteger turn = turns.computeIfAbsent(
                slot, first -> new AtomicInteger(ThreadLocalRandom.current().nextInt()));
        return Optional.of(providers.get(Math.floorMod(turn.getAndIncrement(), providers.size())));
    }
}
