package io.t1.sidecar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.t1.codec.TableKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final TableKey KEY = new TableKey("docs@2", "eu-west", "de");
    private static final StoredArtifact TABLE = new StoredArtifact(
            new TableSummary(KEY, 7, 1_700_000_000_000L, "0f".repeat(32), 4, 5, 1, 4096), new byte[] {1, 2, 3});
    private static final Roles ROLES = new Roles(9, 7, 6, 0, 8);

    @Test
    void readsBackWhatItWrote() {
        final StoredArtifact table = RecordCodec.table(RecordCodec.encode(TABLE));
        assertNotNull(table);
        assertEquals(TABLE.summary(), table.summary());
        assertArrayEquals(TABLE.json(), table.json());
        assertEquals(ROLES, RecordCodec.roles(RecordCodec.encode(ROLES)));
        final ServingImage image =
                RecordCodec.image(RecordCodec.encode(new ServingImage(KEY, ROLES, List.of(TABLE, TABLE))));
        assertNotNull(image);
        assertEquals(KEY, image.key());
        assertEquals(ROLES, image.roles());
        assertEquals(2, image.tables().size());
    }

    @Test
    void readsNothingFromARecordCutOrChangedAnywhere() {
        final byte[] image = RecordCodec.encode(new ServingImage(KEY, ROLES, List.of(TABLE)));
        final byte[] roles = RecordCodec.encode(ROLES);
        for (int length = 0; length < image.length; length++) {
            assertNull(RecordCodec.image(Arrays.copyOf(image, length)), "cut at " + length);
        }
        for (int at = 0; at < image.length; at++) {
            final byte[] changed = image.clone();
            changed[at] ^= 0x10;
            assertNull(RecordCodec.image(changed), "changed at " + at);
        }
        for (int at = 0; at < roles.length; at++) {
            final byte[] changed = roles.clone();
            changed[at] ^= 1;
            assertNull(RecordCodec.roles(changed), "changed at " + at);
        }
        assertNull(RecordCodec.table(roles), "roles are no table");
        assertNull(RecordCodec.roles(null), "no record");
    }

    @Test
    void theRolesOfAKeyFollowWhatWasDone() {
        final Roles first = Roles.EMPTY.withLastVersion(1).activate(1);
        assertEquals(new Roles(2, 1, Roles.BUILT_IN, Roles.BUILT_IN, 1), first);
        final Roles second = first.withLastVersion(2).activate(2);
        assertEquals(1, second.previous());
        assertEquals(second, second.activate(2), "what is active already changes nothing");
        final Roles back = second.activate(second.previous());
        assertEquals(1, back.active());
        assertEquals(2, back.previous());
        assertEquals(3, second.withBaseline(3).activate(3).baseline());
    }
}
