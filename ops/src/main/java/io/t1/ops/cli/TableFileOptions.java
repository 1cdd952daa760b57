package io.t1.ops.cli;

import io.t1.ops.WholeFile;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import picocli.CommandLine.Option;

/** Where a command writes its table. */
final class TableFileOptions {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The table to write.")
    private Path out;

    /**
     * Before anything long begins.
     *
     * @throws io.t1.ops.BadInputException if nothing can be written there.
     */
    void requireWritable() {
        WholeFile.requireWritable(out);
    }

    void write(final RouterArtifact table) {
        ArtifactFile.write(out, table);
    }

    /** Where tables of slices go, beside this. */
    SplitFiles besides() {
        return new SplitFiles(out);
    }

    /** As it was given. */
    String name() {
        return out.toString();
    }

    static String sha256(final RouterArtifact table) {
        return HexFormat.of().formatHex(RouterArtifactJson.sha256(table));
    }

    /** Says what was written. */
    void print(final PrintWriter console, final RouterArtifact table) {
        console.println("wrote " + out + ", sha256 " + sha256(table));
    }
}
