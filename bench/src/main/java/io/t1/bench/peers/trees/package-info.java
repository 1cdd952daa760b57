/** Libraries that could score the teacher for one query, where T1 reads its table. */
@NullMarked
package io.t1.bench.peers.trees;

import org.jspecify.annotations.NullMarked;
