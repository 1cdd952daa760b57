package io.t1.codec.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RingPropertyTest {
    private static final int BYTES = RingDescriptor.MIN_RING_BYTES;

    @TempDir
    Path directory;

    /** The oracle is a queue: what went in comes out, in order, and a ring says that it is full only when it is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesBackWhatItTookInOrder(final long seed) throws Exception {
        try (RingFile file = RingFile.create(directory.resolve("r"), 7, BYTES, BYTES)) {
            final RingProducer producer = file.requestProducer();
            final RingConsumer consumer = file.requestConsumer();
            final ArrayDeque<byte[]> queue = new ArrayDeque<>();
            final Random random = new Random(seed);
            int refused = 0;
            for (int step = 0; step < 50_000; step++) {
                if (random.nextInt(100) < 52) {
                    final byte[] frame = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? 1_900 : 200)];
                    random.nextBytes(frame);
                    final UnsafeBuffer room = producer.reserve(frame.length);
                    if (room == null) {
                        refused++;
                        assertFalse(queue.isEmpty(), "seed=" + seed + ", step=" + step + ": full without a frame");
                    } else {
                        room.putBytes(0, frame);
                        producer.commit(frame.length);
                        queue.add(frame);
                    }
                } else {
                    assertEquals(!queue.isEmpty(), takes(consumer, queue), "seed=" + seed + ", step=" + step);
                }
            }
            assertTrue(refused > 10, "never full: refused=" + refused);
        }
    }

    private static boolean takes(final RingConsumer consumer, final ArrayDeque<byte[]> queue) {
        int length = consumer.read();
        if (length == RingConsumer.NONE) {
            length = consumer.read(); // padding had been published before its frame
        }
        if (length == RingConsumer.NONE) {
            return false;
        }
        final byte[] expected = queue.remove();
        assertEquals(expected.length, length);
        final byte[] actual = new byte[length];
        consumer.frame().getBytes(0, actual);
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, actual);
        return true;
    }

    @Test
    void carriesFramesWholeFromOneThreadToAnother() throws Exception {
        final int frames = 100_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (RingFile file = RingFile.create(directory.resolve("r"), 7, 2 * BYTES, BYTES)) {
            final RingConsumer consumer = file.requestConsumer();
            final Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    for (int n = 0; n < frames; ) {
                        final int length = consumer.read();
                        if (length == RingConsumer.NONE) {
                            LockSupport.parkNanos(1);
                            continue;
                        }
                        assertEquals(length(n), length);
                        for (int at = 0; at + 4 <= length; at += 4) {
                            assertEquals(n + at, consumer.frame().getInt(at), "frame " + n);
                        }
                        n++;
                    }
                } catch (final Throwable e) {
                    failure.set(e);
                }
            });
            final RingProducer producer = file.requestProducer();
            for (int n = 0; n < frames && reader.isAlive(); ) {
                final UnsafeBuffer room = producer.reserve(length(n));
                if (room == null) {
                    LockSupport.parkNanos(1);
                    continue;
                }
                for (int at = 0; at + 4 <= length(n); at += 4) {
                    room.putInt(at, n + at);
                }
                producer.commit(length(n));
                n++;
            }
            reader.join();
            assertNull(failure.get());
        }
    }

    private static int length(final int n) {
        return 4 + n * 31 % 700;
    }

    @Test
    void takesTheLongestFrameWhereverItsEndIsAndNoLonger() throws Exception {
        try (RingFile file = RingFile.create(directory.resolve("r"), 7, BYTES, BYTES)) {
            final RingProducer producer = file.responseProducer();
            final RingConsumer consumer = file.responseConsumer();
            final int most = RingDescriptor.maxFrameBytes(BYTES);
            assertNull(producer.reserve(most + 1));
            for (int i = 0; i < 100; i++) {
                assertNotNull(producer.reserve(1 + i), "frame " + i);
                producer.commit(1 + i);
                assertEquals(1 + i, consumer.read());
                assertTrue(producer.hasRoom(most), "after " + i);
                assertNotNull(producer.reserve(most), "after " + i);
                producer.commit(most);
                int read = consumer.read();
                read = read == RingConsumer.NONE ? consumer.read() : read;
                assertEquals(most, read);
            }
        }
    }
}
