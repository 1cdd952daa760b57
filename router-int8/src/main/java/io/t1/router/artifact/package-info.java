/**
 * {@code router_distilled_int8.json}: its records, its JSON Schema, its strict reader and its reproducible writer.
 *
 * <p>Everything that a decision needs travels in this one file, so that one swap changes all of it together.
 */
@NullMarked
package io.t1.router.artifact;

import org.jspecify.annotations.NullMarked;
