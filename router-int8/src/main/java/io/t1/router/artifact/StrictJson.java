package io.t1.router.artifact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** From bytes to a JSON tree, by the letter of RFC 8259: UTF-8, no name twice, no NaN, nothing after the document. */
final class StrictJson {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;

    // a mapper could make the tree too, but making the mapper takes a start longer than reading its tables
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Nearly all numbers of a table are knots: one node a value serves all of them. */
    private static final JsonNode[] INT8S = IntStream.rangeClosed(Byte.MIN_VALUE, Byte.MAX_VALUE)
            .mapToObj(NODES::numberNode)
            .toArray(JsonNode[]::new);

    private StrictJson() {}

    /**
     * @param json UTF-8, of a length that the caller has checked.
     * @throws RefusedArtifactException if it isn't one JSON document.
     */
    static JsonNode parse(final byte[] json) throws RefusedArtifactException {
        return parse(decode(json));
    }

    private static String decode(final byte[] json) throws RefusedArtifactException {
        if (isAscii(json)) {
            return new String(json, StandardCharsets.ISO_8859_1); // the same text, without a copy as chars
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new RefusedArtifactException("$", "isn't UTF-8");
        }
    }

    private static boolean isAscii(final byte[] json) {
        byte all = 0;
        for (final byte one : json) {
            all |= one;
        }
        return all >= 0;
    }

    private static JsonNode parse(final String text) throws RefusedArtifactException {
        try (JsonParser parser = PARSERS.createParser(text)) {
            try {
                if (parser.nextToken() == null) {
                    throw new RefusedArtifactException("$", "is empty");
                }
                final JsonNode root = node(parser);
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

    /** The value that the parser is at; it is at the value's last token then. */
    private static JsonNode node(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                final ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, node(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                final ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(node(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            // decimals as written: a float32 read by way of float64 could be rounded twice
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("a value can't begin with " + parser.currentToken());
        };
    }

    private static JsonNode integer(final JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> small(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode small(final int value) {
        return value == (byte) value ? INT8S[value - Byte.MIN_VALUE] : NODES.numberNode(value);
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
