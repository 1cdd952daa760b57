package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes at all are either refused in words, or a table that writes back to what it was. */
class RouterArtifactFuzzTest {
    @FuzzTest
    void anyBytesAreRefusedInWordsOrRead(final byte[] json) throws Exception {
        final RouterArtifact artifact;
        try {
            artifact = RouterArtifactJson.read(json);
        } catch (final RefusedArtifactException refused) {
            return;
        }
        final byte[] written = RouterArtifactJson.write(artifact);
        assertArrayEquals(written, RouterArtifactJson.write(RouterArtifactJson.read(written)));
    }
}
