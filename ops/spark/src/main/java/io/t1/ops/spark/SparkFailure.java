package io.t1.ops.spark;

import io.t1.ops.BadInputException;
import java.util.concurrent.Callable;

/** Says in a line what Spark says in many. Threading: any. */
final class SparkFailure {
    private SparkFailure() {}

    /** Does what may fail on Spark, which throws its checked exceptions undeclared. */
    static <T> T orSaid(final Callable<T> done) {
        try {
            return done.call();
        } catch (final BadInputException bad) {
            throw bad;
        } catch (final Exception e) {
            throw new IllegalStateException("Spark: " + line(e), e);
        }
    }

    /** The first line of what it says. */
    static String line(final Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("") + " ("
                + failure.getClass().getSimpleName() + ")";
    }
}
