package io.t1.sidecar;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One setting of the server, with all that a command line needs to offer, print and parse it.
 *
 * @param flag e.g. {@code --drain-ms}.
 * @param environment e.g. {@code T1_DRAIN_MS}.
 * @param unit what a value is, e.g. {@code ms} or {@code path}.
 * @param help a line on what it does.
 * @param assign sets it from its text; throws IllegalArgumentException, which names the value and what would do.
 * @param text its value as text, the form that {@code assign} takes.
 */
public record Setting(
        String flag,
        String environment,
        String unit,
        String help,
        BiConsumer<SidecarContext, String> assign,
        Function<SidecarContext, String> text) {
    /** Its default as text. */
    public String defaultText() {
        return text.apply(new SidecarContext());
    }
}
