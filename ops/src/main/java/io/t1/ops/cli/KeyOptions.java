package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import picocli.CommandLine.Option;

/** Which traffic's table a command means. */
final class KeyOptions {
    @Option(
            names = "--key",
            paramLabel = "INDEX/REGION/LANGUAGE",
            defaultValue = "default/global/any",
            description = "The traffic whose table is meant (default: ${DEFAULT-VALUE}).")
    private String key;

    TableKey key() {
        try {
            return TableKey.parse(key);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--key=" + key + ": " + e.getMessage(), e);
        }
    }
}
