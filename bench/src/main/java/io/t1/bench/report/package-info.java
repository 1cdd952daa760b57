/** The written report: curves, plots, the page. Here may not live: what a row measures. */
@NullMarked
package io.t1.bench.report;

import org.jspecify.annotations.NullMarked;
