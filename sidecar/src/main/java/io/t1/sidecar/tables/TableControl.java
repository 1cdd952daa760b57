package io.t1.sidecar.tables;

import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableKey;
import io.t1.codec.TableRole;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.sidecar.stats.ReloadEvent;
import io.t1.sidecar.store.Roles;
import io.t1.sidecar.store.StoredArtifact;
import io.t1.sidecar.store.TableStore;
import io.t1.sidecar.store.TableSummary;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done to tables: publish, activate, roll back, list, fetch.
 *
 * <p>A change is checked, then written to the store and to the key's serving image, then swapped in by one store of a
 * reference, then answered: an answered change survives whatever happens to the process. A rollback swaps first.
 *
 * <p>Threading: the control thread.
 */
public final class TableControl {
    private static final Logger LOG = LoggerFactory.getLogger(TableControl.class);
    private static final String NO_TABLE_SHA256 = "0".repeat(64);

    private final LiveTables live;
    private final Consumer<ReloadEvent> reloads;
    private final Clock clock;
    private final int keepVersions;
    private @Nullable TableStore store;
    private String storeFault = "the table store isn't open yet";
    /** By key, in their order; read by any thread, for statistics. */
    private final ConcurrentNavigableMap<String, List<StoredTable>> listed = new ConcurrentSkipListMap<>();

    /**
     * @param keepVersions versions without a role that are kept of each key.
     * @param reloads told of each attempt to change what is served.
     */
    public TableControl(
            final LiveTables live, final Clock clock, final int keepVersions, final Consumer<ReloadEvent> reloads) {
        this.live = live;
        this.clock = clock;
        this.keepVersions = keepVersions;
        this.reloads = reloads;
    }

    /** Takes the store, once open, and brings it and what is served to the later state of the two. */
    public void opened(final TableStore opened) throws IOException {
        live.proveServed();
        live.reconcile(opened);
        store = opened;
        opened.keys().forEach(key -> relist(opened, key));
    }

    /** Says why there is no store: every change is refused with it. */
    public void failedToOpen(final String reason) {
        storeFault = reason;
    }

    /** Checks a table, stores it, and gives it the role asked for. */
    public ControlReply publish(final byte[] json, final PublishRole role, final String source) {
        final long started = System.nanoTime();
        final TableCheck.Checked checked;
        try {
            checked = live.check().read(json);
        } catch (final RefusedArtifactException e) {
            return refusedArtifact(source, null, e.getMessage() == null ? e.toString() : e.getMessage(), started);
        }
        final RouterArtifact artifact = checked.artifact();
        final TableKey key = artifact.key();
        return changing(key, source, started, open -> {
            final byte[] identity = checked.sha256();
            final String sha256 = HexFormat.of().formatHex(identity);
            Roles roles = open.roles(key);
            TableSummary summary = open.withContent(key, sha256);
            if (summary == null) {
                final long version = roles.lastVersion() + 1;
                summary = TableSummary.of(artifact, version, clock.millis(), sha256, checked.imageBytes());
                open.put(new StoredArtifact(summary, json));
                roles = roles.withLastVersion(version);
            }
            final Roles next =
                    switch (role) {
                        case ACTIVATE -> roles.activate(summary.version());
                        case BASELINE -> roles.withBaseline(summary.version());
                        case STAGE, NULL_VAL -> roles;
                    };
            commit(open, key, next);
            live.show(key, next, open, summary.version(), new ServableArtifact(artifact, identity));
            return changed(summary.version(), summary.sha256(), next);
        });
    }

    /** Makes a stored version the active one. */
    public ControlReply activate(final TableKey key, final long version) {
        return changing(key, "activate", System.nanoTime(), open -> {
            final TableSummary summary = open.summaries(key).get(version);
            if (summary == null) {
                return new ControlReply.Refused(
                        ErrorCode.UNKNOWN_TABLE,
                        "no version " + version + " of " + key + "; there are "
                                + open.summaries(key).keySet());
            }
            final Roles next = open.roles(key).activate(version);
            commit(open, key, next);
            live.show(key, next, open);
            return changed(version, summary.sha256(), next);
        });
    }

    /** Goes back: swaps at once to a table that is ready in memory, then makes it durable. */
    public ControlReply rollback(final TableKey key, final RollbackTarget target) {
        return changing(key, "rollback", System.nanoTime(), open -> {
            final Roles roles = open.roles(key);
            if (roles.active() == Roles.NONE) {
                return new ControlReply.Refused(ErrorCode.UNKNOWN_TABLE, "no table of " + key + " is active");
            }
            final Roles next = roles.activate(target == RollbackTarget.BASELINE ? roles.baseline() : roles.previous());
            live.show(key, next, open);
            commit(open, key, next);
            final TableSummary summary = open.summaries(key).get(next.active());
            return changed(next.active(), summary == null ? NO_TABLE_SHA256 : summary.sha256(), next);
        });
    }

