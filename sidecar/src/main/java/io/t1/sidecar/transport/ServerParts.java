package io.t1.sidecar.transport;

import io.t1.sidecar.journal.ObservationJournal;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.ServedTables;
import io.t1.sidecar.tables.TableControl;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What connections need of the rest of the server.
 *
 * @param served the tables that decide.
 * @param control what changes them; called on {@code controlThread} only.
 * @param controlThread where.
 * @param journal where decisions and outcomes are kept, or null.
 * @param statsJson the figures as UTF-8; takes some milliseconds.
 * @param statsExecutor where that is done.
 */
public record ServerParts(
        ServedTables served,
        TableControl control,
        ControlThread controlThread,
        @Nullable ObservationJournal journal,
        Supplier<byte[]> statsJson,
        Executor statsExecutor) {}
