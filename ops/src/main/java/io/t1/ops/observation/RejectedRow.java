package io.t1.ops.observation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.Serializable;
import java.util.Map;

/**
 * A row that was left out, as the rejects file shows it.
 *
 * @param reason what is wrong.
 * @param where file and row.
 * @param row what was read of it, by column; {@code line} alone where the line itself is malformed.
 * @param place that rows are ordered by; {@code where} says it in words.
 */
@JsonIgnoreProperties("place")
record RejectedRow(String reason, String where, Map<String, Object> row, RowPlace place) implements Serializable {}
