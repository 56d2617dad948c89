/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something again and again until the thread is interrupted. Once it went well, what passes by is waited out: the
 * first failure of a row is told, the others are not.
 */
final class Persistence {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final OperatorOutput output;

    Persistence(OperatorOutput output) {
        this.output = output;
    }

    /**
     * Goes on.
     *
     * @return the exit status, when interrupted
     * @throws OperatorException if it fails before it ever went well, or for good
     */
    int keepOn(Runnable attempt) {
        boolean wentWell = false;
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                attempt.run();
                wentWell = true;
                failing = false;
            } catch (OperatorException failure) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (!wentWell || !failure.isPassing()) {
                    throw failure;
                }
                if (!failing) {
                    output.remark(failure.getMessage() + "; trying again");
                }
                failing = true;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return OperatorCommand.DONE;
    }
}
