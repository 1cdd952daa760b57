/** The load generator: who sends what when, and how long answers took. Here may not live: servers, peers, reports. */
@NullMarked
package io.t1.bench.load;

import org.jspecify.annotations.NullMarked;
