package io.t1.codec.frame;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.FeatureDescription;
import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableDescription;
import io.t1.codec.TableKey;
import io.t1.codec.TableRole;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RingMapping;
import io.t1.codec.wire.RingWaiting;
import io.t1.codec.wire.RollbackTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Valid content and valid frames of every kind, from a seed. */
public final class RandomFrames {
    private static final String KEY_CHARACTERS = "abcXYZ019._@-";

    private final Random random;

    public RandomFrames(final long seed) {
        random = new Random(seed);
    }

    /** A frame of this kind, in an array that ends with it. */
    public byte[] frame(final MessageKind kind) {
        return frame(kind, 1);
    }

    /** The same, written over random bytes of another seed. */
    public byte[] frame(final MessageKind kind, final long dirtSeed) {
        final byte[] dirt = new byte[8 * 1024];
        new Random(dirtSeed).nextBytes(dirt);
        final UnsafeBuffer buffer = new UnsafeBuffer(dirt);
        final int length = write(kind, buffer);
        final byte[] frame = new byte[length];
        buffer.getBytes(0, frame);
        return frame;
    }

    private int write(final MessageKind kind, final MutableDirectBuffer buffer) {
        final RequestFrames requests = new RequestFrames();
        final ReplyFrames replies = new ReplyFrames();
        final RingFrames rings = new RingFrames();
        final long id = random.nextLong();
        return switch (kind) {
            case HELLO -> requests.hello(buffer, 0, id, key(), text(20));
            case HELLO_ACK -> replies.helloAck(buffer, 0, id, table());
            case DECIDE_REQUEST -> decideRequest(buffer, id);
            case DECIDE_RESPONSE -> decideResponse(buffer, id, 1 + random.nextInt(5));
            case OUTCOME -> outcome(buffer, id);
            case STATS_REQUEST -> requests.statsRequest(buffer, 0, id);
            case STATS_RESPONSE -> replies.statsResponse(buffer, 0, id, bytes(200));
            case PUBLISH ->
                requests.publish(buffer, 0, id, PublishRole.values()[random.nextInt(3)], bytes(1 + random.nextInt(99)));
            case ACTIVATE -> requests.activate(buffer, 0, id, key(), random.nextLong());
            case ROLLBACK -> requests.rollback(buffer, 0, id, key(), RollbackTarget.values()[random.nextInt(2)]);
            case TABLE_ACK -> replies.tableAck(buffer, 0, id, change());
            case LIST_TABLES -> requests.listTables(buffer, 0, id);
            case TABLE_LIST -> replies.tableList(buffer, 0, id, tables(random.nextInt(4)));
            case ERROR -> replies.error(buffer, 0, id, ErrorCode.values()[random.nextInt(14)], text(60));
            case OPEN_RING -> rings.openRing(buffer, 0, id, waiting());
            case RING_OPENED ->
                rings.ringOpened(
                        buffer,
                        0,
                        id,
                        new RingGrant("/" + text(30), random.nextLong(), 1 << 16, 1 << 12, 1 << 13, waiting()));
            case RING_MAPPED -> rings.ringMapped(buffer, 0, id, RingMapping.values()[random.nextInt(2)]);
            case WAKE -> rings.wake(buffer, 0);
            case FETCH_TABLE -> requests.fetchTable(buffer, 0, id, key());
            case FETCHED_TABLE -> replies.fetchedTable(buffer, 0, id, random.nextLong(), bytes(1 + random.nextInt(99)));
        };
    }

    private RingWaiting waiting() {
        return RingWaiting.values()[random.nextInt(2)];
    }

    private int decideRequest(final MutableDirectBuffer buffer, final long id) {
        final int queries = 1 + random.nextInt(5);
        final int features = 1 + random.nextInt(16);
        final FeatureEncoding encoding = FeatureEncoding.values()[random.nextInt(2)];
        final DecideRequestFrame.Scores scores = DecideRequestFrame.Scores.values()[random.nextInt(2)];
        final DecideRequestFrame frame = new DecideRequestFrame()
                .wrap(buffer, 0, queries, features, encoding, BatchLayout.values()[random.nextInt(2)], scores)
                .correlationId(id)
                .table(random.nextInt() & 0xFFFF_FFFFL, random.nextLong(), random.nextLong())
                .deadlineMicros(random.nextInt(1 << 20));
        return frame.length();
    }

    /** Writes a DecideResponse at 0; its bytes. */
    public int decideResponse(final MutableDirectBuffer buffer, final long id, final int count) {
        final DecideResponseFrame frame = new DecideResponseFrame().wrap(buffer, 0, id, random.nextLong(), count);
        for (int i = 0; i < count; i++) {
            frame.next()
                    .decisionId(random.nextLong())
                    .tau(random.nextFloat())
                    .spendCapMs(random.nextFloat())
                    .minConfGain(random.nextFloat())
                    .score(random.nextFloat())
                    .expectedGain(random.nextFloat())
                    .propensity(random.nextFloat())
                    .ef(random.nextInt(1 << 16))
                    .topk(random.nextInt(1 << 16))
                    .rerankDepth(random.nextInt(1 << 16))
                    .arm((short) random.nextInt(Arm.COUNT))
                    .flags()
                    .clear();
        }
        return frame.length();
    }

    private int outcome(final MutableDirectBuffer buffer, final long id) {
        return new OutcomeFrame()
                .wrap(buffer, 0, id, text(40))
                .latencyMicros(random.nextFloat() * 1000)
                .ndcg(random.nextFloat())
                .length();
    }

    public TableKey key() {
        return new TableKey(keyPart(), keyPart(), keyPart());
    }

    private String keyPart() {
        final StringBuilder part = new StringBuilder();
        for (int i = 0, n = 1 + random.nextInt(TableKey.MAX_PART_LENGTH); i < n; i++) {
            part.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        return part.toString();
    }

    public String text(final int most) {
        return "é↑x\uD83D\uDE00 ab\n".repeat(random.nextInt(most / 8 + 1));
    }

    public byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    public String sha256() {
        return HexFormat.of().formatHex(bytes(32));
    }

    public TableDescription table() {
        final List<FeatureDescription> features = new ArrayList<>();
        for (int i = 0, n = 1 + random.nextInt(16); i < n; i++) {
            final float[] knots = new float[FeatureDescription.KNOTS];
            for (int k = 0; k < knots.length; k++) {
                knots[k] = k + random.nextFloat();
            }
            features.add(new FeatureDescription("feature_" + i, random.nextInt(256), knots));
        }
        return new TableDescription(
                random.nextInt() & 0xFFFF_FFFFL,
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                new FallbackDecision(Arm.ofCode(random.nextInt(3)), random.nextInt(65_536), 65_535, 0),
                sha256(),
                features);
    }

    public TableChange change() {
        return new TableChange(random.nextLong(), random.nextLong(), random.nextLong(), sha256());
    }

    public List<StoredTable> tables(final int count) {
        final List<StoredTable> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Set<TableRole> roles = EnumSet.noneOf(TableRole.class);
            for (final TableRole role : TableRole.values()) {
                if (random.nextBoolean()) {
                    roles.add(role);
                }
            }
            tables.add(new StoredTable(
                    key(),
                    random.nextLong(),
                    Instant.ofEpochMilli(random.nextLong(1L << 42)),
                    roles,
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextInt() & 0xFFFF_FFFFL,
                    sha256()));
        }
        return tables;
    }
}
