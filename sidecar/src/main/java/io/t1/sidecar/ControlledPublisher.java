package io.t1.sidecar;

import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.PublishRole;
import io.t1.sidecar.reload.TablePublisher;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.TableControl;

/** Publishes what a watched directory holds as a peer's table would be: on the control thread, in its turn. Threading: any. */
final class ControlledPublisher implements TablePublisher {
    private final ControlThread thread;
    private final TableControl control;

    ControlledPublisher(final ControlThread thread, final TableControl control) {
        this.thread = thread;
        this.control = control;
    }

    @Override
    public Result publish(final byte[] json, final String source) {
        return switch (thread.submit(() -> control.publish(json, PublishRole.ACTIVATE, source))
                .join()) {
            case ControlReply.Changed _ -> Result.PUBLISHED;
            case ControlReply.Refused(final ErrorCode code, final String _)
            when code == ErrorCode.REFUSED_ARTIFACT -> Result.REFUSED;
            case ControlReply.Refused _, ControlReply.Listed _, ControlReply.Fetched _ -> Result.TRY_AGAIN;
        };
    }
}
