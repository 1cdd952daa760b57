package io.t1.ops.lab.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected ids are those of Hugging Face's tokenizers 0.21.0 for the same vocabulary. */
class WordPieceTokenizerTest {
    private static final WordPieceTokenizer TOKENIZER = MiniLmModel.load().tokenizer();

    static Stream<Arguments> reference() {
        return Stream.of(
                Arguments.of("", "101 102"),
                Arguments.of(
                        "Returns the index of the first match, or -1.",
                        "101 5651 1996 5950 1997 1996 2034 2674 1010 2030 1011 1015 1012 102"),
                Arguments.of(
                        "StringUtils.abbreviate(String,int)",
                        "101 5164 21823 4877 1012 11113 13578 9035 2618 1006 5164 1010 20014 1007 102"),
                Arguments.of(
                        "na\u00efve caf\u00e9 \u00c5ngstr\u00f6m \u0130stanbul", "101 15743 7668 17076 15687 9960 102"),
                Arguments.of("\u6771\u4eac tower 123\u4e07", "101 1879 1755 3578 13138 100 102"),
                Arguments.of("a\u0000b\u200bc\u00a0d\te\u2028f\u0085g", "101 5925 1040 1041 1042 2290 102"),
                Arguments.of("x".repeat(101) + " y", "101 100 1061 102"),
                Arguments.of(
                        "\u03a3\u0391\u03a3 \u1e9e \u00df \ufb01sh \u2126 \u212b",
                        "101 1173 14608 29733 1096 1096 1984 4095 1179 1037 102"),
                Arguments.of("\ud83d\ude00 smile", "101 100 2868 102"),
                Arguments.of(
                        "don't e-mail_me@x.y $5 \u20ac5 \u00b1 a\u2014b \u201cq\u201d \u2026",
                        "101 2123 1005 1056 1041 1011 5653 1035 2033 1030 1060 1012 1061 1002 1019 1574 2629 1081 1037"
                                + " 1517 1038 1523 1053 1524 1529 102"),
                Arguments.of(
                        "\u0939\u093f\u0928\u094d\u0926\u0940 \ud55c\uad6d\uc5b4"
                                + " \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
                        "101 1339 29877 29863 29861 29878 1469 30006 30021 29991 30014 30020 29999 30008 1270 23673"
                                + " 29830 17149 29816 14498 19433 102"),
                Arguments.of("a\u0301\u0323 \u1ed9", "101 1037 1051 102"),
                Arguments.of(
                        "public static <T> List<T> of(final int[] x) { return x >>> 2 == ~y ? \"a\\n\" : 'b'; }",
                        "101 2270 10763 1026 1056 1028 2862 1026 1056 1028 1997 1006 2345 20014 1031 1033 1060 1007"
                                + " 1063 2709 1060 1028 1028 1028 1016 1027 1027 1066 1061 1029 1000 1037 1032 1050"
                                + " 1000 1024 1005 1038 1005 1025 1065 102"),
                Arguments.of("\ue000 private x\u00ad y", "101 2797 1060 1061 102"),
                Arguments.of(
                        "unaffable tokenization electroencephalography",
                        "101 14477 20961 3468 19204 3989 16175 10127 21890 21197 26228 102"),
                Arguments.of("\ufeffbom", "101 8945 2213 102"));
    }

    @ParameterizedTest
    @MethodSource("reference")
    void cutsTextAsTheReferenceTokenizerDoes(final String text, final String expected) {
        final int[] ids = Arrays.stream(expected.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        assertArrayEquals(ids, TOKENIZER.tokenize(text, 128), text);
    }

    @Test
    void keepsBothSpecialTokensWhenATextIsCut() {
        final String text = "electroencephalography ".repeat(50_000);
        final int[] whole = TOKENIZER.tokenize(text, 64);
        for (int limit = 2; limit <= 12; limit++) {
            final int[] cut = TOKENIZER.tokenize(text, limit);
            assertEquals(limit, cut.length);
            assertArrayEquals(Arrays.copyOf(whole, limit - 1), Arrays.copyOf(cut, limit - 1), "limit=" + limit);
            assertEquals(102, cut[limit - 1], "limit=" + limit);
        }
    }

    @Test
    void tellsWordsFromPunctuationAndSpecialTokens() {
        final int[] ids = TOKENIZER.tokenize("size() 7", 16);
        assertFalse(TOKENIZER.isWordLike(ids[0]), "[CLS]");
        assertTrue(TOKENIZER.isWordLike(ids[1]), "size");
        assertFalse(TOKENIZER.isWordLike(ids[2]), "(");
        assertFalse(TOKENIZER.isWordLike(ids[3]), ")");
        assertTrue(TOKENIZER.isWordLike(ids[4]), "7");
        assertFalse(TOKENIZER.isWordLike(ids[5]), "[SEP]");
    }
}
