package io.t1.ops.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.router.artifact.FrontierPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A harvest frontier as a JSON array of {@code {"arm", "ef", "topk", "rerank_depth", "p95_cost_ms"}}, as it stands in a
 * table.
 */
public final class FrontierFile {
    private static final int UINT16_MAX = 0xFFFF;

    private FrontierFile() {}

    /**
     * Reads one, sorted by arm and cost.
     *
     * @throws BadInputException naming the point and the member that is wrong.
     */
    public static List<FrontierPoint> read(final Path file) {
        final JsonNode array;
        try {
            array = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (final JsonProcessingException e) {
            throw new BadInputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be read: " + e.getMessage(), e);
        }
        if (!array.isArray()) {
            throw new BadInputException(file + ": a frontier is an array of points");
        }
        final List<FrontierPoint> points = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            points.add(point(array.get(i), file + ": [" + i + "]"));
        }
        for (final Arm arm : List.of(Arm.CHEAP, Arm.FULL)) {
            if (points.stream().noneMatch(point -> point.arm() == arm)) {
                throw new BadInputException(file + ": no point for " + arm + ": a frontier needs one at least");
            }
        }
        points.sort(Comparator.comparing(FrontierPoint::arm).thenComparingDouble(FrontierPoint::p95CostMs));
        return points;
    }

    private static FrontierPoint point(final JsonNode node, final String where) {
        final String name = node.path("arm").asText("").toUpperCase(Locale.ROOT);
        if (!name.equals(Arm.CHEAP.name()) && !name.equals(Arm.FULL.name())) {
            throw new BadInputException(where + ".arm=\"" + name + "\" isn't CHEAP or FULL");
        }
        final JsonNode cost = node.path("p95_cost_ms");
        if (!cost.isNumber() || !(cost.asDouble() >= 0 && cost.asDouble() < 3.6e6)) {
            throw new BadInputException(where + ".p95_cost_ms=" + cost + " isn't a number of ms, 0 or more");
        }
        return new FrontierPoint(
                Arm.valueOf(name),
                whole(node, "ef", 0, where),
                whole(node, "topk", 1, where),
                whole(node, "rerank_depth", 0, where),
                (float) cost.asDouble());
    }

    private static int whole(final JsonNode node, final String member, final int least, final String where) {
        final JsonNode value = node.path(member);
        if (!value.isInt() || value.asInt() < least || value.asInt() > UINT16_MAX) {
            throw new BadInputException(where + "." + member + "=" + value + " not in " + least + ".." + UINT16_MAX);
        }
        return value.asInt();
    }
}
