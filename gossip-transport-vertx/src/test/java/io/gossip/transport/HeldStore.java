/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemberStore;
import io.gossip.transport.store.MemoryImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A store in memory whose appends can be held up and made to fail. */
final class HeldStore implements MemberStore {
    private final MemoryImage durable = new MemoryImage();
    private final List<MemberRecord> unsaved = new ArrayList<>();
    private final Semaphore mayAppend = new Semaphore(Integer.MAX_VALUE / 2);
    private final Semaphore mayOpen = new Semaphore(Integer.MAX_VALUE / 2);
    private boolean open;
    volatile boolean broken;
    volatile int appends;
    volatile boolean isAppending; // or waits to be let go

    @Override
    public MemberMemory open() throws IOException {
        pass(mayOpen);
        return take();
    }

    private synchronized MemberMemory take() throws IOException {
        if (open) {
            throw new IOException("the store is in use");
        }
        open = true;
        return durable.memory();
    }

    @Override
    public void append(List<MemberRecord> records) throws IOException {
        isAppending = true;
        try {
            pass(mayAppend);
            store(records);
        } finally {
            isAppending = false;
        }
    }

    private static void pass(Semaphore gate) throws IOException {
        try {
            if (!gate.tryAcquire(2L * Waiting.BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("held for too long");
            }
            gate.release();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized void store(List<MemberRecord> records) throws IOException {
        appends++;
        unsaved.addAll(records);
        if (broken) {
            throw new IOException("the disk is on fire");
        }
        unsaved.forEach(durable::add);
        unsaved.clear();
    }

    @Override
    public synchronized void close() {
        open = false;
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized MemberMemory memory() {
        return durable.memory();
    }

    void holdTheOpening() {
        mayOpen.drainPermits();
    }

    void letOpen() {
        mayOpen.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public String toString() {
        return "the held store";
    }

    void hold() {
        mayAppend.drainPermits();
    }

    void letGo() {
        mayAppend.release(Integer.MAX_VALUE / 2);
    }
}
