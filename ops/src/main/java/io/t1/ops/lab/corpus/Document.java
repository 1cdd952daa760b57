package io.t1.ops.lab.corpus;

/**
 * What is searched for.
 *
 * @param id unique in its corpus, without white space.
 * @param title may be empty.
 * @param text may be empty.
 */
public record Document(String id, String title, String text) {
    /** Title and text, as they are indexed and encoded: one field. */
    public String content() {
        return title.isEmpty() ? text : title + "\n" + text;
    }
}
