package io.t1.sidecar.tables;

import io.t1.codec.TableKey;
import io.t1.gating.PinnedSnapshots;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.sidecar.store.Roles;
import io.t1.sidecar.store.ServingImage;
import io.t1.sidecar.store.ServingImages;
import io.t1.sidecar.store.StoredArtifact;
import io.t1.sidecar.store.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the served tables, their serving images and the store of one mind.
 *
 * <p>Threading: one thread at a time: who starts the server, then the control thread.
 */
public final class LiveTables {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTables.class);

    private final ServedTables served;
    private final ServingImages images;
    private KernelKind kernel;
    private TableCheck check;
    /** What was served before the store opened; the images themselves stay on disk. */
    private final Map<TableKey, Roles> startedFrom = new HashMap<>();

    /**
     * @param kernel what decisions are computed with.
     * @param kernels all that this machine has: a table must pass on each.
     */
    public LiveTables(
            final ServedTables served,
            final ServingImages images,
            final KernelKind kernel,
            final List<KernelKind> kernels) {
        this.served = served;
        this.images = images;
        this.kernel = kernel;
        check = new TableCheck(List.copyOf(kernels));
    }

    /**
     * Serves what the images hold: all that a start waits for. Their tables passed {@link TableCheck} before they were
     * stored, and checksums have kept them since; {@link #proveServed} is due.
     */
    public void serveImages() throws IOException {
        images.readAll(image -> {
            startedFrom.put(image.key(), image.roles());
            try {
                show(image.key(), image.roles(), version -> stored(image.key(), version, find(image, version)));
            } catch (final RefusedArtifactException | IOException | IllegalArgumentException e) {
                LOG.error("serving image of {} can't be served: {}", image.key(), e.getMessage());
            }
        });
    }

    /**
     * Proves that this machine's kernel computes what is served as the specification does. A table for which it doesn't
     * is taken out of service until it is activated again: its baseline decides.
     */
    void proveServed() {
        for (final ServedTable table : served.all()) {
            final TableSnapshot active = table.pinned().active();
            if (active == null || active.isBuiltInBaseline()) {
                continue;
            }
            try {
                KernelAgreement.require(active, active.kernel());
            } catch (final RefusedArtifactException e) {
                LOG.error("{} is out of service, its baseline decides: {}", table.key(), e.getMessage());
                table.activate(active.builtInBaseline());
            }
        }
    }

    /** Brings store and what is served to the later state of the two, key by key. */
    void reconcile(final TableStore store) throws IOException {
        for (final Map.Entry<TableKey, Roles> started : startedFrom.entrySet()) {
            final Roles stored = store.roles(started.getKey());
            final ServingImage image =
                    started.getValue().sequence() > stored.sequence() ? images.read(started.getKey()) : null;
            if (image != null) {
                LOG.warn("table store is behind the serving image of {}: brought up to it", image.key());
                for (final StoredArtifact table : image.tables()) {
                    store.put(table);
                }
                store.putRoles(image.key(), image.roles());
                store.force();
            }
        }
        for (final TableKey key : List.copyOf(store.keys())) {
            final Roles roles = store.roles(key);
            final Roles started = startedFrom.get(key);
            if (roles.active() != Roles.NONE && (started == null || started.sequence() < roles.sequence())) {
                try {
                    show(key, roles, store);
                    writeImage(key, roles, store);
                } catch (final RefusedArtifactException e) {
                    LOG.error("stored table of {} can't be served: {}", key, e.getMessage());
                }
            }
        }
        startedFrom.clear();
    }

    /**
     * Computes with another kernel from here on. Versions and decisions stay as they are; of every table the kernel must
     * first give what the specification gives.
     *
     * @param kernels all that this machine has by now.
     * @throws RefusedArtifactException if one doesn't: nothing has changed then.
     */
    public void use(final KernelKind next, final List<KernelKind> kernels) throws RefusedArtifactException {
        for (final ServedTable table : served.all()) {
            final TableSnapshot active = table.pinned().active();
            if (active != null && !active.isBuiltInBaseline()) {
                KernelAgreement.require(active, next.bind(active.table()));
            }
        }
        check = new TableCheck(List.copyOf(kernels));
        kernel = next;
        served.all().forEach(table -> table.replaceEach(snapshot -> snapshot.withKernel(next)));
    }

    TableCheck check() {
        return check;
    }

    /** Serves a key as its roles say. */
    void show(final TableKey key, final Roles roles, final TableStore store)
            throws IOException, RefusedArtifactException {
        show(key, roles, version -> checked(key, version, store.read(key, version)));
    }

    /** The same right after a version was published, which has been checked. */
    void show(
            final TableKey key,
            final Roles roles,
            final TableStore store,
            final long publishedVersion,
            final ServableArtifact published)
            throws IOException, RefusedArtifactException {
        show(
                key,
                roles,
                version -> version == publishedVersion ? published : checked(key, version, store.read(key, version)));
    }

    /** Replaces a key's serving image; a key of which nothing is active has none. */
    void writeImage(final TableKey key, final Roles roles, final TableStore store) throws IOException {
        if (roles.active() == Roles.NONE) {
            return;
        }
        final List<StoredArtifact> tables = new ArrayList<>();
        for (final long version : LongStream.of(roles.active(), roles.previous(), roles.baseline())
                .distinct()
                .filter(version -> version > Roles.BUILT_IN)
                .toArray()) {
            tables.add(required(key, version, store.read(key, version)));
        }
        images.write(new ServingImage(key, roles, tables));
    }

    private void show(final TableKey key, final Roles roles, final Artifacts artifacts)
            throws IOException, RefusedArtifactException {
        if (roles.active() == Roles.NONE) {
            return;
        }
        final ServedTable table = served.get(key);
        if (table == null) {
            served.add(firstOf(key, roles, artifacts));
            return;
        }
        final PinnedSnapshots<TableSnapshot> pinned = table.pinned();
        final TableSnapshot baseline = pinned.baseline();
        if (roles.baseline() != Roles.BUILT_IN && (baseline == null || baseline.version() != roles.baseline())) {
            pinned.replaceBaseline(artifacts.of(roles.baseline()).publishedBaseline(roles.baseline(), kernel));
        }
        final TableSnapshot active = pinned.active();
        if (active == null || active.version() != roles.active()) {
            final TableSnapshot next = pinnedOrNew(key, roles.active(), pinned, artifacts);
            if (roles.baseline() == Roles.BUILT_IN && !next.isBuiltInBaseline()) {
                // T0 as the table that is active declares it, so that going back asks for no new hello
                pinned.replaceBaseline(next.builtInBaseline());
            }
            table.activate(next);
        }
    }

    private TableSnapshot pinnedOrNew(
            final TableKey key,
            final long version,
            final PinnedSnapshots<TableSnapshot> pinned,
            final Artifacts artifacts)
            throws IOException, RefusedArtifactException {
        final TableSnapshot baseline = pinned.baseline();
        if (baseline != null && baseline.version() == version) {
            return baseline;
        }
        final TableSnapshot previous = pinned.previous();
        if (previous != null && previous.version() == version) {
            return previous;
        }
        if (version == Roles.BUILT_IN) {
            final TableSnapshot active = pinned.active();
            if (active == null) {
                throw new IOException("nothing of " + key + " is served");
            }
            return active.builtInBaseline();
        }
        return artifacts.of(version).snapshot(version, kernel);
    }

    private ServedTable firstOf(final TableKey key, final Roles roles, final Artifacts artifacts)
            throws IOException, RefusedArtifactException {
        // one of active and previous is a published table: what is active after the first publish is never both built
        // in
        final long published = Math.max(roles.active(), roles.previous());
        final ServableArtifact like = artifacts.of(roles.active() > 0 ? roles.active() : published);
        final TableSnapshot active = roles.active() > Roles.BUILT_IN && roles.active() != roles.baseline()
                ? like.snapshot(roles.active(), kernel)
                : null;
        final TableSnapshot builtIn =
                active == null ? TableSnapshot.builtInBaseline(like.artifact()) : active.builtInBaseline();
        final TableSnapshot baseline = roles.baseline() == Roles.BUILT_IN
                ? builtIn
                : artifacts.of(roles.baseline()).publishedBaseline(roles.baseline(), kernel);
        final TableSnapshot before;
        if (roles.previous() == baseline.version() || roles.previous() == Roles.NONE) {
            before = baseline;
        } else if (roles.previous() == Roles.BUILT_IN) {
            before = builtIn;
        } else {
            before = artifacts.of(roles.previous()).snapshot(roles.previous(), kernel);
        }
        final ServedTable table = new ServedTable(key, served.epochs(), before, baseline);
        if (active != null) {
            table.activate(active);
        } else {
            table.activate(roles.active() == baseline.version() ? baseline : builtIn);
        }
        return table;
    }

    private static ServableArtifact stored(
            final TableKey key, final long version, final @Nullable StoredArtifact stored)
            throws IOException, RefusedArtifactException {
        return ServableArtifact.ofStored(required(key, version, stored));
    }

    private ServableArtifact checked(final TableKey key, final long version, final @Nullable StoredArtifact stored)
            throws IOException, RefusedArtifactException {
        return ServableArtifact.ofChecked(required(key, version, stored), check);
    }

    private static StoredArtifact required(
            final TableKey key, final long version, final @Nullable StoredArtifact stored) throws IOException {
        if (stored == null) {
            throw new IOException("version " + version + " of " + key + " is gone from the store: publish it again");
        }
        return stored;
    }

    private static @Nullable StoredArtifact find(final ServingImage image, final long version) {
        return image.tables().stream()
                .filter(table -> table.version() == version)
                .findFirst()
                .orElse(null);
    }

    private interface Artifacts {
        ServableArtifact of(long version) throws IOException, RefusedArtifactException;
    }
}
