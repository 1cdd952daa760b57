package io.t1.sidecar.transport;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The users whose processes may connect, as numbers. Immutable. */
public final class AllowedUsers {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final long ROOT = 0;

    private final Set<Long> uids;

    private AllowedUsers(final Set<Long> uids) {
        this.uids = Set.copyOf(uids);
    }

    /**
     * @param users names or numbers; none: the user that this process runs as, and root.
     * @throws IOException if a name can't be looked up; the message names it.
     */
    public static AllowedUsers of(final List<String> users) throws IOException {
        final Set<Long> uids = new HashSet<>();
        if (users.isEmpty()) {
            uids.add(ROOT);
            uids.add(new UnixSystem().getUid());
        }
        for (final String user : users) {
            uids.add(uid(user));
        }
        return new AllowedUsers(uids);
    }

    /**
     * The number of a user.
     *
     * @throws IOException if {@code user} is neither a number nor a name of this machine.
     */
    static long uid(final String user) throws IOException {
        if (user.chars().allMatch(Character::isDigit) && !user.isEmpty() && user.length() <= 10) {
            return Long.parseLong(user);
        }
        for (final String line : Files.readAllLines(PASSWD)) {
            final String[] fields = line.split(":", -1);
            if (fields.length > 2 && fields[0].equals(user)) {
                return Long.parseLong(fields[2]);
            }
        }
        throw new IOException(
                "user \"" + user + "\" isn't in " + PASSWD + ": give the number that `id -u " + user + "` prints");
    }

    /** Whether a user may connect. */
    public boolean contains(final long uid) {
        return uids.contains(uid);
    }

    @Override
    public String toString() {
        return uids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "uid ", ""));
    }
}
