package io.t1.router.artifact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** From bytes to a JSON tree, by the letter of RFC 8259: UTF-8, no name twice, no NaN, nothing after the document. */
final class StrictJson {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;

    // decimals as written: a float32 read by way of float64 could be rounded twice
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /**
     * @param json UTF-8, of a length that the caller has checked.
     * @throws RefusedArtifactException if it isn't one JSON document.
     */
    static JsonNode parse(final byte[] json) throws RefusedArtifactException {
        return parse(decode(json));
    }

    private static String decode(final byte[] json) throws RefusedArtifactException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new RefusedArtifactException("$", "isn't UTF-8");
        }
    }

    private static JsonNode parse(final String text) throws RefusedArtifactException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            try {
                final @Nullable JsonNode root = MAPPER.readTree(parser);
                if (root == null || root.isMissingNode()) {
                    throw new RefusedArtifactException("$", "is empty");
                }
                if (parser.nextToken() != null) {
                    throw new RefusedArtifactException("$", "is followed by more, at " + place(parser));
                }
                return root;
            } catch (final JsonProcessingException e) {
                throw new RefusedArtifactException(
                        path(parser.getParsingContext().pathAsPointer()),
                        "isn't JSON: " + e.getOriginalMessage() + ", at " + place(parser));
            }
        } catch (final IOException e) {
            throw new RefusedArtifactException("$", "can't be read: " + e.getMessage());
        }
    }

    private static String place(final JsonParser parser) {
        final var location = parser.currentLocation();
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(final JsonPointer pointer) {
        String path = "$";
        for (JsonPointer at = pointer; at != null && !at.matches(); at = at.tail()) {
            path = at.mayMatchElement()
                    ? path + "[" + at.getMatchingIndex() + "]"
                    : JsonCursor.member(path, at.getMatchingProperty());
        }
        return path;
    }
}
