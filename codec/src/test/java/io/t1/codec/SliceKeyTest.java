package io.t1.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceKeyTest {
    private static final TableKey DOCS = new TableKey("docs", "eu", "en");

    @ParameterizedTest
    @CsvSource({
        "0, 1-5",
        "1, 1-5",
        "5, 1-5",
        "6, 6-10",
        "10, 6-10",
        "11, 11-20",
        "20, 11-20",
        "21, 21-50",
        "50, 21-50",
        "51, 51-up",
        "100000, 51-up"
    })
    void aLengthIsPartOfTheIndex(final int tokens, final String bin) {
        assertEquals(
                "docs.len-" + bin + "/eu/en", SliceKey.ofLength(DOCS, tokens).toString());
    }

    @Test
    void aLanguageIsTheKeysOwnAndAnyOtherColumnPartOfTheIndex() {
        assertEquals("docs/eu/de", SliceKey.of(DOCS, "language", "de").toString());
        assertEquals(
                "docs.client-phone/eu/en", SliceKey.of(DOCS, "client", "phone").toString());
    }

    @Test
    void whatAKeyCannotHoldStandsThereByItsValue() {
        final String hex = Integer.toHexString((int) CategoryValue.of("日本語"));
        assertEquals("docs/eu/@" + hex, SliceKey.of(DOCS, "language", "日本語").toString());
        assertEquals(
                "docs.client-@" + hex + "/eu/en",
                SliceKey.of(DOCS, "client", "日本語").toString());
        final String longer = "x".repeat(60);
        assertEquals(
                "docs.client-@" + Integer.toHexString((int) CategoryValue.of(longer)) + "/eu/en",
                SliceKey.of(DOCS, "client", longer).toString());
        assertThrows(IllegalArgumentException.class, () -> SliceKey.of(DOCS, "c".repeat(60), "phone"));
    }
}
