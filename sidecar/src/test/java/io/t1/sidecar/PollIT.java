package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.cpu.CpuAffinity;
import io.t1.codec.cpu.CpuList;
import io.t1.codec.poll.PollMode;
import io.t1.sidecar.transport.TransportKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PollIT {
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "EPOLL, SPIN",
        "EPOLL, ADAPTIVE",
        "EPOLL, BLOCK",
        "NIO, SPIN",
        "NIO, ADAPTIVE",
        "NIO, BLOCK",
    })
    void decidesHoweverBothEndsWait(final TransportKind transport, final PollMode mode) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory, context -> context.eventLoops(1).transport(transport).poll(mode))) {
            server.publish(1); // the control thread's answer has to reach a loop that spins
            try (T1Client client = T1Client.connect(
                    LiveSidecar.client(server.sidecar().address()).poll(mode))) {
                decide(client, 2_000);
            }
        }
    }

    /** Two transports and both modes that sleep: the loop's CPU time while nobody asks, after a burst of questions. */
    @ParameterizedTest
    @CsvSource({"EPOLL, ADAPTIVE", "EPOLL, BLOCK", "NIO, ADAPTIVE"})
    void anIdleServerUsesNoCpuAlsoAfterABurst(final TransportKind transport, final PollMode mode) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory, context -> context.eventLoops(1).transport(transport).poll(mode))) {
            server.publish(1);
            try (T1Client client = server.client()) {
                decide(client, 5_000);
                final long loop = eventLoop().threadId();
                final long before = cpuNanos(loop);
                final long until = System.nanoTime() + IDLE_NS;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime()); // what is tested is that nothing happens
                }
                final long used = cpuNanos(loop) - before;
                assertTrue(used < IDLE_NS / 50, "the loop used " + used + " ns of " + IDLE_NS + " idle ones");
                decide(client, 10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PollMode.class)
    void aServerThatSpinsOrSleepsCanBeDrained(final PollMode mode) throws IOException {
        try (LiveSidecar server =
                LiveSidecar.start(directory, context -> context.eventLoops(1).poll(mode))) {
            assertTrue(server.sidecar().drain(java.time.Duration.ofSeconds(20)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pinsItsLoopsInTurn() throws IOException {
        final List<Integer> allowed = CpuAffinity.allowed();
        final CpuList cpus = new CpuList(List.of(allowed.getLast(), allowed.getFirst()));
        try (LiveSidecar server =
                LiveSidecar.start(directory, context -> context.eventLoops(2).pinLoops(cpus))) {
            server.publish(1);
            try (T1Client one = server.client();
                    T1Client two = server.client()) { // the second loop's thread starts with its first connection
                decide(one, 10);
                decide(two, 10);
                assertEquals(
                        Set.of(cpus.of(0), cpus.of(1)),
                        cpusOfLoops().stream().map(Integer::valueOf).collect(Collectors.toSet()));
            }
        }
    }

    @Test
    void refusesToPinToACpuThatIsNotThere() {
        final IOException refused = assertThrows(
                IOException.class,
                () -> Sidecar.start(LiveSidecar.context(directory).pinLoops(CpuList.parse("0,1023"))));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("--pin-loops=0,1023: cpu=1023 isn't among"),
                refused.getMessage());
    }

    private static void decide(final T1Client client, final int decisions) {
        final float[] features = new float[RandomTables.NAMES.size()];
        final Decision decision = new Decision();
        long last = 0;
        for (int i = 0; i < decisions; i++) {
            features[0] = i;
            client.decide(features, decision);
            assertFalse(decision.degraded(), decision.degradedReason() + " " + client.lastError());
            assertTrue(i == 0 || decision.decisionId() == last + 1, "decision id " + decision.decisionId());
            last = decision.decisionId();
        }
    }

    private static Thread eventLoop() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("t1-loop"))
                .findFirst()
                .orElseThrow();
    }

    /** Where the system lets threads named t1-loop run. */
    private static List<String> cpusOfLoops() throws IOException {
        final List<String> cpus = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (final Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).startsWith("t1-loop")) {
                    Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.startsWith("Cpus_allowed_list:"))
                            .forEach(line -> cpus.add(
                                    line.substring(line.indexOf(':') + 1).strip()));
                }
            }
        }
        return cpus;
    }

    private static long cpuNanos(final long thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
    }
}
