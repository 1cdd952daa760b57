package io.t1.sidecar.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page at {@code /}: one file with its style and script inside. Its content security policy lets these two run, named
 * by their hashes, and nothing else.
 *
 * @param html UTF-8.
 * @param contentSecurityPolicy the header's value.
 */
record Page(byte[] html, String contentSecurityPolicy) {
    private static final String RESOURCE = "index.html";

    static Page load() {
        try (var in = Page.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + " isn't on the class path");
            }
            final byte[] html = in.readAllBytes();
            final String text = new String(html, StandardCharsets.UTF_8);
            return new Page(
                    html,
                    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                            + "frame-ancestors 'none'; style-src " + hash(text, "<style>", "</style>") + "; script-src "
                            + hash(text, "<script>", "</script>"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(final String html, final String open, final String close) {
        final String inside = html.substring(html.indexOf(open) + open.length(), html.indexOf(close));
        try {
            final byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(inside.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(sha256) + "'";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
