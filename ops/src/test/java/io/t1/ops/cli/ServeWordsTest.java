package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.t1.sidecar.SidecarContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeWordsTest {
    @Test
    void readsSettingsInBothForms() {
        final SidecarContext context = settings("serve --data /d --http-port=0 --event-loops 3");
        assertEquals(Path.of("/d"), context.data());
        assertEquals(0, context.httpPort());
        assertEquals(3, context.eventLoops());
    }

    @Test
    void aFlagWinsOverTheEnvironmentWhichWinsOverTheDefault() {
        final Map<String, String> environment = Map.of("T1_DATA", "/env", "T1_EVENT_LOOPS", "2");
        final SidecarContext context = ServeWords.settings("serve --data=/flag".split(" ", -1), environment);
        assertNotNull(context);
        assertEquals(Path.of("/flag"), context.data());
        assertEquals(2, context.eventLoops());
        assertEquals(SidecarContext.HTTP_PORT_DEFAULT, context.httpPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stats",
                "serve --help",
                "serve --data",
                "serve --no-such-flag 1",
                "serve word",
                "serve --event-loops many",
                "serve --event-loops 0",
                "serve --data x --watch x"
            })
    void leavesWhatIsNoPlainServeToTheCommandLine(final String words) {
        assertNull(ServeWords.settings(words.isEmpty() ? new String[0] : words.split(" ", -1), Map.of()));
    }

    private static SidecarContext settings(final String words) {
        final SidecarContext context = ServeWords.settings(words.split(" ", -1), Map.of());
        assertNotNull(context);
        return context;
    }
}
