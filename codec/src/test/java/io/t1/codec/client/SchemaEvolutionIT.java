package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RandomFrames;
import io.t1.codec.wire.RollbackTarget;
import io.t1.codec.wire.next.DecideRequestDecoder;
import io.t1.codec.wire.next.DecideResponseDecoder;
import io.t1.codec.wire.next.ErrorCode;
import io.t1.codec.wire.next.ErrorDecoder;
import io.t1.codec.wire.next.HelloAckDecoder;
import io.t1.codec.wire.next.HelloDecoder;
import io.t1.codec.wire.next.MessageHeaderDecoder;
import io.t1.codec.wire.next.OutcomeDecoder;
import io.t1.codec.wire.next.TableAckDecoder;
import io.t1.codec.wire.next.TableListDecoder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This release and a later one, whose schema has grown: either may be the client. */
@Timeout(60)
class SchemaEvolutionIT {
    @TempDir
    Path directory;

    private final NextFrames frames = new NextFrames();
    private final FrameVerifier verifier = new FrameVerifier();

    /** A server of the later release: reads and writes by the later schema only. */
    private static final class NextServer implements ScriptedSidecar.Script {
        final List<String> seen = new CopyOnWriteArrayList<>();
        volatile boolean refusing;

        @Override
        public void onFrame(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                throws IOException {
            final NextFrames frames = new NextFrames();
            final int body = frame.bodyOffset();
            final int block = frame.blockLength();
            final int version = frame.version();
            peer.send(frames.renew(77)); // nobody asked for it, and an old client doesn't know it
            switch (frame.kind()) {
                case HELLO -> {
                    final HelloDecoder hello = new HelloDecoder().wrap(buffer, body, block, version);
                    final boolean absent = hello.capabilities() == HelloDecoder.capabilitiesNullValue();
                    seen.add(hello.index()
                            + hello.region()
                            + hello.language()
                            + hello.clientName()
                            + hello.nodeVersion()
                            + absent);
                    peer.send(frames.helloAck(hello.correlationId(), DecidingScript.table(12, "entropy", "miss_rate")));
                }
                case DECIDE_REQUEST -> {
                    final DecideRequestDecoder request = new DecideRequestDecoder().wrap(buffer, body, block, version);
                    final boolean absent = request.traceId() == DecideRequestDecoder.traceIdNullValue();
                    request.skipFeatures();
                    request.skipScores();
                    seen.add("decide " + request.sessionKey() + absent);
                    peer.send(
                            refusing
                                    ? frames.error(request.correlationId(), ErrorCode.OVERLOADED)
                                    : frames.decideResponse(request.correlationId(), request.queryCount()));
                }
                case OUTCOME -> {
                    final OutcomeDecoder outcome = new OutcomeDecoder().wrap(buffer, body, block, version);
                    final boolean absent = outcome.clicks() == OutcomeDecoder.clicksNullValue();
                    seen.add("outcome " + outcome.topTen() + outcome.baselineTopTen() + absent);
                }
                case LIST_TABLES -> peer.send(frames.tableList(frame.correlationId()));
                default -> peer.send(frames.tableAck(frame.correlationId()));
            }
        }
    }

