package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainIT {
    @TempDir
    Path directory;

    @Test
    void answersWhatCameThenRefusesWithDrainingThenCloses() throws Exception {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            try (RawClient client = RawClient.greeted(server.sidecar().address())) {
                client.send(client.decideFrame(1, 1024));
                final var drained =
                        CompletableFuture.supplyAsync(() -> server.sidecar().drain(Duration.ofSeconds(10)));
                assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind(), "in flight when the drain began");
                Tests.await("the socket to go", () -> !Files.exists(directory.resolve("t1.sock")));
                assertThrows(IOException.class, () -> RawClient.connect(directory.resolve("t1.sock")));
                final EOFException end = assertThrows(EOFException.class, () -> askUntilRefusedThenRead(client));
                assertTrue(String.valueOf(end.getMessage()).contains("closed"), end.getMessage());
                assertTrue(drained.get(), "all was answered in time");
                assertFalse(server.sidecar().ready());
            }
        }
    }

    private static void askUntilRefusedThenRead(final RawClient client) throws IOException {
        ErrorCode refusal = ErrorCode.NULL_VAL;
        for (long id = 2; refusal != ErrorCode.DRAINING; id++) {
            client.send(client.decideFrame(id, 1));
            final RawClient.Reply reply = client.read();
            assertEquals(id, reply.correlationId(), "every request is answered");
            refusal = reply.errorCode();
        }
        client.read();
    }

    @Test
    void isClosedTwiceWithoutHarm() throws IOException {
        final LiveSidecar server = LiveSidecar.start(directory);
        server.close();
        server.close();
        assertTrue(server.sidecar().drain(Duration.ofMillis(10)));
    }
}
