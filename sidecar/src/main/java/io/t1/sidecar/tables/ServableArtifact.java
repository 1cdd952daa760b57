package io.t1.sidecar.tables;

import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.sidecar.store.StoredArtifact;
import java.util.HexFormat;

/**
 * An artifact that may decide, and its identity: what snapshots are made of.
 *
 * @param artifact checked before it was stored, or just now.
 * @param sha256 of its content, 32 bytes, shared with the snapshots.
 */
record ServableArtifact(RouterArtifact artifact, byte[] sha256) {
    /** One whose bytes a checksum has kept since they were checked. */
    static ServableArtifact ofStored(final StoredArtifact stored) throws RefusedArtifactException {
        return new ServableArtifact(RouterArtifactJson.readStored(stored.json()), sha256(stored));
    }

    /** One whose bytes are checked anew. */
    static ServableArtifact ofChecked(final StoredArtifact stored, final TableCheck check)
            throws RefusedArtifactException {
        return new ServableArtifact(check.read(stored.json()).artifact(), sha256(stored));
    }

    TableSnapshot snapshot(final long version, final KernelKind kernel) {
        return new TableSnapshot(artifact, sha256, version, kernel);
    }

    TableSnapshot publishedBaseline(final long version, final KernelKind kernel) {
        return TableSnapshot.publishedBaseline(artifact, sha256, version, kernel);
    }

    private static byte[] sha256(final StoredArtifact stored) {
        return HexFormat.of().parseHex(stored.summary().sha256());
    }
}
