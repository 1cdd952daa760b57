/**
 * What the lab searches and asks: documents, queries and their judgements, from the sources of Java libraries or from a
 * folder in BEIR's layout. Here may not live: anything that indexes, encodes or ranks.
 */
@NullMarked
package io.t1.ops.lab.corpus;

import org.jspecify.annotations.NullMarked;
