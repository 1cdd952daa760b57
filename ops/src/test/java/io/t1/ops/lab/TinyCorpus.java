package io.t1.ops.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder in BEIR's layout with sixty documents on twelve subjects, and two queries a subject. */
public final class TinyCorpus {
    private static final List<String> SUBJECTS = List.of(
            "volcano eruption ash lava mountain",
            "violin concerto orchestra soloist strings",
            "bread baking yeast flour oven",
            "tennis serve racket court match",
            "glacier ice melting arctic sea",
            "spider web silk insect prey",
            "locomotive steam railway engine track",
            "vaccine immune antibody virus dose",
            "castle medieval wall tower siege",
            "coffee bean roasting espresso aroma",
            "satellite orbit launch rocket antenna",
            "beekeeping hive honey queen swarm");
    private static final List<String> FORMS = List.of(
            "notes on the %s and the %s",
            "a short history of %s with remarks about %s",
            "why %s depends on %s",
            "measuring %s in the presence of %s",
            "the %s handbook, with a chapter on %s");

    private TinyCorpus() {}

    /** Writes it. */
    public static Path write(final Path folder) throws IOException {
        final StringBuilder corpus = new StringBuilder();
        final StringBuilder queries = new StringBuilder();
        final StringBuilder judgements = new StringBuilder("query-id\tcorpus-id\tscore\n");
        for (int subject = 0; subject < SUBJECTS.size(); subject++) {
            final String[] words = SUBJECTS.get(subject).split(" ", -1);
            for (int form = 0; form < FORMS.size(); form++) {
                final String text = FORMS.get(form).formatted(words[form], words[(form + 1) % words.length]);
                corpus.append("{\"_id\": \"s%d-%d\", \"title\": \"%s\", \"text\": \"%s\"}%n"
                        .formatted(subject, form, words[form], text));
                judgements.append("plain-%d\ts%d-%d\t%d%n".formatted(subject, subject, form, form == 0 ? 2 : 1));
                judgements.append("asked-%d\ts%d-%d\t%d%n".formatted(subject, subject, form, form == 1 ? 2 : 1));
            }
            queries.append("{\"_id\": \"plain-%d\", \"text\": \"%s %s\", \"metadata\": {\"slice\": \"plain\"}}%n"
                    .formatted(subject, words[0], words[4]));
            queries.append("{\"_id\": \"asked-%d\", \"text\": \"what is the history of the %s?\"}%n"
                    .formatted(subject, words[1]));
        }
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("corpus.jsonl"), corpus);
        Files.writeString(folder.resolve("queries.jsonl"), queries);
        Files.writeString(folder.resolve("qrels").resolve("test.tsv"), judgements);
        return folder;
    }
}
