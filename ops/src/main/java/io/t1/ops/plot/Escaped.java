package io.t1.ops.plot;

/** Text within HTML or SVG: what a file's names hold is never markup. */
public final class Escaped {
    private Escaped() {}

    /** With every character that could begin or end markup or an attribute replaced. */
    public static String text(final String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
