package io.t1.ops.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What the demo reads of a sidecar's figures: tables accepted so far, and replies that were errors. */
record ServerFigures(long reloads, long errors) {
    static ServerFigures of(final String stats) {
        try {
            final JsonNode json = JsonMapper.builder().build().readTree(stats);
            return new ServerFigures(
                    json.path("reloads").path("accepted").asLong(),
                    json.path("errors").path("count").asLong());
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("the sidecar's figures aren't JSON", e);
        }
    }
}
