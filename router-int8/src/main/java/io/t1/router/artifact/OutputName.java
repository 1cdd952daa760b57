package io.t1.router.artifact;

/** What a table computes for a query, in the table's order; the first four are in every table. */
public enum OutputName {
    /** This context's claim on time: one minus the break-even confidence, 0 to 1. */
    TAU("tau"),
    /** Most extra latency to spend, in milliseconds. */
    SPEND_CAP_MS("spend_cap_ms"),
    /** Least expected gain worth any spend, in nDCG. */
    MIN_CONF_GAIN("min_conf_gain"),
    /** Calibrated probability that FULL beats SKIP, 0 to 1. */
    SCORE("score"),
    /** E[nDCG of FULL - nDCG of SKIP], in nDCG. Optional. */
    EXPECTED_GAIN("expected_gain");

    private final String jsonName;

    OutputName(final String jsonName) {
        this.jsonName = jsonName;
    }

    /** The name in the artifact. */
    public String jsonName() {
        return jsonName;
    }
}
