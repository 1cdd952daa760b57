/**
 * The lab: a real search node on real text, replayed under every arm, so that what an arm gains and costs is measured.
 * Here may not live: learning from what was measured.
 */
@NullMarked
package io.t1.ops.lab;

import org.jspecify.annotations.NullMarked;
