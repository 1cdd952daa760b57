package io.t1.sidecar.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of this process's memory that shows a file, as {@code /proc/self/smaps} tells.
 *
 * @param address where it begins.
 * @param length in bytes.
 * @param file what it shows, by its absolute path.
 * @param shared whether writing to it writes to the file.
 * @param writable whether this process may write to it.
 * @param ownKib pages of it that were written to and so are this process's alone, in KiB: they are in no file.
 */
record FileMapping(long address, long length, String file, boolean shared, boolean writable, long ownKib) {
    private static final Pattern HEAD =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (?<mode>[-rwxsp]{4}) [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ \\d+ +(/.*)");
    private static final Pattern OWN = Pattern.compile("Anonymous: +(\\d+) kB");
    private static final int WRITABLE_AT = 1;
    private static final int SHARED_AT = 3;

    /** Whether every page of it can be had from the file again, as it is now. */
    boolean isCopyOfFile() {
        return shared || (!writable && ownKib == 0);
    }

    /**
     * The mappings of files in a process's list.
     *
     * @param smaps of the form of {@code /proc/self/smaps}.
     */
    static List<FileMapping> read(final BufferedReader smaps) throws IOException {
        final List<FileMapping> mappings = new ArrayList<>();
        @Nullable Matcher head = null;
        for (String line = smaps.readLine(); line != null; line = smaps.readLine()) {
            final char first = line.charAt(0);
            if (first < 'A' || first > 'Z') { // addresses are in lower case, fields begin with a capital
                final Matcher matcher = HEAD.matcher(line);
                head = matcher.matches() ? matcher : null;
                continue;
            }
            if (head != null) {
                final Matcher own = OWN.matcher(line);
                if (own.matches()) {
                    mappings.add(of(head, Long.parseLong(own.group(1))));
                    head = null;
                }
            }
        }
        return mappings;
    }

    private static FileMapping of(final Matcher head, final long ownKib) {
        final long begin = Long.parseUnsignedLong(head.group(1), 16);
        final String mode = head.group("mode");
        return new FileMapping(
                begin,
                Long.parseUnsignedLong(head.group(2), 16) - begin,
                head.group(4),
                mode.charAt(SHARED_AT) == 's',
                mode.charAt(WRITABLE_AT) == 'w',
                ownKib);
    }
}
