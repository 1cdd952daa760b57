/**
 * Seeded random tables and feature rows, for benchmarks, calibration and the tests of every module.
 *
 * <p>Here live generators of valid inputs. Here may not live: anything that serving a real query needs.
 */
@NullMarked
package io.t1.router.generate;

import org.jspecify.annotations.NullMarked;
