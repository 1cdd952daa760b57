package io.t1.ops.observation;

import java.nio.file.Path;
import java.util.List;

/** Where files are read and queries gathered and kept, when that isn't this process. Threading: one thread. */
public interface ScanPlace {
    /** The name under which a file of this process is opened there. */
    String nameOf(Path file);

    /** Has each file read and all rows gathered. */
    Found scan(PartedScan scan);

    /**
     * What was found.
     *
     * @param files one each.
     * @param groups one a part of the queries, in any order.
     */
    record Found(List<PartedScan.FileTally> files, List<PartedScan.GroupTally> groups) {}
}
