package io.t1.ops.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code t1 --version} prints. */
final class Version implements IVersionProvider {
    /** The version of this build, as its jar's manifest has it. */
    static String number() {
        final String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"t1 " + number(), "JVM " + Runtime.version()};
    }
}
