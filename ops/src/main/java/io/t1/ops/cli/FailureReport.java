package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.UnreachableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong and chooses the exit code; {@code T1_STACKTRACE=1} shows where. */
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(final Exception failure, final CommandLine line, final ParseResult parsed) {
        final String command = line.getCommandSpec().qualifiedName();
        line.getErr().println(command + ": " + message(failure));
        if ("1".equals(System.getenv("T1_STACKTRACE"))) {
            failure.printStackTrace(line.getErr());
        }
        return switch (failure) {
            case BadInputException bad -> ExitCode.BAD_INPUT;
            case UnreachableException unreachable -> ExitCode.UNREACHABLE;
            default -> ExitCode.CHECK_FAILED;
        };
    }

    private static String message(final Exception failure) {
        return switch (failure) {
            case BadInputException bad -> String.valueOf(bad.getMessage());
            case UnreachableException unreachable -> String.valueOf(unreachable.getMessage());
            default -> "failed: " + failure + " (T1_STACKTRACE=1 shows where)";
        };
    }
}
