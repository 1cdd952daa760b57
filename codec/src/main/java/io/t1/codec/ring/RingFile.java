package io.t1.codec.ring;

import static io.t1.codec.ring.RingDescriptor.FILE_BYTES_OFFSET;
import static io.t1.codec.ring.RingDescriptor.LAYOUT_VERSION;
import static io.t1.codec.ring.RingDescriptor.LAYOUT_VERSION_OFFSET;
import static io.t1.codec.ring.RingDescriptor.MAGIC;
import static io.t1.codec.ring.RingDescriptor.MAGIC_OFFSET;
import static io.t1.codec.ring.RingDescriptor.REQUESTS_OFFSET;
import static io.t1.codec.ring.RingDescriptor.REQUEST_BYTES_OFFSET;
import static io.t1.codec.ring.RingDescriptor.RESPONSE_BYTES_OFFSET;
import static io.t1.codec.ring.RingDescriptor.RING_ID_OFFSET;
import static io.t1.codec.ring.RingDescriptor.responsesOffset;

import io.t1.codec.frame.RingGrant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped ring file, of a server or of a client.
 *
 * <p>Whoever may write the file can also cut it short, at any time; a touch past its end is then an {@link
 * InternalError} of the JVM, at that place or soon after on the same thread. {@link #isCut} tells which file it was.
 *
 * <p>Threading: as its parts say; {@link #close} once no thread uses any of them.
 */
public final class RingFile implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;

    private final FileChannel channel;
    private final Arena arena;
    private final UnsafeBuffer file;
    private final int requestBytes;
    private final int responseBytes;

    private RingFile(
            final FileChannel channel,
            final Arena arena,
            final UnsafeBuffer file,
            final int requestBytes,
            final int responseBytes) {
        this.channel = channel;
        this.arena = arena;
        this.file = file;
        this.requestBytes = requestBytes;
        this.responseBytes = responseBytes;
    }

    /**
     * Makes a server's file, which only its own user can open.
     *
     * <p>Its bytes are written, not left out: a full disk then says so here, and not by a fault when the memory is
     * touched.
     *
     * @throws IOException if it can't be made; nothing is left behind but perhaps the file.
     */
    public static RingFile create(final Path path, final long ringId, final int requestBytes, final int responseBytes)
            throws IOException {
        if (!RingDescriptor.isRingBytes(requestBytes) || !RingDescriptor.isRingBytes(responseBytes)) {
            throw new IllegalArgumentException("requestBytes=" + requestBytes + ", responseBytes=" + responseBytes
                    + " aren't powers of two in " + RingDescriptor.MIN_RING_BYTES + ".."
                    + RingDescriptor.MAX_RING_BYTES);
        }
        final int fileBytes = RingDescriptor.fileBytes(requestBytes, responseBytes);
        final FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            final ByteBuffer zeros = ByteBuffer.allocate(fileBytes);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            final RingFile made = map(channel, fileBytes, requestBytes, responseBytes);
            final UnsafeBuffer file = made.file;
            file.putInt(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
            file.putInt(FILE_BYTES_OFFSET, fileBytes);
            file.putInt(REQUEST_BYTES_OFFSET, requestBytes);
            file.putInt(RESPONSE_BYTES_OFFSET, responseBytes);
            file.putLong(RING_ID_OFFSET, ringId);
            file.putLongRelease(MAGIC_OFFSET, MAGIC);
            made.touch();
            return made;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Maps what a server has made.
     *
     * @throws IOException if it can't be, or isn't what the server says.
     */
    public static RingFile open(final RingGrant ring) throws IOException {
        if (!RingDescriptor.isRingBytes(ring.requestBytes())
                || !RingDescriptor.isRingBytes(ring.responseBytes())
                || RingDescriptor.fileBytes(ring.requestBytes(), ring.responseBytes()) != ring.fileBytes()) {
            throw new IOException("no ring has fileBytes=" + ring.fileBytes() + ", requestBytes=" + ring.requestBytes()
                    + ", responseBytes=" + ring.responseBytes());
        }
        final FileChannel channel = FileChannel.open(
                Path.of(ring.path()), StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.size() != ring.fileBytes()) {
                throw new IOException(
                        "ring " + ring.path() + " has " + channel.size() + " bytes, not " + ring.fileBytes());
            }
            final RingFile opened = map(channel, ring.fileBytes(), ring.requestBytes(), ring.responseBytes());
            try {
                opened.check(ring);
                opened.touch();
                return opened;
            } catch (final IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // close() does
    private static RingFile map(
            final FileChannel channel, final int fileBytes, final int requestBytes, final int responseBytes)
            throws IOException {
        final Arena arena = Arena.ofShared(); // a close by another thread than the maker's is one
        try {
            final MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, fileBytes, arena);
            return new RingFile(
                    channel, arena, new UnsafeBuffer(mapped.address(), fileBytes), requestBytes, responseBytes);
        } catch (final IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private void check(final RingGrant ring) throws IOException {
        if (file.getLongAcquire(MAGIC_OFFSET) != MAGIC
                || file.getInt(LAYOUT_VERSION_OFFSET) != LAYOUT_VERSION
                || file.getInt(FILE_BYTES_OFFSET) != ring.fileBytes()
                || file.getInt(REQUEST_BYTES_OFFSET) != requestBytes
                || file.getInt(RESPONSE_BYTES_OFFSET) != responseBytes
                || file.getLong(RING_ID_OFFSET) != ring.ringId()) {
            throw new IOException("ring " + ring.path() + " isn't the one that the server told of: its header differs");
        }
    }

    /** Maps every page now, by a write that changes nothing, so that the first frames don't fault. */
    private void touch() {
        for (int at = 0; at < file.capacity(); at += PAGE_BYTES) {
            file.getAndAddInt(at, 0);
        }
    }

    /** Bytes mapped. */
    public int bytes() {
        return file.capacity();
    }

    /** The client's end of the request ring. */
    public RingProducer requestProducer() {
        return new RingProducer(requests(), word(RingDescriptor.REQUESTS_CONSUMED_OFFSET));
    }

    /** The server's end of the request ring. */
    public RingConsumer requestConsumer() {
        return new RingConsumer(requests(), word(RingDescriptor.REQUESTS_CONSUMED_OFFSET));
    }

    /** The server's end of the response ring. */
    public RingProducer responseProducer() {
        return new RingProducer(responses(), word(RingDescriptor.RESPONSES_CONSUMED_OFFSET));
    }

    /** The client's end of the response ring. */
    public RingConsumer responseConsumer() {
        return new RingConsumer(responses(), word(RingDescriptor.RESPONSES_CONSUMED_OFFSET));
    }

    /** Whether the server sleeps. */
    public SleepWord serverSleep() {
        return new SleepWord(word(RingDescriptor.SERVER_SLEEPS_OFFSET));
    }

    /** Whether the client sleeps. */
    public SleepWord clientSleep() {
        return new SleepWord(word(RingDescriptor.CLIENT_SLEEPS_OFFSET));
    }

    /** Whether the file has become shorter than what is mapped. */
    public boolean isCut() {
        try {
            return channel.size() < file.capacity();
        } catch (final IOException e) {
            return true;
        }
    }

    /** Unmaps: nothing that came from here may be used from now on. Twice is harmless. */
    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                arena.close();
            }
        }
    }

    private UnsafeBuffer requests() {
        return new UnsafeBuffer(file, REQUESTS_OFFSET, requestBytes);
    }

    private UnsafeBuffer responses() {
        return new UnsafeBuffer(file, responsesOffset(requestBytes), responseBytes);
    }

    private UnsafeBuffer word(final int offset) {
        return new UnsafeBuffer(file, offset, Long.BYTES);
    }
}
