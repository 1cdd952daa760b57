package io.t1.sidecar;

import io.t1.codec.StoredTable;
import io.t1.codec.TableRole;
import io.t1.sidecar.stats.TableRow;
import java.util.List;
import java.util.stream.Collectors;

/** The stored tables as the figures show them. */
final class StoredTableRows {
    private StoredTableRows() {}

    static List<TableRow> of(final List<StoredTable> tables) {
        return tables.stream().map(StoredTableRows::row).toList();
    }

    private static TableRow row(final StoredTable table) {
        return new TableRow(
                table.key(),
                table.tableVersion(),
                table.roles().stream().map(StoredTableRows::role).collect(Collectors.toUnmodifiableSet()),
                table.publishedAt().toEpochMilli(),
                table.sha256(),
                table.imageBytes());
    }

    private static TableRow.Role role(final TableRole role) {
        return switch (role) {
            case ACTIVE -> TableRow.Role.ACTIVE;
            case PREVIOUS -> TableRow.Role.PREVIOUS;
            case BASELINE -> TableRow.Role.BASELINE;
        };
    }
}
