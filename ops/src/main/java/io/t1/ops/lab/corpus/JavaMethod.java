package io.t1.ops.lab.corpus;

/**
 * A documented method of a library's sources.
 *
 * @param id library, class, name and parameter types, without white space; unique for a library version.
 * @param overloads what it shares with its overloads alone: library, class and name.
 * @param className its class's simple name.
 * @param sentence the first sentence of its Javadoc, in plain text.
 * @param text the rest of its Javadoc in plain text, then its code.
 */
record JavaMethod(String id, String overloads, String className, String name, String sentence, String text) {}
