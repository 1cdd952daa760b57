package io.t1.gating;

/** The sidecar's decisions in process, for a search node on the JVM. */
public final class Decider {
    private Decider() {}
}
