package io.t1.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CategoryValueTest {
    @Test
    void isTheCrc32OfItsUtf8ThatEveryLanguageHas() {
        assertEquals(0xCBF43926 >>> 10, (int) CategoryValue.of("123456789"), "the CRC's published check value");
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(12); c > 0; c--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x80));
                    case 1 -> text.append((char) random.nextInt(0x800));
                    case 2 -> text.append((char) random.nextInt(0x10000)); // half surrogate pairs among them
                    default -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                }
            }
            final CRC32 crc = new CRC32();
            crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(crc.getValue() >>> 10, (long) CategoryValue.of(text), "text " + i);
        }
    }

    @Test
    void aDescriptionTakesTheCategoriesOfItsTableAndGivesNaNForOthers() {
        final float[] knots = new float[FeatureDescription.KNOTS];
        final float[] two = {CategoryValue.of("de"), CategoryValue.of("en")};
        java.util.Arrays.sort(two);
        knots[0] = two[0];
        knots[1] = two[1];
        for (int i = 2; i < knots.length; i++) {
            knots[i] = CategoryValue.OTHER + (i - 2) / 2f;
        }
        final FeatureDescription language = new FeatureDescription("language", 32, knots);
        assertTrue(language.categorical());
        assertEquals(CategoryValue.of("en"), language.category("en"));
        assertTrue(Float.isNaN(language.category("fr")));
        assertTrue(Float.isNaN(language.known(CategoryValue.of("fr"))));
        assertEquals(CategoryValue.OTHER, language.known(CategoryValue.OTHER));
        final FeatureDescription number = new FeatureDescription("entropy", 31, knots);
        assertFalse(number.categorical());
        assertEquals(1.5f, number.known(1.5f));
        assertThrows(IllegalStateException.class, () -> number.category("en"));
    }
}
