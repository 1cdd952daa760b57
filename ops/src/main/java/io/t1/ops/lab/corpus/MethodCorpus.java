package io.t1.ops.lab.corpus;

import io.t1.ops.cli.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The default corpus: Java methods as documents, and for each up to two queries. One is its first Javadoc sentence, which
 * its document then lacks, unless another method has the same; the other is made of its names. The method itself is
 * judged 2, its overloads 1.
 */
public final class MethodCorpus {
    /** The slice of queries that are a Javadoc sentence. */
    public static final String NATURAL_LANGUAGE = "natural-language";
    /** The slice of queries that are made of names. */
    public static final String KEYWORD = "keyword";

    private static final int METHOD_GRADE = 2;
    private static final int OVERLOAD_GRADE = 1;

    /**
     * How much of it to take.
     *
     * @param methods at most so many, at least 1, of the files that the seed's hash puts first.
     * @param queries at most so many, at least 1, as near to half and half of either slice as there are.
     */
    public record Sample(int methods, int queries, long seed) {}

    private MethodCorpus() {}

    /**
     * Reads the source jars of a folder, or what is kept of an earlier read, and samples them.
     *
     * @throws io.t1.ops.BadInputException if the folder has no source jar.
     */
    public static LabCorpus read(
            final Path folder, final Path cache, final Sample sample, final int threads, final Progress progress) {
        final List<Path> jars = SourceJars.in(folder);
        final Path file = MethodCache.fileFor(cache, jars, sample.methods(), sample.seed());
        final Optional<SourceJars.Methods> kept = MethodCache.read(file);
        final SourceJars.Methods methods =
                kept.orElseGet(() -> SourceJars.read(jars, sample.methods(), sample.seed(), threads, progress));
        if (kept.isEmpty()) {
            MethodCache.write(file, methods);
        }
        return of(methods.methods(), sample);
    }

    static LabCorpus of(final List<JavaMethod> all, final Sample sample) {
        final List<JavaMethod> methods = firstByHash(all, JavaMethod::id, sample.methods(), sample.seed());
        final Set<String> shared = sharedSentences(all);
        final Map<String, List<JavaMethod>> overloads =
                methods.stream().collect(Collectors.groupingBy(JavaMethod::overloads));
        final List<LabQuery> sentences = new ArrayList<>();
        final List<LabQuery> names = new ArrayList<>();
        final Set<String> asked = new HashSet<>();
        for (final JavaMethod method : methods) {
            final Map<String, Integer> judgements =
                    judgements(method, overloads.getOrDefault(method.overloads(), List.of()));
            if (!shared.contains(normalised(method.sentence()))) {
                sentences.add(new LabQuery("nl:" + method.id(), method.sentence(), NATURAL_LANGUAGE, judgements));
            }
            final String keywords = keywords(method, sample.seed());
            if (asked.add(keywords)) {
                names.add(new LabQuery("kw:" + method.id(), keywords, KEYWORD, judgements));
            }
        }
        final List<Document> documents = methods.stream()
                .sorted(Comparator.comparing(JavaMethod::id))
                .map(method -> new Document(method.id(), method.className() + "." + method.name(), method.text()))
                .toList();
        return new LabCorpus("java-methods", TextKind.CODE, documents, balanced(sentences, names, sample));
    }

    private static Map<String, Integer> judgements(final JavaMethod method, final List<JavaMethod> overloads) {
        final Map<String, Integer> judgements = HashMap.newHashMap(overloads.size());
        overloads.forEach(overload -> judgements.put(overload.id(), OVERLOAD_GRADE));
        judgements.put(method.id(), METHOD_GRADE);
        return judgements;
    }

    /** A sentence that two methods have asks for either: it is no one's query. */
    private static Set<String> sharedSentences(final List<JavaMethod> all) {
        final Set<String> seen = new HashSet<>();
        final Set<String> shared = new HashSet<>();
        for (final JavaMethod method : all) {
            final String sentence = normalised(method.sentence());
            if (!seen.add(sentence)) {
                shared.add(sentence);
            }
        }
        return shared;
    }

    private static String normalised(final String sentence) {
        return sentence.toLowerCase(Locale.ROOT);
    }

    /** One of four ways in which people ask for a method by name, chosen by the method's hash. */
    private static String keywords(final JavaMethod method, final long seed) {
        return switch ((int) (SeededHash.of(seed, "keywords:" + method.id()) & 3)) {
            case 0 -> method.name();
            case 1 -> method.className() + "." + method.name();
            case 2 -> method.className() + " " + method.name();
            default -> wordsOf(method.name());
        };
    }

    private static String wordsOf(final String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    /** Half of each where both suffice; what one lacks the other gives. In hashed order. */
    private static List<LabQuery> balanced(
            final List<LabQuery> sentences, final List<LabQuery> names, final Sample sample) {
        final int half = sample.queries() / 2;
        final int ofSentences = Math.min(sentences.size(), Math.max(half, sample.queries() - names.size()));
        final int ofNames = Math.min(names.size(), sample.queries() - ofSentences);
        final List<LabQuery> chosen = new ArrayList<>();
        chosen.addAll(firstByHash(sentences, LabQuery::id, ofSentences, sample.seed()));
        chosen.addAll(firstByHash(names, LabQuery::id, ofNames, sample.seed()));
        return firstByHash(chosen, LabQuery::id, chosen.size(), sample.seed());
    }

    private static <T> List<T> firstByHash(
            final List<T> all, final java.util.function.Function<T, String> id, final int count, final long seed) {
        record Keyed<T>(long hash, String id, T value) {}
        return all.stream()
                .map(value -> new Keyed<>(SeededHash.of(seed, id.apply(value)), id.apply(value), value))
                .sorted(Comparator.<Keyed<T>>comparingLong(Keyed::hash).thenComparing(Keyed::id))
                .limit(count)
                .map(Keyed::value)
                .toList();
    }
}
