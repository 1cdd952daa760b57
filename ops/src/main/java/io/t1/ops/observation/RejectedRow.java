package io.t1.ops.observation;

import java.util.Map;

/**
 * A row that was left out, as the rejects file shows it.
 *
 * @param reason what is wrong.
 * @param where file and row.
 * @param row what was read of it, by column; {@code line} alone where the line itself is malformed.
 */
record RejectedRow(String reason, String where, Map<String, Object> row) {}
