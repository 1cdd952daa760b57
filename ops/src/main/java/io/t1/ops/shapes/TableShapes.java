package io.t1.ops.shapes;

import java.util.List;

/**
 * The curves that a table came from.
 *
 * @param tableSha256 the table's identity.
 * @param curves one for each output and feature.
 */
public record TableShapes(String tableSha256, List<ShapeCurve> curves) {}
