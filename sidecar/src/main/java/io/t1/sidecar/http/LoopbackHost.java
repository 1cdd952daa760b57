package io.t1.sidecar.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} headers are answered: loopback names only. A page from elsewhere whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) still sends its own name, and so is refused.
 */
final class LoopbackHost {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private LoopbackHost() {}

    /** Whether a {@code Host} header names loopback, with or without a port. */
    static boolean isNamedBy(final @Nullable String host) {
        if (host == null) {
            return false;
        }
        final int colon = host.lastIndexOf(':');
        final boolean withPort = colon > host.lastIndexOf(']'); // an IPv6 address has colons of its own, in brackets
        final String name = withPort ? host.substring(0, colon) : host;
        return NAMES.contains(name.toLowerCase(Locale.ROOT)) && (!withPort || isPort(host.substring(colon + 1)));
    }

    private static boolean isPort(final String text) {
        return text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
