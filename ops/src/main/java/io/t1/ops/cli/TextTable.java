package io.t1.ops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns: the first to the left, the others to the right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param headings one a column.
     */
    public TextTable(final String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row of as many cells as there are headings. */
    public TextTable row(final String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "cells=" + cells.length + " headings=" + rows.getFirst().size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Prints it. */
    public void print(final PrintWriter out) {
        final int[] widths = new int[rows.getFirst().size()];
        for (final List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                final String cell = row.get(column);
                final String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? cell + padding : "  " + padding + cell);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
