package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTableTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 4, 0", "2, 4, 5, 3", "3, 16, 5, 8"})
    void holdsEveryNumberOfItsArtifact(final long seed, final int features, final int outputs, final int pairs) {
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        try (RouterTable table = RouterTable.of(artifact)) {
            assertEquals(features, table.features());
            assertEquals(outputs, table.outputs());
            assertEquals(pairs, table.pairs());
            for (int f = 0; f < features; f++) {
                final var feature = artifact.features().get(f);
                assertEquals(feature.defaultCode(), table.defaultCode(f), "feature " + f);
            }
            for (int o = 0; o < outputs; o++) {
                final var output = artifact.outputs().get(o);
                assertEquals(output.bias(), table.bias(o));
                assertEquals(output.offset(), table.offset(o));
                assertEquals(output.scale(), table.scale(o));
                assertEquals(output.lo(), table.lo(o));
                assertEquals(output.hi(), table.hi(o));
                for (int f = 0; f < features; f++) {
                    for (int i = 0; i < 17; i++) {
                        assertEquals(output.values()[f][i], table.value(f, o, i), o + ", " + f + ", " + i);
                    }
                }
            }
            for (int p = 0; p < pairs; p++) {
                final var pair = artifact.pairs().get(p);
                assertEquals(pair.first(), table.pairFirst(p));
                assertEquals(pair.second(), table.pairSecond(p));
                for (int o = 0; o < outputs; o++) {
                    for (int cell = 0; cell < 81; cell++) {
                        assertEquals(pair.grids()[o][cell], table.gridValue(p, o, cell), p + ", " + o + ", " + cell);
                    }
                }
            }
        }
    }

    @Test
    void anImageMakesTheSameTableAgain() {
        final byte[] image = image(RandomTables.artifact(4, 7, 5, 4));
        final byte[] padded = new byte[image.length + 9];
        System.arraycopy(image, 0, padded, 5, image.length);
        try (RouterTable table = RouterTable.ofImage(new UnsafeBuffer(padded), 5, image.length)) {
            final UnsafeBuffer again = new UnsafeBuffer(new byte[image.length]);
            assertEquals(image.length, table.copyImage(again, 0));
            assertArrayEquals(image, again.byteArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 652", "5, 808"})
    void eightFeaturesTakeLessThanAKibibyte(final int outputs, final int bytes) {
        try (RouterTable table = RouterTable.of(RandomTables.artifact(7, 8, outputs, 0))) {
            assertEquals(bytes, table.imageBytes());
        }
    }

    @Test
    void theImageIsTheSameOnEveryMachine() {
        // little-endian at fixed places, told in numbers: a second witness of the layout
        final RouterArtifact artifact = RandomTables.artifact(5, 3, 4, 1);
        final ByteBuffer image = ByteBuffer.wrap(image(artifact)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals('T', image.get(0));
        assertEquals('1', image.get(1));
        assertEquals('R', image.get(2));
        assertEquals('T', image.get(3));
        assertEquals(2, image.getShort(4));
        assertEquals(3, image.get(6));
        assertEquals(4, image.get(7));
        assertEquals(1, image.get(8));
        assertEquals(image.capacity(), image.getInt(12));
        assertEquals(artifact.outputs().get(1).bias(), image.getInt(16 + 20));
        assertEquals((byte) artifact.features().get(1).defaultCode(), image.get(16 + 80 + 1));
        assertEquals(artifact.pairs().get(0).second(), image.get(16 + 80 + 3 + 1));
        assertEquals(artifact.outputs().get(3).values()[2][5], image.get(16 + 80 + 3 + 2 + (2 * 4 + 3) * 17 + 5));
        assertEquals(artifact.pairs().get(0).grids()[2][80], image.get(101 + 204 + 2 * 81 + 80));
    }

    @Test
    void refusesAnImageCutAnywhereAndAllocatesNothingForIt() {
        final byte[] image = image(RandomTables.artifact(6, 2, 4, 1));
        final long before = RouterTable.openBytes();
        for (int length = 0; length < image.length; length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(image, length));
            assertThrows(
                    IllegalArgumentException.class, () -> RouterTable.ofImage(cut, 0, cut.capacity()), "at " + length);
        }
        assertEquals(before, RouterTable.openBytes());
    }

    @Test
    void refusesAnImageWithAnyBitFlipped() {
        final byte[] image = image(RandomTables.artifact(6, 2, 4, 1));
        for (int at = 0; at < image.length; at++) {
            final byte[] flipped = image.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RouterTable.ofImage(new UnsafeBuffer(flipped), 0, flipped.length),
                    "at " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, version=1", // the one that held the features' knots
        "4, 3, version=3", // a later one
        "6, 17, features=17",
        "7, 6, outputs=6",
        "8, 9, pairs=9",
        "98, 1, pair 0 first=1",
        "99, 2, pair 0 second=2" // where a code would lead outside
    })
    void refusesAnImageThatIsWrongWithARightChecksum(final int at, final byte value, final String reason) {
        final byte[] image = image(RandomTables.artifact(6, 2, 4, 1));
        image[at] = value;
        assertRefusedWithARightChecksum(image, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "20, output 0", // offset
        "24, output 0", // scale
        "48, output 1", // lo
        "52, output 1", // hi
    })
    void refusesAnImageWithANegativeZeroWhichKernelsTakeForZero(final int at, final String owner) {
        final byte[] image = image(RandomTables.artifact(6, 2, 4, 1));
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, -0.0f);
        assertRefusedWithARightChecksum(image, owner + " has -0.0 at byte=" + at);
    }

    private static void assertRefusedWithARightChecksum(final byte[] image, final String reason) {
        final CRC32C checksum = new CRC32C();
        checksum.update(image, 0, image.length - 4);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(image.length - 4, (int) checksum.getValue());
        final var refused = assertThrows(
                IllegalArgumentException.class, () -> RouterTable.ofImage(new UnsafeBuffer(image), 0, image.length));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    @Test
    void givesItsMemoryBackOnceHoweverOftenItIsClosed() {
        final RouterArtifact artifact = RandomTables.artifact(7, 16, 5, 8);
        final long before = RouterTable.openBytes();
        final RouterTable first = RouterTable.of(artifact);
        final RouterTable second = RouterTable.of(artifact);
        assertEquals(before + 2L * first.imageBytes(), RouterTable.openBytes());
        first.close();
        first.close();
        assertEquals(before + second.imageBytes(), RouterTable.openBytes());
        second.close();
        assertEquals(before, RouterTable.openBytes());
    }

    @Test
    void aClosedTableFailsInsteadOfReadingFreedMemory() {
        final RouterTable table = RouterTable.of(RandomTables.artifact(7, 2, 4, 0));
        final RouterKernel scalar = KernelKind.SCALAR.bind(table);
        table.close();
        assertThrows(IndexOutOfBoundsException.class, () -> scalar.accumulate(new byte[2], new int[4], 1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> table.bias(0));
    }

    @Test
    void aTableThatBreaksItsWordIsNotLaidOut() {
        final RouterArtifact artifact = RandomTables.artifact(8, 2, 4, 0);
        artifact.outputs().get(1).values()[1][16] = -128;
        final long before = RouterTable.openBytes();
        final var refused = assertThrows(IllegalArgumentException.class, () -> RouterTable.of(artifact));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("spend_cap_ms falls with query_length in segment 15"),
                refused.getMessage());
        assertEquals(before, RouterTable.openBytes());
    }

    private static byte[] image(final RouterArtifact artifact) {
        try (RouterTable table = RouterTable.of(artifact)) {
            final UnsafeBuffer image = new UnsafeBuffer(new byte[table.imageBytes()]);
            table.copyImage(image, 0);
            return image.byteArray();
        }
    }
}
