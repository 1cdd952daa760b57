package io.t1.ops.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeirFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeAGoodOne() throws IOException {
        Files.createDirectories(folder.resolve("qrels"));
        write("corpus.jsonl", """
                {"_id": "d1", "title": "One", "text": "the first"}
                {"_id": "d2", "text": "the second"}
                """);
        write("queries.jsonl", """
                {"_id": "q1", "text": "first?"}
                {"_id": "q2", "text": "second?", "metadata": {"slice": "hard"}}
                {"_id": "q3", "text": "never judged"}
                """);
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\nq2\tgone\t1\n");
        write("qrels/train.tsv", "query-id\tcorpus-id\tscore\nq1\td2\t0\n");
    }

    @Test
    void readsJudgedQueriesWithTheirSlicesFromAllJudgementFiles() {
        final LabCorpus corpus = BeirFolder.read(folder);
        assertEquals(
                List.of(new Document("d1", "One", "the first"), new Document("d2", "", "the second")),
                corpus.documents());
        assertEquals(
                List.of(
                        new LabQuery("q1", "first?", "all", Map.of("d1", 2, "d2", 0)),
                        new LabQuery("q2", "second?", "hard", Map.of("d2", 1, "gone", 1))),
                corpus.queries());
        assertEquals(TextKind.PROSE, corpus.kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "corpus.jsonl|{\"_id\": \"d1\", \"text\": \"again\"}|corpus.jsonl:3|given before",
                "corpus.jsonl|{\"_id\": \"d3\"}|corpus.jsonl:3|no text",
                "corpus.jsonl|{\"text\": \"no id\"}|corpus.jsonl:3|no _id",
                "corpus.jsonl|{\"_id\": \"d3\", \"text\": |corpus.jsonl:3|not JSON",
                "corpus.jsonl|{\"_id\": \"d3\", \"text\": \"a\"} x|corpus.jsonl:3|not JSON",
                "corpus.jsonl|[1]|corpus.jsonl:3|not a JSON object",
                "queries.jsonl|{\"_id\": \"q1\", \"text\": \"again\"}|queries.jsonl:4|given before",
                "qrels/test.tsv|q1 d1 1|test.tsv:5|fields=1",
                "qrels/test.tsv|q9\td1\t1|test.tsv:5|isn't in queries.jsonl",
                "qrels/test.tsv|q1\td2\tmuch|test.tsv:5|isn't a whole number",
                "qrels/test.tsv|q1\td1\t1|test.tsv:5|was judged before"
            })
    void namesTheFileAndTheLineThatIsWrong(final String file, final String line, final String where, final String what)
            throws IOException {
        write(file, Files.readString(folder.resolve(file)) + line + "\n");
        assertMessage(where, what);
    }

    @Test
    void namesAWrongHeader() throws IOException {
        write("qrels/test.tsv", "q1\td1\t2\n");
        assertMessage("test.tsv:1", "isn't 'query-id corpus-id score'");
    }

    @ParameterizedTest
    @CsvSource({"corpus.jsonl", "queries.jsonl", "qrels/test.tsv"})
    void namesAFileThatIsEmptyOrMissing(final String file) throws IOException {
        Files.delete(folder.resolve("qrels/train.tsv"));
        write(file, "\n");
        assertThrows(BadInputException.class, () -> BeirFolder.read(folder));
        Files.delete(folder.resolve(file));
        assertThrows(BadInputException.class, () -> BeirFolder.read(folder));
    }

    private void assertMessage(final String where, final String what) {
        final BadInputException failure = assertThrows(BadInputException.class, () -> BeirFolder.read(folder));
        final String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(where), message);
        assertTrue(message.contains(what), message);
    }

    private void write(final String file, final String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
