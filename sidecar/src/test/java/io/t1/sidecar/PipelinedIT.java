package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.DecideResponseDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelinedIT {
    @TempDir
    Path directory;

    @Test
    void answersRequestsThatComeTogetherInOrderAndAsItAnswersEachAlone() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            final long _ = server.publish(1);
            final Path socket = server.sidecar().address();
            try (RawClient together = RawClient.greeted(socket);
                    RawClient alone = RawClient.greeted(socket)) {
                final List<byte[]> frames = frames(together);
                final ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (final byte[] frame : frames) {
                    all.write(frame);
                }
                together.send(all.toByteArray());
                for (int i = 0; i < frames.size(); i++) {
                    final RawClient.Reply reply = together.read();
                    alone.send(frames.get(i));
                    final RawClient.Reply expected = alone.read();
                    assertEquals(expected.kind(), reply.kind(), "answer " + i);
                    assertEquals(expected.correlationId(), reply.correlationId(), "answer " + i);
                    assertArrayEquals(withoutIds(expected), withoutIds(reply), "answer " + i);
                }
            }
        }
    }

    /** Runs of single queries, longer than what is decided together too, with whatever may come between. */
    private static List<byte[]> frames(final RawClient client) {
        final List<byte[]> frames = new ArrayList<>();
        final Random random = new Random(7);
        for (int run = 0; run < 5; run++) {
            for (int i = 0, n = 1 + 33 * run; i < n; i++) {
                frames.add(withFeatures(client.decideFrame(frames.size(), 1), RandomTables.query(random)));
            }
            frames.add(
                    switch (run) {
                        case 0 -> client.decideFrame(frames.size(), 1, 0, 1); // of features that the table hasn't
                        case 1 -> client.decideFrame(frames.size(), 3);
                        case 2 -> client.helloFrame(TableKey.DEFAULT);
                        case 3 -> client.codesFrame(frames.size(), new byte[RandomTables.FEATURES], 0);
                        default -> client.listFrame(frames.size());
                    });
        }
        return frames;
    }

    /** The features are followed by the length of the scores, 0. */
    private static byte[] withFeatures(final byte[] frame, final float[] features) {
        final int at = frame.length - FrameDescriptor.BYTES_PREFIX_LENGTH - Float.BYTES * features.length;
        for (int i = 0; i < features.length; i++) {
            ByteBuffer.wrap(frame).order(FrameDescriptor.BYTE_ORDER).putFloat(at + Float.BYTES * i, features[i]);
        }
        return frame;
    }

    private static byte[] withoutIds(final RawClient.Reply reply) {
        final byte[] bytes = reply.bytes().clone();
        if (reply.kind() == MessageKind.DECIDE_RESPONSE) {
            final int entry = DecideResponseDecoder.DecisionsDecoder.sbeBlockLength();
            final int first = FrameDescriptor.BODY_OFFSET
                    + DecideResponseDecoder.BLOCK_LENGTH
                    + FrameDescriptor.GROUP_HEADER_LENGTH
                    + DecideResponseDecoder.DecisionsDecoder.decisionIdEncodingOffset();
            for (int at = first; at + Long.BYTES <= bytes.length; at += entry) {
                Arrays.fill(bytes, at, at + Long.BYTES, (byte) 0);
            }
        }
        return bytes;
    }
}
