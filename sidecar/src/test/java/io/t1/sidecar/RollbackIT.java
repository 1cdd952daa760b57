package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import io.t1.router.RouterTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackIT {
    private static final int PUBLISHES = 20;
    private static final int ROLLBACK = 100;
    private static final int DECIDE = 200;

    @TempDir
    Path directory;

    @Test
    void theBaselineDecidesFromTheRollbacksFrameOnThoughPublishesWaitBeforeIt() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            try (RawClient client = RawClient.greeted(server.sidecar().address())) {
                for (int i = 0; i < PUBLISHES; i++) {
                    client.send(client.publishFrame(i, RandomTables.json(2 + i)));
                }
                client.send(client.rollbackFrame(ROLLBACK, TableKey.DEFAULT));
                client.send(client.decideFrame(DECIDE, 1));
                int acknowledged = 0;
                int decided = 0;
                while (acknowledged <= PUBLISHES) {
                    final RawClient.Reply reply = client.read();
                    if (reply.correlationId() < DECIDE) {
                        assertEquals(MessageKind.TABLE_ACK, reply.kind(), reply.toString());
                        assertEquals(acknowledged == PUBLISHES ? ROLLBACK : acknowledged, reply.correlationId());
                        acknowledged++;
                    } else {
                        assertEquals(MessageKind.DECIDE_RESPONSE, reply.kind(), reply.toString());
                        assertEquals(0, reply.decisions().tableVersion(), "after " + acknowledged + " changes");
                        decided++;
                        client.send(client.decideFrame(DECIDE + decided, 1));
                    }
                }
                assertTrue(decided > 0, "nothing was decided meanwhile");
            }
        }
    }

    @Test
    void whatIsPublishedAfterARollbackDecides() throws IOException {
        final long bytesBefore = RouterTable.openBytes();
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            try (RawClient client = RawClient.greeted(server.sidecar().address())) {
                client.send(client.rollbackFrame(1, TableKey.DEFAULT));
                client.send(client.publishFrame(2, RandomTables.json(2)));
                assertEquals(MessageKind.TABLE_ACK, client.read().kind());
                assertEquals(MessageKind.TABLE_ACK, client.read().kind());
                client.send(client.decideFrame(3, 1));
                assertEquals(2, client.read().decisions().tableVersion());
            }
        }
        assertEquals(bytesBefore, RouterTable.openBytes());
    }

    @Test
    void aRollbackThatIsRefusedLeavesTheTableDeciding() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.controlQueue(1))) {
            server.publish(1);
            try (RawClient client = RawClient.greeted(server.sidecar().address());
                    T1Client other = server.client()) {
                int refused = 0;
                for (int round = 0; round < PUBLISHES && refused == 0; round++) {
                    for (int i = 0; i < PUBLISHES; i++) { // the first wait, the last rollback finds the queue full
                        client.send(client.publishFrame(i, RandomTables.json(2 + round)));
                    }
                    client.send(client.rollbackFrame(ROLLBACK, TableKey.DEFAULT));
                    for (int i = 0; i <= PUBLISHES; i++) {
                        final RawClient.Reply reply = client.read();
                        if (reply.correlationId() == ROLLBACK && reply.kind() == MessageKind.ERROR) {
                            assertEquals(ErrorCode.OVERLOADED, reply.errorCode());
                            refused++;
                        }
                    }
                }
                assertEquals(1, refused, "no rollback found the queue full");
                final Decision decision = new Decision();
                assertTrue(other.awaitReady(10_000_000_000L));
                other.decide(RandomTables.query(new Random(1)), decision);
                assertTrue(decision.tableVersion() > 0, decision.toString());
            }
        }
    }
}
