package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks over the frames of a Zstandard file (RFC 8878) from block header to block header, without decompressing.
 *
 * <pre>
 *   frame    magic 4 | descriptor 1 | window 0..1 | dictionary id 0..4 | content size 0..8 | block ... | checksum 0|4
 *   block    header 3: last 1 bit | type 2 bits | size 21 bits | content
 *   skipped  magic 4 (184D2A5?) | size 4 | content
 * </pre>
 */
final class ZstandardFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPED_MAGIC = 0x184D2A50;
    private static final int RLE = 1;

    private final FileChannel channel;
    private final Path file;
    private final long length;
    private final ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    private long position;

    private ZstandardFrames(final FileChannel channel, final Path file) throws IOException {
        this.channel = channel;
        this.file = file;
        length = channel.size();
    }

    /**
     * @throws BadInputException if the last frame doesn't end where the file does.
     */
    static void requireWhole(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ZstandardFrames frames = new ZstandardFrames(channel, file);
            while (frames.position < frames.length) {
                frames.skipFrame();
            }
        }
    }

    private void skipFrame() throws IOException {
        final int magic = (int) take(4);
        if ((magic & ~0xF) == SKIPPED_MAGIC) {
            skip(take(4));
            return;
        }
        if (magic != MAGIC) {
            throw new BadInputException(
                    file + ": byte " + (position - 4) + " begins no Zstandard frame: compress it anew");
        }
        final int descriptor = (int) take(1);
        final boolean singleSegment = (descriptor & 0x20) != 0;
        final int sizeFlag = descriptor >> 6;
        final int dictionaryFlag = descriptor & 3;
        skip(singleSegment ? 0 : 1);
        skip(dictionaryFlag == 3 ? 4 : dictionaryFlag);
        skip(sizeFlag == 0 ? (singleSegment ? 1 : 0) : 1L << sizeFlag);
        boolean last = false;
        while (!last) {
            final int header = (int) take(3);
            last = (header & 1) != 0;
            skip((header >> 1 & 3) == RLE ? 1 : header >> 3);
        }
        skip((descriptor & 4) != 0 ? 4 : 0);
    }

    /** A little-endian number of so many bytes. */
    private long take(final int count) throws IOException {
        final long at = position;
        skip(count);
        bytes.clear().putLong(0, 0).limit(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw cut();
            }
        }
        return bytes.clear().getLong(0);
    }

    private void skip(final long count) {
        position += count;
        if (position > length) {
            throw cut();
        }
    }

    private BadInputException cut() {
        return new BadInputException(
                file + ": ends in the midst of a Zstandard frame: it was cut; copy or compress it anew");
    }
}
