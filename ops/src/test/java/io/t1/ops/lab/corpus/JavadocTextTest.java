package io.t1.ops.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Returns the size. And more.|Returns the size",
                "Splits at e.g. commas, i.e. at ','. More.|Splits at e.g. commas, i.e. at ','",
                "Uses version 1.2 of it. More.|Uses version 1.2 of it",
                "No stop at all|No stop at all",
                "First part<p>Second part.|First part",
                "Reads {@code List<String>} as {@link java.util.List#add(Object) adding}.|Reads List<String> as adding",
                "Calls {@link #size()} &amp; <b>waits</b>.|Calls size() & waits",
                "See {@link Map#put(Object, Object)}. More.|See Map.put(Object, Object)",
                "{@inheritDoc}|''",
                "@return only a tag|''"
            })
    void findsTheFirstSentenceInPlainText(final String comment, final String expected) {
        assertEquals(expected, JavadocText.of(comment).firstSentence());
    }

    @Test
    void keepsTheRestWithWhatTheTagsDescribeAndNeverTheSentenceAgain() {
        final JavadocText text = JavadocText.of("""

                 * Returns the number of open files.
                 * Counts sockets too.
                 *
                 * @param owner whose files, e.g. a user's
                 * @return Returns the number of open files.
                 * @since 3.1
                 * @author somebody
                """);
        assertEquals("Returns the number of open files", text.firstSentence());
        assertTrue(text.rest().contains("Counts sockets too."), text.rest());
        assertTrue(text.rest().contains("owner whose files, e.g. a user's"), text.rest());
        assertFalse(text.rest().contains("number of open files"), text.rest());
        assertFalse(text.rest().contains("3.1"), text.rest());
        assertFalse(text.rest().contains("somebody"), text.rest());
    }
}
