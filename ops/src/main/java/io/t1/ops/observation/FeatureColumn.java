package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.RouterArtifact;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A column that queries bear as a feature, and how its values are taken. */
public sealed interface FeatureColumn extends Serializable {
    /** Behind a name on a command line, a colon before it: the column holds categories. */
    String CATEGORICAL = "categorical";

    /** The column's name, and the feature's. */
    String name();

    /** A column of numbers. */
    record Numeric(String name) implements FeatureColumn {}

    /** A column of categories, of which the rows are to show which ones matter. */
    record Sought(String name) implements FeatureColumn {}

    /**
     * A column of categories that are known, as a table declares them; all others count as one.
     *
     * @param categories 1 to 15.
     */
    record Declared(String name, List<String> categories) implements FeatureColumn {}

    /** The column that a table's feature is read from. */
    static FeatureColumn of(final FeatureSpec feature) {
        return feature.categorical() ? new Declared(feature.name(), feature.categories()) : new Numeric(feature.name());
    }

    /** The categories that columns declare, by name, in the columns' order. */
    static Map<String, List<String>> categories(final List<FeatureColumn> columns) {
        final Map<String, List<String>> categories = new LinkedHashMap<>();
        for (final FeatureColumn column : columns) {
            if (column instanceof Declared declared) {
                categories.put(declared.name(), declared.categories());
            }
        }
        return categories;
    }

    /** The columns that a table's features are read from, in its order. */
    static List<FeatureColumn> of(final RouterArtifact table) {
        return table.features().stream().map(FeatureColumn::of).toList();
    }

    /**
     * Reads {@code name} or {@code name:categorical}.
     *
     * @throws BadInputException if it is neither, or the feature must keep an order that categories don't have.
     */
    static FeatureColumn parse(final String text) {
        final int colon = text.indexOf(':');
        if (colon < 0) {
            return new Numeric(text);
        }
        final String name = text.substring(0, colon);
        if (!text.substring(colon + 1).equals(CATEGORICAL)) {
            throw new BadInputException(
                    "feature \"" + text + "\" isn't a column's name, or one with :" + CATEGORICAL + " behind it");
        }
        if (!MonotoneConstraints.requiredFor(List.of(name)).isEmpty()) {
            throw new BadInputException("feature \"" + text + "\": outputs must rise or fall with " + name
                    + ", and categories have no order; name it without :" + CATEGORICAL);
        }
        return new Sought(name);
    }
}
