package io.t1.bench.load;

import java.util.SplittableRandom;

/** How requests arrive. */
public enum Arrivals {
    /** Evenly. */
    CONSTANT {
        @Override
        public ArrivalSchedule schedule(final double perSecond, final long seed) {
            return new ArrivalSchedule() {
                private long arrived;

                @Override
                public long nextNs() {
                    return Math.round(arrived++ * (NS_PER_SECOND / perSecond));
                }
            };
        }
    },
    /** Independently of each other, as those of many users do: gaps are exponential. */
    POISSON {
        @Override
        public ArrivalSchedule schedule(final double perSecond, final long seed) {
            final SplittableRandom random = new SplittableRandom(seed);
            return new ArrivalSchedule() {
                private double atNs;

                @Override
                public long nextNs() {
                    final long due = Math.round(atNs);
                    atNs -= Math.log1p(-random.nextDouble()) * (NS_PER_SECOND / perSecond);
                    return due;
                }
            };
        }
    };

    private static final double NS_PER_SECOND = 1e9;

    /**
     * A schedule; the same arguments give the same one.
     *
     * @param perSecond requests, on average.
     * @param seed of the gaps, where they are random.
     */
    public abstract ArrivalSchedule schedule(double perSecond, long seed);
}
