/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process and machine used so far. */
final class Usage {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PAGE_BYTES = 4_096;

    private Usage() {}

    /** Processor time of all threads of this process, the JVM's own included. */
    static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / NANOS_PER_SECOND;
    }

    static long residentMebibytes() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
        return (Long.parseLong(fields[1]) * PAGE_BYTES) >> 20;
    }

    /** Datagrams that the kernel dropped because a receive buffer was full, on the whole machine. */
    static long receiveBufferErrors() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/net/snmp")).stream()
                .filter(line -> line.startsWith("Udp:"))
                .toList();
        int column = List.of(lines.get(0).split(" ", -1)).indexOf("RcvbufErrors");
        return Long.parseLong(lines.get(1).split(" ", -1)[column]);
    }
}
