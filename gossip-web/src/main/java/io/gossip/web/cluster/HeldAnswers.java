/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterPublication;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Requests that wait for something to change. There are never more than a limit of them, and one whose client goes away is
 * forgotten at once.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class HeldAnswers implements ClusterFollower {
    private final Vertx vertx;
    private int limit;
    private final Set<Held> held = new LinkedHashSet<>();
    private final Turns turns;

    public HeldAnswers(Vertx vertx, Turns turns, int limit) {
        this.vertx = vertx;
        this.limit = limit;
        this.turns = turns;
    }

    /** Holds at most so many from now on; what is held beyond a lower limit stays until it is over. */
    public void limit(int most) {
        limit = most;
    }

    /**
     * Holds a request; not one whose client is gone already, of which nobody would hear any more.
     *
     * @param context the request
     * @param millis how long at most, above 0
     * @param goOn answers it; called once, when something has changed or the time is over, unless the client goes away
     * @throws ProblemException 503 if too many are held already
     */
    void hold(RoutingContext context, long millis, Runnable goOn) {
        if (context.response().closed()) {
            return;
        }
        if (held.size() >= limit) {
            throw new ProblemException(503, "as many answers are held as may be, " + limit + ": ask without 'wait'");
        }
        Held one = new Held(goOn);
        held.add(one);
        one.timer = vertx.setTimer(millis, timer -> turns.take(one));
        context.response().exceptionHandler(broken -> one.forget()).closeHandler(gone -> one.forget());
    }

    /** Lets all go on. */
    public void release() {
        if (!held.isEmpty()) {
            List<Held> all = new ArrayList<>(held);
            turns.take(all);
        }
    }

    @Override
    public void started(ClusterPicture picture) {
        release();
    }

    @Override
    public void changed(ClusterPublication publication) {
        release();
    }

    @Override
    public void lost(String reason) {
        release();
    }

    /** How many are held now. */
    public int size() {
        return held.size();
    }

    private final class Held implements Turns.Step {
        private final Runnable goOn;
        private long timer;

        Held(Runnable goOn) {
            this.goOn = goOn;
        }

        @Override
        public boolean step() {
            if (forget()) {
                goOn.run();
            }
            return false;
        }

        boolean forget() {
            vertx.cancelTimer(timer);
            return held.remove(this);
        }
    }
}
