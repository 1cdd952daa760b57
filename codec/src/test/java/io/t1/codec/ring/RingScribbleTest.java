package io.t1.codec.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.frame.RingGrant;
import io.t1.codec.wire.RingWaiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other side may do to a ring. */
@Timeout(60)
class RingScribbleTest {
    private static final int BYTES = RingDescriptor.MIN_RING_BYTES;

    @TempDir
    Path directory;

    /** Agrona's bounds checks are on in tests: a read or write outside a ring throws. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverReadsOrWritesOutsideWhateverIsInIt(final long seed) throws Exception {
        final Path path = directory.resolve("r");
        final Random random = new Random(seed);
        int broken = 0;
        int read = 0;
        try (RingFile file = RingFile.create(path, 7, BYTES, BYTES);
                FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            RingConsumer consumer = file.requestConsumer();
            RingProducer producer = file.responseProducer();
            for (int step = 0; step < 20_000; step++) {
                scribble(other, random, file.bytes());
                final int length = consumer.read();
                assertTrue(length >= RingConsumer.BROKEN && length <= RingDescriptor.maxFrameBytes(BYTES));
                read += length > 0 ? 1 : 0;
                if (length == RingConsumer.BROKEN) {
                    broken++;
                    consumer = file.requestConsumer();
                }
                final UnsafeBuffer room = producer.reserve(1 + random.nextInt(300));
                if (room == null) {
                    producer = file.responseProducer();
                } else {
                    room.setMemory(0, room.capacity(), (byte) 1);
                    producer.commit(room.capacity());
                }
            }
        }
        assertTrue(broken > 100 && read > 100, "seed=" + seed + ", broken=" + broken + ", read=" + read);
    }

    /** Mostly lengths, since random ones alone are nearly all refused at once. */
    private static void scribble(final FileChannel file, final Random random, final int bytes) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(4)) {
            case 0 -> word.putInt(random.nextInt()).putInt(0);
            case 1 -> word.putInt(RingDescriptor.PADDING).putInt(0);
            case 2 -> word.putLong(random.nextLong());
            default -> word.putInt(random.nextInt(2 * BYTES)).putInt(random.nextInt());
        }
        final int slot = random.nextInt(bytes / RingDescriptor.ALIGNMENT) * RingDescriptor.ALIGNMENT;
        file.write(word.flip(), slot);
    }

    @Test
    void refusesAFileThatIsNotTheOneToldOf() throws Exception {
        final Path path = directory.resolve("r");
        final int fileBytes = RingDescriptor.fileBytes(BYTES, BYTES);
        try (RingFile file = RingFile.create(path, 7, BYTES, BYTES)) {
            assertEquals(fileBytes, file.bytes());
            assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));
            RingFile.open(grant(path, 7, fileBytes, BYTES)).close();
            assertThrows(IOException.class, () -> RingFile.open(grant(path, 8, fileBytes, BYTES)));
            assertThrows(IOException.class, () -> RingFile.open(grant(path, 7, fileBytes + 1, BYTES)));
            assertThrows(IOException.class, () -> RingFile.open(grant(path, 7, fileBytes, BYTES + 1)));
            assertThrows(IOException.class, () -> RingFile.open(grant(path.resolve("x"), 7, fileBytes, BYTES)));
            assertThrows(FileAlreadyExistsException.class, () -> RingFile.create(path, 7, BYTES, BYTES));
            assertFalse(file.isCut());
            try (FileChannel cutting = FileChannel.open(path, StandardOpenOption.WRITE)) {
                cutting.truncate(fileBytes - 1);
            }
            assertTrue(file.isCut());
            assertThrows(IOException.class, () -> RingFile.open(grant(path, 7, fileBytes, BYTES)));
        }
    }

    private static RingGrant grant(final Path path, final long id, final int fileBytes, final int requestBytes) {
        return new RingGrant(path.toString(), id, fileBytes, requestBytes, BYTES, RingWaiting.POLLS);
    }
}