    /** Every stored table. */
    public ControlReply list() {
        return store == null
                ? new ControlReply.Refused(ErrorCode.INTERNAL, storeFault)
                : new ControlReply.Listed(listed());
    }

    /** The table that a key's decisions come from. */
    public ControlReply fetch(final TableKey key) {
        final TableStore open = store;
        if (open == null) {
            return new ControlReply.Refused(ErrorCode.INTERNAL, storeFault);
        }
        final long active = open.roles(key).active();
        final StoredArtifact stored = active == Roles.NONE ? null : open.read(key, active);
        return stored == null
                ? new ControlReply.Refused(ErrorCode.UNKNOWN_TABLE, "no table of " + key + " is active")
                : new ControlReply.Fetched(active, stored.json());
    }

    /** Every stored table with its roles, each key as of its last change. Threading: any. */
    public List<StoredTable> listed() {
        return listed.values().stream().flatMap(List::stream).toList();
    }

    private ControlReply changing(final TableKey key, final String source, final long started, final Change change) {
        final TableStore open = store;
        if (open == null) {
            return new ControlReply.Refused(ErrorCode.INTERNAL, storeFault);
        }
        ControlReply reply;
        try {
            reply = change.on(open);
        } catch (final IOException e) {
            LOG.error("{} of {} failed: {}", source, key, e.getMessage(), e);
            reply = new ControlReply.Refused(ErrorCode.INTERNAL, "" + e.getMessage());
        } catch (final RefusedArtifactException e) {
            reply = new ControlReply.Refused(
                    ErrorCode.REFUSED_ARTIFACT, "the stored table of " + key + " is refused: " + e.getMessage());
        }
        switch (reply) {
            case ControlReply.Changed(final TableChange done) -> {
                relist(open, key);
                LOG.info(
                        "{}: {} version {}, active {}, previous {}",
                        source,
                        key,
                        done.tableVersion(),
                        done.activeVersion(),
                        done.previousVersion());
                reloads.accept(ReloadEvent.accepted(
                        clock.millis(), source, key, done.tableVersion(), System.nanoTime() - started));
            }
            case ControlReply.Refused(final ErrorCode code, final String text) -> {
                LOG.error("{} of {} refused, {}: {}", source, key, code, text);
                reloads.accept(ReloadEvent.refused(clock.millis(), source, key, text, System.nanoTime() - started));
            }
            case ControlReply.Listed _, ControlReply.Fetched _ ->
                throw new IllegalStateException("a change tells nothing");
        }
        return reply;
    }

    private ControlReply refusedArtifact(
            final String source, final @Nullable TableKey key, final String reason, final long started) {
        LOG.error("{}: table refused, what decides stays: {}", source, reason);
        reloads.accept(ReloadEvent.refused(clock.millis(), source, key, reason, System.nanoTime() - started));
        return new ControlReply.Refused(ErrorCode.REFUSED_ARTIFACT, reason);
    }

    private void commit(final TableStore open, final TableKey key, final Roles next) throws IOException {
        if (!next.equals(open.roles(key))) {
            open.putRoles(key, next);
            open.force();
            live.writeImage(key, next, open);
            open.prune(key, keepVersions);
        }
    }

    private static ControlReply changed(final long version, final String sha256, final Roles roles) {
        return new ControlReply.Changed(
                new TableChange(version, Math.max(0, roles.active()), Math.max(0, roles.previous()), sha256));
    }

    /** Lists one key anew: with a thousand keys, a change of one shouldn't cost a thousand. */
    private void relist(final TableStore open, final TableKey key) {
        final Roles roles = open.roles(key);
        listed.put(
                key.toString(),
                open.summaries(key).values().stream()
                        .map(summary -> listing(summary, roles))
                        .toList());
    }

    private static StoredTable listing(final TableSummary summary, final Roles roles) {
        final Set<TableRole> held = EnumSet.noneOf(TableRole.class);
        if (summary.version() == roles.active()) {
            held.add(TableRole.ACTIVE);
        }
        if (summary.version() == roles.previous()) {
            held.add(TableRole.PREVIOUS);
        }
        if (summary.version() == roles.baseline()) {
            held.add(TableRole.BASELINE);
        }
        return new StoredTable(
                summary.key(),
                summary.version(),
                Instant.ofEpochMilli(summary.publishedAtMillis()),
                held,
                summary.features(),
                summary.outputs(),
                summary.pairs(),
                summary.imageBytes(),
                summary.sha256());
    }

    private interface Change {
        ControlReply on(TableStore open) throws IOException, RefusedArtifactException;
    }
}
