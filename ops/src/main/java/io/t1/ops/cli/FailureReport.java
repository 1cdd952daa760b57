package io.t1.ops.cli;

import io.t1.codec.client.SidecarUnreachableException;
import io.t1.codec.client.T1ServerException;
import io.t1.codec.wire.ErrorCode;
import io.t1.ops.BadInputException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong and chooses the exit code; {@code T1_STACKTRACE=1} shows where. */
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(final Exception failure, final CommandLine line, final ParseResult parsed) {
        return report(line.getCommandSpec().qualifiedName(), failure, line.getErr());
    }

    /** Says what went wrong with a command. @return its exit code. */
    static int report(final String command, final Exception failure, final PrintWriter err) {
        err.println(command + ": " + message(failure));
        if ("1".equals(System.getenv("T1_STACKTRACE"))) {
            failure.printStackTrace(err);
        }
        return switch (failure) {
            case BadInputException bad -> ExitCode.BAD_INPUT;
            case SidecarUnreachableException unreachable -> ExitCode.UNREACHABLE;
            case T1ServerException refused -> codeOf(refused.code());
            default -> ExitCode.CHECK_FAILED;
        };
    }

    /** What the user gave was wrong, or the sidecar could not do it now. */
    private static int codeOf(final ErrorCode code) {
        return switch (code) {
            case REFUSED_ARTIFACT, INVALID_REQUEST, UNKNOWN_TABLE, FRAME_TOO_LONG, NOT_PERMITTED -> ExitCode.BAD_INPUT;
            default -> ExitCode.CHECK_FAILED;
        };
    }

    private static String message(final Exception failure) {
        return switch (failure) {
            case BadInputException bad -> bad.getMessage();
            case SidecarUnreachableException unreachable -> String.valueOf(unreachable.getMessage());
            case T1ServerException refused -> "refused by the sidecar: " + refused.getMessage();
            default -> "failed: " + failure + " (T1_STACKTRACE=1 shows where)";
        };
    }
}
