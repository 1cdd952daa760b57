package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SidecarSettingsTest {
    @SuppressWarnings("UnusedVariable") // named by @FieldSource
    private static final List<String> FLAGS =
            SidecarSettings.ALL.stream().map(Setting::flag).toList();

    @ParameterizedTest
    @FieldSource("FLAGS")
    void readsBackTheDefaultThatItPrints(final String flag) {
        final Setting setting = SidecarSettings.ofFlag(flag);
        final SidecarContext context = new SidecarContext();
        setting.assign().accept(context, setting.defaultText());
        assertEquals(setting.defaultText(), setting.text().apply(context), setting.flag());
        assertTrue(setting.environment().startsWith("T1_"), setting.environment());
    }

    @ParameterizedTest
    @CsvSource({
        "--event-loops, 0, --event-loops=0 not in 1..64",
        "--event-loops, many, --event-loops=many isn't a whole number",
        "--transport, kqueue, --transport=kqueue isn't one of",
        "--poll, sometimes, --poll=sometimes isn't one of",
        "--pin-loops, a, --pin-loops=a: cpus=a isn't a list of processors",
        "--record, some, --record=some isn't one of",
        "--kernel, gpu, --kernel=gpu isn't one of",
        "--tcp, 8402, --tcp=8402 isn't address:port",
        "--tcp, 192.0.2.1:80, isn't a loopback address",
        "--http-port, 65536, --http-port=65536 not in",
        "--journal-mib, 31, --journal-mib=31 not in",
    })
    void saysWhichValueIsWrongAndWhatWouldDo(final String flag, final String value, final String expected) {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> SidecarSettings.ofFlag(flag).assign().accept(new SidecarContext(), value));
        assertTrue(String.valueOf(refused.getMessage()).contains(expected), refused.getMessage());
    }

    @Test
    void takesTheEnvironmentAndPutsTheSocketIntoTheDataDirectory() {
        final SidecarContext context =
                new SidecarContext().environment(Map.of("T1_DATA", "/var/lib/t1", "T1_HTTP_PORT", "off"));
        assertEquals(Path.of("/var/lib/t1/t1.sock"), context.socket());
        assertEquals(SidecarContext.HTTP_OFF, context.httpPort());
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        final IllegalArgumentException marks = assertThrows(
                IllegalArgumentException.class,
                () -> new SidecarContext().writeLowBytes(10).writeHighBytes(9).conclude());
        assertTrue(String.valueOf(marks.getMessage()).contains("--write-high-bytes=9"), marks.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new SidecarContext().watch(Path.of("t1-data")).conclude());
        assertThrows(IllegalArgumentException.class, () -> SidecarSettings.ofFlag("--none"));
    }
}
