package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to do with rows that can't be used.
 *
 * @param mostShare of all rows, 0 to 1; past it reading stops.
 * @param rejects where to write a sample of them, as JSON Lines; empty: nowhere.
 */
public record BadRowPolicy(double mostShare, Optional<Path> rejects) {
    /** At most 1 %, and no file. */
    public static final BadRowPolicy STANDARD = new BadRowPolicy(0.01, Optional.empty());

    public BadRowPolicy {
        if (!(mostShare >= 0 && mostShare <= 1)) {
            throw new BadInputException("share of bad rows=" + mostShare + " not in 0..1");
        }
    }
}
