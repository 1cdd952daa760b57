/** JMH benchmarks of single steps. Here may not live: comparisons with peers, load over a transport. */
@NullMarked
package io.t1.bench.micro;

import org.jspecify.annotations.NullMarked;
