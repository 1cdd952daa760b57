package io.t1.router.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value and where it stands, so that every refusal can say where. The place is spelt out for refusals only: a table
 * has a thousand values, and a node that reloads all day would spell out nothing else.
 *
 * <p>An array's elements get a cursor each only when one is wrong, for the same reason.
 *
 * <p>Strict: an object has exactly the members asked for, an integer is written as one, a number must fit its type.
 */
final class JsonCursor {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final int LONGEST_QUOTE = 40;

    private static final int NO_INDEX = -1;

    private final JsonNode node;
    private final @Nullable JsonCursor parent;
    /** Of the member that this is; of an element the array's own. */
    private final String name;

    private final int index;

    private JsonCursor(final JsonNode node, final @Nullable JsonCursor parent, final String name, final int index) {
        this.node = node;
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** The whole document, {@code $}. */
    static JsonCursor root(final JsonNode node) {
        return new JsonCursor(node, null, "$", NO_INDEX);
    }

    String path() {
        if (parent == null) {
            return name;
        }
        return index == NO_INDEX ? member(parent.path(), name) : parent.path() + "[" + index + "]";
    }

    /** The path of a member, in brackets where its name isn't plain. */
    static String member(final String path, final String name) {
        return PLAIN_NAME.matcher(name).matches() ? path + "." + name : path + "[\"" + shortened(name) + "\"]";
    }

    /** This, proved to be an object with exactly these members. */
    JsonCursor object(final String... names) throws RefusedArtifactException {
        return object(List.of(names));
    }

    /** This, proved to be an object with exactly these members, or these and one or more of the others. */
    JsonCursor object(final List<String> needed, final String... others) throws RefusedArtifactException {
        final List<String> known = new ArrayList<>(needed);
        known.addAll(List.of(others));
        for (final Iterator<String> present = members().fieldNames(); present.hasNext(); ) {
            final String name = present.next();
            if (!known.contains(name)) {
                throw new RefusedArtifactException(member(path(), name), "unknown member; known are " + known);
            }
        }
        for (final String name : needed) {
            if (!node.has(name)) {
                throw new RefusedArtifactException(member(path(), name), "missing");
            }
        }
        return this;
    }

    /** This, proved to be an object of any members. */
    JsonNode members() throws RefusedArtifactException {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        return node;
    }

    /** Whether there is a member of this name. */
    boolean has(final String name) {
        return node.has(name);
    }

    /** A member that {@link #object(String...)} or {@link #has} has proved to be there. */
    JsonCursor at(final String name) {
        return new JsonCursor(node.required(name), this, name, NO_INDEX);
    }

    /** How many elements this array has. */
    int size() throws RefusedArtifactException {
        if (!node.isArray()) {
            throw unexpected("an array");
        }
        return node.size();
    }

    JsonCursor at(final int index) {
        return new JsonCursor(node.required(index), this, name, index);
    }

    String text() throws RefusedArtifactException {
        if (!node.isTextual()) {
            throw unexpected("a string");
        }
        return node.textValue();
    }

    float float32() throws RefusedArtifactException {
        final float value = number().decimalValue().floatValue();
        if (!Float.isFinite(value)) {
            throw new RefusedArtifactException(path(), "value=" + quoted() + " is out of float32's range");
        }
        return value;
    }

    double float64() throws RefusedArtifactException {
        final double value = number().decimalValue().doubleValue();
        if (!Double.isFinite(value)) {
            throw new RefusedArtifactException(path(), "value=" + quoted() + " is out of float64's range");
        }
        return value;
    }

    /** An integer within limits, both included. */
    long integer(final long least, final long most) throws RefusedArtifactException {
        if (!node.isIntegralNumber()) {
            throw unexpected("an integer");
        }
        if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
            throw new RefusedArtifactException(path(), "value=" + quoted() + " not in " + least + ".." + most);
        }
        return node.longValue();
    }

    int int32() throws RefusedArtifactException {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    float[] float32s() throws RefusedArtifactException {
        final float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            final JsonNode element = node.get(i);
            final float value = element.isNumber() ? element.decimalValue().floatValue() : Float.NaN;
            values[i] = Float.isFinite(value) ? value : at(i).float32();
        }
        return values;
    }

    int[] int32s() throws RefusedArtifactException {
        final int[] values = new int[size()];
        for (int i = 0; i < values.length; i++) {
            final JsonNode element = node.get(i);
            values[i] = element.isInt() ? element.intValue() : at(i).int32();
        }
        return values;
    }

    byte[] int8s() throws RefusedArtifactException {
        final byte[] values = new byte[size()];
        for (int i = 0; i < values.length; i++) {
            final JsonNode element = node.get(i);
            final int value = element.isInt() ? element.intValue() : Integer.MAX_VALUE;
            values[i] = (byte) (value == (byte) value ? value : at(i).integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
        }
        return values;
    }

    private JsonNode number() throws RefusedArtifactException {
        if (!node.isNumber()) {
            throw unexpected("a number");
        }
        return node;
    }

    private RefusedArtifactException unexpected(final String wanted) {
        return new RefusedArtifactException(path(), quoted() + " isn't " + wanted);
    }

    private String quoted() {
        return node.isContainerNode() ? (node.isArray() ? "an array" : "an object") : shortened(node.toString());
    }

    private static String shortened(final String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
