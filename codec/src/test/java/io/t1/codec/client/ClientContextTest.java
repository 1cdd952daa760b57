package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.FallbackDecision;
import io.t1.codec.wire.DecisionFlagsDecoder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClientContextTest {
    private final ClientContext context = new ClientContext().socketPath(Path.of("t1.sock"));

    private void refused(final String message, final ClientContext refused) {
        final var thrown = assertThrows(IllegalArgumentException.class, refused::conclude);
        final String found = String.valueOf(thrown.getMessage());
        assertTrue(found.startsWith(message), found);
    }

    @Test
    void needsNothingButAnAddress() {
        assertSame(context, context.conclude());
        assertEquals(20_000_000, context.deadlineNs());
        assertEquals("t1-java", context.clientName());
        refused("neither socketPath nor tcpAddress is set", new ClientContext());
    }

    @Test
    void wantsOneAddressOnly() {
        refused(
                "socketPath=t1.sock and tcpAddress=localhost:1 are both set",
                new ClientContext().socketPath(Path.of("t1.sock")).tcpAddress("localhost:1"));
    }

    @Test
    void servesThisMachineOnly() {
        refused("tcpAddress=\"192.0.2.1:80\" isn't on the loopback", new ClientContext().tcpAddress("192.0.2.1:80"));
        refused("tcpAddress=\"localhost\" isn't host:port", new ClientContext().tcpAddress("localhost"));
        refused("tcpAddress=\"localhost:65536\" isn't", new ClientContext().tcpAddress("localhost:65536"));
        new ClientContext().tcpAddress("127.0.0.1:65535").conclude();
    }

    @Test
    void refusesASocketPathThatNoUnixSocketCanHave() {
        final Path path = Path.of("/" + "x".repeat(107));
        refused("socketPath length=108 > 107 bytes", new ClientContext().socketPath(path));
        new ClientContext().socketPath(Path.of("/" + "x".repeat(106))).conclude();
    }

    @Test
    void namesTheSettingItsValueAndItsLimit() {
        refused("deadlineNs=9999 not in 10000..60000000000", context.deadlineNs(9_999));
        context.deadlineNs(10_000);
        refused("reconnectBackoffMaxNs=1 not in 2..", context.reconnectBackoffNs(2, 1));
        context.reconnectBackoffNs(1, 1);
        refused("inFlightWindow=96 is no power of two", context.inFlightWindow(96));
        refused("inFlightWindow=0 not in 1..65536", context.inFlightWindow(0));
        context.inFlightWindow(65_536);
        refused("features=[a, a] names one twice", context.features("a", "a"));
        context.features("a", "b");
        refused("clientName length=129 > 128", context.clientName("x".repeat(129)));
        context.clientName("x").conclude();
    }

    @Test
    void marksItsOwnDecisionsAsTheWireDoes() {
        final Decision decision = new Decision();
        decision.degrade(FallbackDecision.SKIP, DegradedReason.OVERLOADED);
        assertTrue(DecisionFlagsDecoder.degraded((short) decision.flags()));
        assertTrue(DecisionFlagsDecoder.overloaded((short) decision.flags()));
        decision.degrade(FallbackDecision.SKIP, DegradedReason.DEADLINE);
        assertTrue(DecisionFlagsDecoder.degraded((short) decision.flags()));
        assertTrue(!DecisionFlagsDecoder.overloaded((short) decision.flags()));
    }
}
