package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.distil.DistilReport;
import io.t1.ops.distil.SplitResult;
import io.t1.ops.distil.TableStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code t1 distil} writes and says of slices, where it was asked for them. */
final class SplitOutput {
    /** Nobody asked. */
    static final SplitOutput NONE = new SplitOutput();

    private final @Nullable SplitResult result;
    private final @Nullable SplitFiles files;
    private Map<TableKey, Path> written = Map.of();

    private SplitOutput() {
        result = null;
        files = null;
    }

    SplitOutput(final SplitResult result, final SplitFiles files) {
        this.result = result;
        this.files = files;
    }

    /** The slices' tables. */
    void write() {
        if (result != null && files != null) {
            written = files.write(result);
        }
    }

    /** What may be done with what ships. */
    TableStatus status(final DistilReport ofOneTable) {
        return result == null ? ofOneTable.status() : result.split().status();
    }

    void print(final PrintWriter out) {
        if (result != null) {
            SplitText.print(out, result.split());
        }
    }

    void printFiles(final PrintWriter out) {
        written.forEach((key, file) -> out.println("wrote " + file + ", for " + key));
        if (result != null && files != null) {
            files.stale(result)
                    .forEach(file -> out.println(file + " is left from before and isn't one of these: remove it"));
        }
    }

    @Nullable
    SplitJson json() {
        return result == null ? null : SplitJson.of(result.split(), written);
    }
}
