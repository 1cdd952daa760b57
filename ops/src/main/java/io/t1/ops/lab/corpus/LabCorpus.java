package io.t1.ops.lab.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Documents, queries and judgements.
 *
 * @param name for people, e.g. {@code java-methods} or the folder's name.
 * @param documents at least one, ids distinct.
 * @param queries ids distinct, each with at least one judgement.
 */
public record LabCorpus(String name, TextKind kind, List<Document> documents, List<LabQuery> queries) {
    /** A hash of the documents alone, in their order: what an index of them depends on. */
    public String documentsHash() {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (final Document document : documents) {
                update(sha256, document.id());
                update(sha256, document.title());
                update(sha256, document.text());
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 12);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void update(final MessageDigest digest, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 24));
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
