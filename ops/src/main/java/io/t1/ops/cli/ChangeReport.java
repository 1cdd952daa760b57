package io.t1.ops.cli;

import io.t1.codec.TableChange;
import java.io.PrintWriter;

/** Prints what became of a table. */
record ChangeReport(PrintWriter out, OutputOptions output) {
    void print(final String verb, final TableChange change) {
        if (output.json()) {
            Json.print(out, change);
            return;
        }
        out.println(verb + " version " + change.tableVersion() + " (sha256 "
                + change.sha256().substring(0, 12) + "); active " + name(change.activeVersion()) + ", previous "
                + name(change.previousVersion()));
    }

    private static String name(final long version) {
        return version == 0 ? "baseline" : Long.toString(version);
    }
}
