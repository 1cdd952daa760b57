package io.t1.ops.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.t1.ops.BadInputException;
import io.t1.router.artifact.FrontierPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a frontier as {@link io.t1.ops.gate.FrontierFile} reads it. */
final class FrontierOutput {
    private FrontierOutput() {}

    static void write(final Path file, final List<FrontierPoint> points) {
        final ArrayNode array = JsonMapper.builder().build().createArrayNode();
        for (final FrontierPoint point : points) {
            array.addObject()
                    .put("arm", point.arm().name())
                    .put("ef", point.ef())
                    .put("topk", point.topk())
                    .put("rerank_depth", point.rerankDepth())
                    .put("p95_cost_ms", point.p95CostMs());
        }
        try {
            Files.writeString(file, array.toPrettyString() + "\n");
        } catch (final IOException e) {
            throw new BadInputException("--frontier=" + file + " can't be written: " + e.getMessage(), e);
        }
    }
}
