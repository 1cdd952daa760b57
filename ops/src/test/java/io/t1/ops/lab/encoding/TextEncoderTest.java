package io.t1.ops.lab.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
    private static final MiniLmModel MODEL = MiniLmModel.load();

    @Test
    void putsAParaphraseNearerThanAnotherSubject() {
        try (TextEncoder encoder = new TextEncoder(MODEL)) {
            final float[] query =
                    encoder.encode("how do I read a file into a string", 64).sentence();
            final float[] near =
                    encoder.encode("loads the whole content of a text file", 64).sentence();
            final float[] far =
                    encoder.encode("boils pasta for eight minutes", 64).sentence();
            assertEquals(1, dot(query, query), 1e-5);
            assertTrue(
                    dot(query, near) > dot(query, far) + 0.3, "near=" + dot(query, near) + ", far=" + dot(query, far));
        }
    }

    @Test
    void givesAVectorAWordAndNoneForPunctuation() {
        try (TextEncoder encoder = new TextEncoder(MODEL)) {
            final EncodedText encoded = encoder.encode("size ( ) ; count", 64);
            assertEquals(2, encoded.tokenCount());
            assertEquals(2 * MiniLmModel.DIMENSIONS, encoded.tokens().length);
            for (int token = 0; token < 2; token++) {
                double squares = 0;
                for (int d = 0; d < MiniLmModel.DIMENSIONS; d++) {
                    final double component =
                            encoded.tokens()[token * MiniLmModel.DIMENSIONS + d] * encoded.scales()[token];
                    squares += component * component;
                }
                assertEquals(1, Math.sqrt(squares), 0.01, "token " + token);
            }
            assertEquals(0, encoder.encode(" ; ", 64).tokenCount());
        }
    }

    @Test
    void encodesATextTheSameWhateverIsEncodedBesideItAndOnHowManyThreads() {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add("document " + i + " on subject " + i % 7);
        }
        final EncodedText[] two = encode(texts, 2);
        final EncodedText[] one = encode(texts.subList(250, 300), 1);
        for (int i = 0; i < 50; i++) {
            assertArrayEquals(one[i].sentence(), two[250 + i].sentence(), "text " + i);
            assertArrayEquals(one[i].tokens(), two[250 + i].tokens(), "text " + i);
        }
    }

    private static EncodedText[] encode(final List<String> texts, final int threads) {
        final EncodedText[] encoded = new EncodedText[texts.size()];
        final int[] next = {0};
        new DocumentEncoder(MODEL, threads)
                .encode(
                        texts,
                        32,
                        (index, text) -> {
                            assertEquals(next[0]++, index, "the texts' order");
                            encoded[index] = text;
                        },
                        Progress.NONE);
        assertEquals(texts.size(), next[0]);
        return encoded;
    }

    private static double dot(final float[] a, final float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
