/** Everything around the server, as the t1 command and as a library. Here may not live: anything on the decision path. */
@NullMarked
package io.t1.ops;

import org.jspecify.annotations.NullMarked;
