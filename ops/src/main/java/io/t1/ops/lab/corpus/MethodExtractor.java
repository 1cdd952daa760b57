package io.t1.ops.lab.corpus;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.nodeTypes.NodeWithName;
import com.github.javaparser.ast.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds a source file's documented methods: those with a Javadoc sentence of at least four words and a body of at least
 * 40 characters.
 *
 * <p>Threading: one thread an instance.
 */
final class MethodExtractor {
    static final int LEAST_BODY_LENGTH = 40;
    static final int LEAST_SENTENCE_WORDS = 4;

    private static final Pattern GENERICS = Pattern.compile("<[^<>]*>");
    private static final Pattern NOT_IN_AN_ID = Pattern.compile("[^A-Za-z0-9_$.\\[\\]]");

    private final JavaParser parser = new JavaParser(new ParserConfiguration()
            .setLanguageLevel(LanguageLevel.RAW)
            .setTabSize(1)
            .setDetectOriginalLineSeparator(false));

    /**
     * @return empty when the file can't be parsed.
     */
    Optional<List<JavaMethod>> extract(final String library, final String source) {
        if (!source.contains("/**")) {
            return Optional.of(List.of());
        }
        final ParseResult<CompilationUnit> parsed = parser.parse(source);
        if (!parsed.isSuccessful()) {
            return Optional.empty();
        }
        return parsed.getResult().map(unit -> methodsOf(unit, library, source));
    }

    private static List<JavaMethod> methodsOf(final CompilationUnit unit, final String library, final String source) {
        final String packageName =
                unit.getPackageDeclaration().map(NodeWithName::getNameAsString).orElse("");
        final int[] lines = lineStarts(source);
        final List<JavaMethod> methods = new ArrayList<>();
        for (final MethodDeclaration method : unit.findAll(MethodDeclaration.class)) {
            final String className = nestedName(method);
            final Optional<Comment> comment = method.getComment().filter(Comment::isJavadocComment);
            if (className.isEmpty() || comment.isEmpty() || method.getBody().isEmpty()) {
                continue;
            }
            if (slice(source, lines, method.getBody().get()).length() < LEAST_BODY_LENGTH) {
                continue;
            }
            final JavadocText javadoc = JavadocText.of(comment.get().getContent());
            if (words(javadoc.firstSentence()) < LEAST_SENTENCE_WORDS) {
                continue;
            }
            final String qualified = library + "/" + (packageName.isEmpty() ? "" : packageName + ".") + className;
            final String parameters = method.getParameters().stream()
                    .map(parameter -> typeName(parameter.getType(), parameter.isVarArgs() ? "[]" : ""))
                    .collect(Collectors.joining(";"));
            methods.add(new JavaMethod(
                    qualified + "." + method.getNameAsString() + "(" + parameters + ")",
                    qualified + "." + method.getNameAsString(),
                    className.substring(className.lastIndexOf('.') + 1),
                    method.getNameAsString(),
                    javadoc.firstSentence(),
                    (javadoc.rest() + "\n" + slice(source, lines, method)).strip()));
        }
        return methods;
    }

    /** The names of the types around a method; empty for one inside a body, which no caller can name. */
    private static String nestedName(final MethodDeclaration method) {
        String name = "";
        Optional<Node> parent = method.getParentNode();
        while (parent.isPresent() && !(parent.get() instanceof CompilationUnit)) {
            if (!(parent.get() instanceof TypeDeclaration<?> type)) {
                return "";
            }
            name = name.isEmpty() ? type.getNameAsString() : type.getNameAsString() + "." + name;
            parent = type.getParentNode();
        }
        return name;
    }

    /** A type's simple name without annotations and type arguments: {@code Map.Entry<K, V>[]} as {@code Entry[]}. */
    private static String typeName(final Type type, final String suffix) {
        String name = type.asString();
        for (String bare = GENERICS.matcher(name).replaceAll("");
                !bare.equals(name);
                bare = GENERICS.matcher(name).replaceAll("")) {
            name = bare;
        }
        final int qualifier = Math.max(name.lastIndexOf('.'), name.lastIndexOf(' '));
        return NOT_IN_AN_ID.matcher(name.substring(qualifier + 1)).replaceAll("") + suffix;
    }

    private static int words(final String sentence) {
        return sentence.isEmpty() ? 0 : sentence.split(" ", -1).length;
    }

    private static int[] lineStarts(final String source) {
        final List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < source.length(); i++) {
            final char c = source.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == source.length() || source.charAt(i + 1) != '\n'))) {
                starts.add(i + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String slice(final String source, final int[] lines, final Node node) {
        final Position begin = node.getBegin().orElseThrow();
        final Position end = node.getEnd().orElseThrow();
        return source.substring(offset(lines, begin), Math.min(source.length(), offset(lines, end) + 1));
    }

    private static int offset(final int[] lines, final Position position) {
        return lines[position.line - 1] + position.column - 1;
    }
}
