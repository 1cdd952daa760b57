package io.t1.ops.lab.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.ops.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A corpus in BEIR's layout: {@code corpus.jsonl} and {@code queries.jsonl} with {@code _id}, {@code title} (optional)
 * and {@code text}, and {@code qrels/*.tsv} with the header {@code query-id corpus-id score}.
 *
 * <p>A query's slice is its {@code metadata.slice}, else {@code all}. Queries without a judgement are left out. A
 * judged document that the corpus lacks still counts for the ideal ranking, as trec_eval counts it.
 */
public final class BeirFolder {
    /** The slice of queries that carry no label. */
    public static final String ALL = "all";

    private static final String HEADER = "query-id\tcorpus-id\tscore";
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final Path folder;

    private BeirFolder(final Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a corpus whole.
     *
     * @throws BadInputException if a file is missing or a line is wrong; the message names file and line.
     */
    public static LabCorpus read(final Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    "corpus " + folder + " isn't a folder: give one in BEIR's layout, with corpus.jsonl, queries.jsonl"
                            + " and qrels/*.tsv");
        }
        final BeirFolder beir = new BeirFolder(folder);
        final List<Document> documents = beir.documents();
        final Map<String, JsonNode> texts = beir.queries();
        final Map<String, Map<String, Integer>> judgements = beir.judgements(texts.keySet());
        final List<LabQuery> queries = new ArrayList<>();
        texts.forEach((id, query) -> {
            final Map<String, Integer> judged = judgements.get(id);
            if (judged != null) {
                final String slice = query.path("metadata").path("slice").asText("");
                queries.add(new LabQuery(id, query.path("text").asText(), slice.isEmpty() ? ALL : slice, judged));
            }
        });
        final String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new LabCorpus(name, TextKind.PROSE, documents, queries);
    }

    private List<Document> documents() {
        final Path file = folder.resolve("corpus.jsonl");
        final List<Document> documents = new ArrayList<>();
        records(file)
                .forEach((id, line) -> documents.add(new Document(
                        id, line.path("title").asText(""), line.path("text").asText())));
        if (documents.isEmpty()) {
            throw new BadInputException(file + " has no document");
        }
        return documents;
    }

    private Map<String, JsonNode> queries() {
        final Path file = folder.resolve("queries.jsonl");
        final Map<String, JsonNode> queries = records(file);
        if (queries.isEmpty()) {
            throw new BadInputException(file + " has no query");
        }
        return queries;
    }

    /** The lines of a file by {@code _id}, in order. */
    private static Map<String, JsonNode> records(final Path file) {
        final Map<String, JsonNode> records = new LinkedHashMap<>();
        forEachLine(file, (number, line) -> {
            final JsonNode record;
            try {
                record = JSON.readValue(line);
            } catch (final JsonProcessingException e) {
                throw bad(file, number, "not JSON: " + e.getOriginalMessage());
            }
            if (record == null || !record.isObject()) {
                throw bad(file, number, "not a JSON object");
            }
            final JsonNode id = record.path("_id");
            if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
                throw bad(file, number, "no _id");
            }
            if (!record.path("text").isTextual()) {
                throw bad(file, number, "no text for _id=" + id.asText());
            }
            if (records.put(id.asText(), record) != null) {
                throw bad(file, number, "_id=" + id.asText() + " was given before");
            }
        });
        return records;
    }

    private Map<String, Map<String, Integer>> judgements(final Set<String> queries) {
        final Map<String, Map<String, Integer>> judgements = new HashMap<>();
        for (final Path file : judgementFiles()) {
            final Set<Integer> headerSeen = new HashSet<>();
            forEachLine(file, (number, line) -> {
                if (headerSeen.isEmpty()) {
                    if (!line.strip().replaceAll("\\s+", "\t").equals(HEADER)) {
                        throw bad(file, number, "header '" + line.strip() + "' isn't 'query-id corpus-id score'");
                    }
                    headerSeen.add(number);
                    return;
                }
                judge(file, number, line, queries, judgements);
            });
        }
        if (judgements.isEmpty()) {
            throw new BadInputException(folder.resolve("qrels") + " has no judgement");
        }
        return judgements;
    }

    private static void judge(
            final Path file,
            final int number,
            final String line,
            final Set<String> queries,
            final Map<String, Map<String, Integer>> judgements) {
        final String[] fields = line.split("\t", -1);
        if (fields.length != 3) {
            throw bad(file, number, "fields=" + fields.length + ", not the 3 of query-id, corpus-id and score");
        }
        if (!queries.contains(fields[0])) {
            throw bad(file, number, "query-id=" + fields[0] + " isn't in queries.jsonl");
        }
        final int score;
        try {
            score = Integer.parseInt(fields[2].strip());
        } catch (final NumberFormatException e) {
            throw bad(file, number, "score=" + fields[2] + " isn't a whole number");
        }
        final Map<String, Integer> judged = judgements.computeIfAbsent(fields[0], id -> new HashMap<>());
        if (judged.put(fields[1], score) != null) {
            throw bad(file, number, "query-id=" + fields[0] + ", corpus-id=" + fields[1] + " was judged before");
        }
    }

    private List<Path> judgementFiles() {
        final Path qrels = folder.resolve("qrels");
        if (Files.isDirectory(qrels)) {
            try (Stream<Path> entries = Files.list(qrels)) {
                final List<Path> files = entries.filter(
                                entry -> entry.getFileName().toString().endsWith(".tsv"))
                        .sorted()
                        .toList();
                if (!files.isEmpty()) {
                    return files;
                }
            } catch (final IOException e) {
                throw new BadInputException("can't list " + qrels + ": " + e.getMessage(), e);
            }
        }
        throw new BadInputException("no *.tsv in " + qrels + ": judgements are read from there");
    }

    @FunctionalInterface
    private interface LineReader {
        void read(int number, String line);
    }

    private static void forEachLine(final Path file, final LineReader reader) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reader.read(number, line);
                }
            }
        } catch (final CharacterCodingException e) {
            throw new BadInputException(file + " isn't UTF-8", e);
        } catch (final IOException e) {
            throw new BadInputException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    private static BadInputException bad(final Path file, final int line, final String what) {
        return new BadInputException(file + ":" + line + ": " + what);
    }
}