    @Test
    void anOldClientWorksWithANewServer() throws Exception {
        final Path socket = directory.resolve("next.sock");
        final NextServer server = new NextServer();
        final Decision decision = new Decision();
        final Decisions decisions = new Decisions(3);
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, server);
                T1Client client = T1Client.connect(new ClientContext()
                        .socketPath(socket)
                        .clientName("old")
                        .features("entropy", "query_length")
                        .deadlineNs(TimeUnit.SECONDS.toNanos(5)))) {
            client.decide(new float[] {1, 2}, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(1_000, decision.decisionId());
            assertEquals(Arm.FULL, decision.arm());
            assertEquals(12, decision.tableVersion());
            client.decide(new float[6], 3, decisions);
            for (int q = 0; q < 3; q++) {
                assertEquals(1_000 + q, decisions.get(q).decisionId());
                assertEquals(q, decisions.get(q).ef());
                assertEquals(0.25f, decisions.get(q).tau());
            }
            assertTrue(client.outcome(new OutcomeReport().of(1_000).topTen("x")));
            assertEquals(
                    4,
                    client.rollback(TableKey.DEFAULT, RollbackTarget.PREVIOUS).activeVersion());
            assertEquals(
                    TableKey.parse("index-1/eu/de"), client.listTables().get(1).key());
            server.refusing = true;
            client.decide(new float[] {1, 2}, decision);
            assertEquals(DegradedReason.OVERLOADED, decision.degradedReason());
            assertEquals(Arm.CHEAP, decision.arm(), "the baseline of the new server's HelloAck");
            assertEquals(
                    List.of("defaultglobalanyoldtrue", "decide true", "decide true", "outcome xtrue", "decide true"),
                    server.seen);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void anOldPipeliningClientWorksWithANewServer() throws Exception {
        final Path socket = directory.resolve("next.sock");
        final boolean[] delivered = {false};
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, new NextServer());
                AsyncT1Client client = AsyncT1Client.connect(new ClientContext()
                        .socketPath(socket)
                        .features("entropy")
                        .deadlineNs(TimeUnit.SECONDS.toNanos(5)))) {
            Await.until("ready", () -> client.poll((id, decisions) -> {}) == 0 && client.isReady());
            final long offered = client.offerDecide(new float[] {1}, Float.NaN);
            Await.until(
                    "the decision",
                    () -> client.poll((id, decisions) -> delivered[0] =
                                    id == offered && decisions.get(0).decisionId() == 1_000)
                            == 1);
            assertTrue(delivered[0]);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void aNewClientWorksWithAnOldServer() throws Exception {
        final Path socket = directory.resolve("old.sock");
        final DecidingScript script = new DecidingScript();
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(frames.hello(1)));
            UnsafeBuffer reply = reply(channel);
            final HelloAckDecoder ack = new HelloAckDecoder().wrapAndApplyHeader(reply, 4, new MessageHeaderDecoder());
            assertEquals(1, ack.correlationId());
            assertEquals(HelloAckDecoder.leaseMillisNullValue(), ack.leaseMillis());
            final long featureSetId = ack.featureSetId();
            int features = 0;
            for (final var feature : ack.features()) {
                assertTrue(Float.isNaN(feature.weight()));
                assertNotEquals("", feature.name());
                features++;
            }
            assertEquals(4, features);
            assertEquals("", ack.notice());

            channel.write(ByteBuffer.wrap(frames.renew(2)));
            reply = reply(channel);
            final ErrorDecoder error = new ErrorDecoder().wrapAndApplyHeader(reply, 4, new MessageHeaderDecoder());
            assertEquals(2, error.correlationId(), "the old server names the request that it doesn't know");
            assertEquals(ErrorCode.UNKNOWN_MESSAGE, error.code());
            assertEquals(ErrorDecoder.retryAfterMicrosNullValue(), error.retryAfterMicros());

            channel.write(ByteBuffer.wrap(frames.decideRequest(3, 2, featureSetId, 0.5f, 9, 1, 0)));
            reply = reply(channel);
            final DecideResponseDecoder response =
                    new DecideResponseDecoder().wrapAndApplyHeader(reply, 4, new MessageHeaderDecoder());
            assertEquals(3, response.correlationId());
            assertTrue(Float.isNaN(response.shadowPrice()));
            int q = 0;
            for (final var decision : response.decisions()) {
                assertEquals(0.5f, decision.tau());
                assertEquals(q++, decision.ef());
                assertTrue(Float.isNaN(decision.budgetSlackMs()));
            }
            assertEquals(2, q);
            assertEquals(0, response.constraints().count());

            channel.write(ByteBuffer.wrap(frames.outcome(4)));
            channel.write(ByteBuffer.wrap(frames.publish(5)));
            reply = reply(channel);
            final TableAckDecoder change =
                    new TableAckDecoder().wrapAndApplyHeader(reply, 4, new MessageHeaderDecoder());
            assertEquals(5, change.correlationId());
            assertEquals(0, change.replicas().count());
            assertEquals(
                    List.of(
                            "hello default/global/any from next",
                            "outcome 4 ndcg 0.5 jaccard 1.0 topTen a\nb",
                            "PUBLISH 2"),
                    script.log);
            assertEquals(List.of("UNKNOWN_MESSAGE: templateId=90 not in 1..20"), sidecar.faults());
        }
    }

    @Test
    void everyGrownMessageIsSoundToThisReleaseAndEveryCutOfItIsRefusedCleanly() {
        frames.all().forEach((name, frame) -> {
            final MessageKind kind = MessageKind.valueOf(name);
            assertEquals(FrameVerdict.VALID, verifier.verify(new UnsafeBuffer(frame), 0, frame.length), name);
            assertEquals(kind, verifier.kind());
            assertEquals(3, verifier.version());
            for (int length = 0; length < frame.length; length++) {
                final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(frame, length));
                assertEquals(FrameVerdict.INCOMPLETE, verifier.verify(cut, 0, length), name + " cut at " + length);
                if (length >= FrameDescriptor.PREFIX_LENGTH) {
                    cut.putInt(0, length - FrameDescriptor.PREFIX_LENGTH, FrameDescriptor.BYTE_ORDER);
                    final FrameVerdict verdict = verifier.verify(cut, 0, length);
                    // what follows the fields that this release knows may be anything, also nothing
                    assertTrue(verdict == FrameVerdict.MALFORMED || verdict == FrameVerdict.VALID, name + verdict);
                }
            }
        });
    }

    @Test
    void aMessageOfThisReleaseMayNotClaimTheLengthsOfALaterOne() {
        frames.all().forEach((name, frame) -> {
            final UnsafeBuffer lying = new UnsafeBuffer(frame.clone());
            lying.putShort(FrameDescriptor.PREFIX_LENGTH + 6, (short) 0, FrameDescriptor.BYTE_ORDER);
            assertEquals(FrameVerdict.MALFORMED, verifier.verify(lying, 0, frame.length), name);
        });
    }

    @Test
    void theLaterSchemaReadsEveryTableListOfThisRelease() {
        final byte[] frame = new RandomFrames(7).frame(MessageKind.TABLE_LIST);
        final TableListDecoder list = new TableListDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(frame), FrameDescriptor.PREFIX_LENGTH, new MessageHeaderDecoder());
        int tables = 0;
        for (final var table : list.tables()) {
            assertEquals(TableListDecoder.TablesDecoder.decisionsNullValue(), table.decisions());
            assertFalse(new TableKey(table.index(), table.region(), table.language())
                    .toString()
                    .isEmpty());
            tables++;
        }
        assertTrue(tables > 0, "choose a seed whose list isn't empty");
    }

    private static UnsafeBuffer reply(final SocketChannel channel) throws IOException {
        final ByteBuffer prefix = ByteBuffer.allocate(4);
        readFully(channel, prefix);
        final int length = prefix.order(FrameDescriptor.BYTE_ORDER).getInt(0);
        final ByteBuffer frame = ByteBuffer.allocate(4 + length);
        frame.put(prefix.flip());
        readFully(channel, frame);
        return new UnsafeBuffer(frame);
    }

    private static void readFully(final SocketChannel channel, final ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new IOException("the server closed the connection after " + into.position() + " bytes");
            }
        }
    }
}
