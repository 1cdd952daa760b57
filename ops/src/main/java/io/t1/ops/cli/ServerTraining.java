package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.Decision;
import io.t1.codec.client.Decisions;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a server as a node and its operators use one: started empty, published to, started with tables, asked. */
final class ServerTraining {
    private static final int DECISIONS = 20_000;
    private static final int BATCHES = 2_000;
    private static final int BATCH = 64;
    private static final long READY_NS = 10_000_000_000L;

    private ServerTraining() {}

    /** In an empty folder. */
    static void run(final Path folder) throws IOException {
        final RouterArtifact artifact = RandomTables.artifact(1, 8, 5, 0);
        final byte[] table = RouterArtifactJson.write(artifact);
        final Path socket = folder.resolve("t1.sock");
        try (Sidecar _ = start(folder, socket);
                T1Client client = connect(socket, artifact)) {
            client.publish(table, PublishRole.ACTIVATE);
            decide(client, artifact);
        }
        try (Sidecar sidecar = start(folder, socket); // as most servers start: with tables that were there before
                T1Client client = connect(socket, artifact)) {
            decide(client, artifact);
            client.publish(table, PublishRole.ACTIVATE);
            client.listTables();
            client.rollback(TableKey.DEFAULT, RollbackTarget.BASELINE);
            client.stats();
            for (final String page : List.of("/", "/stats", "/metrics", "/readyz")) {
                read(URI.create("http://127.0.0.1:" + sidecar.httpPort() + page));
            }
        }
    }

    /** By the words that a user starts one with. */
    private static Sidecar start(final Path folder, final Path socket) throws IOException {
        final String[] words = {
            "serve", "--data", folder.resolve("data").toString(), "--socket", socket.toString(), "--http-port", "0"
        };
        return Sidecar.start(Objects.requireNonNull(ServeWords.settings(words, Map.of())));
    }

    private static T1Client connect(final Path socket, final RouterArtifact artifact) {
        return T1Client.connect(new ClientContext().socketPath(socket).features(artifact.featureNames()));
    }

    /** Enough decisions, one by one and in batches, for the compilers to know the path. */
    private static void decide(final T1Client client, final RouterArtifact artifact) {
        if (!client.awaitReady(READY_NS)) {
            throw new IllegalStateException("no table: " + client.lastError());
        }
        final float[][] queries = RandomTables.features(1, artifact, BATCH);
        final int features = artifact.features().size();
        final float[] rows = new float[BATCH * features];
        for (int q = 0; q < BATCH; q++) {
            System.arraycopy(queries[q], 0, rows, q * features, features);
        }
        final Decision decision = new Decision();
        for (int i = 0; i < DECISIONS; i++) {
            client.decide(queries[i % BATCH], decision);
        }
        final Decisions decisions = new Decisions(BATCH);
        for (int i = 0; i < BATCHES; i++) {
            client.decide(rows, BATCH, decisions);
        }
    }

    private static void read(final URI page) throws IOException {
        try (var stream = page.toURL().openStream()) {
            stream.readAllBytes();
        }
    }
}
