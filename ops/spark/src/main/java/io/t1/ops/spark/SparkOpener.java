package io.t1.ops.spark;

import io.t1.ops.distil.DistilEngine;

/** Opens engines named {@code spark}. Threading: any. */
public final class SparkOpener implements DistilEngine.Opener {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public DistilEngine open(final DistilEngine.Place place) {
        return SparkEngine.open(place);
    }
}
