package io.t1.sidecar.journal;

/** What Chronicle's libraries can be told by system properties only, in one place. */
final class ChronicleSettings {
    private ChronicleSettings() {}

    /**
     * Silences what would speak on standard output and the threads that only watch the disk for a warning; a property
     * that the user set stays. To be called before the first class of Chronicle's loads.
     */
    static void apply() {
        setIfUnset("chronicle.announcer.disable", "true");
        setIfUnset("chronicle.disk.monitor.disable", "true"); // the journal looks at the free space itself
        setIfUnset("chronicle.queue.warnSlowAppenderMs", "10000"); // a slow disk shows in the counters
    }

    private static void setIfUnset(final String name, final String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
