package io.t1.ops.observation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Query ids and the order in which they came, held as bytes: ten million take what they weigh and 16 bytes each.
 *
 * <p>Threading: one thread while ids are added, then any.
 */
final class QueryIds {
    private static final int PAGE_LENGTH = 1 << 20;
    private static final int NONE = -1;

    private byte[][] pages = new byte[16][];
    private int lastPage = NONE;
    private int lastEnd = PAGE_LENGTH;
    private long[] begins = new long[1_024]; // page and place
    private int[] lengths = new int[1_024];
    private int[] hashes = new int[1_024];
    private int[] slots = filled(4_096);
    private int size;

    /** Ids so far. */
    int size() {
        return size;
    }

    /** The place of an id, which is added when it is new: then it is the last place. */
    int place(final String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (size > 0 && is(size - 1, bytes)) {
            return size - 1; // most often a query's rows stand together
        }
        final int hash = hash(bytes);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != NONE) {
            if (hashes[slots[slot]] == hash && is(slots[slot], bytes)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = append(bytes, hash);
        if (2 * size > slots.length) {
            spread();
        }
        return size - 1;
    }

    /** The id at a place. */
    String at(final int place) {
        return new String(page(place), begin(place), lengths[place], StandardCharsets.UTF_8);
    }

    private int append(final byte[] bytes, final int hash) {
        if (PAGE_LENGTH - lastEnd < bytes.length) {
            lastPage++;
            lastEnd = 0;
            pages = lastPage == pages.length ? Arrays.copyOf(pages, 2 * lastPage) : pages;
            pages[lastPage] = new byte[Math.max(PAGE_LENGTH, bytes.length)];
        }
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        System.arraycopy(bytes, 0, pages[lastPage], lastEnd, bytes.length);
        begins[size] = ((long) lastPage << Integer.SIZE) | lastEnd;
        lengths[size] = bytes.length;
        hashes[size] = hash;
        lastEnd += bytes.length;
        return size++;
    }

    private void spread() {
        slots = filled(2 * slots.length);
        for (int place = 0; place < size; place++) {
            int slot = hashes[place] & (slots.length - 1);
            while (slots[slot] != NONE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = place;
        }
    }

    private boolean is(final int place, final byte[] bytes) {
        final int begin = begin(place);
        return Arrays.equals(page(place), begin, begin + lengths[place], bytes, 0, bytes.length);
    }

    private byte[] page(final int place) {
        return pages[(int) (begins[place] >>> Integer.SIZE)];
    }

    private int begin(final int place) {
        return (int) begins[place];
    }

    private static int hash(final byte[] bytes) {
        long hash = 0x9E3779B97F4A7C15L;
        for (final byte b : bytes) {
            hash = (hash ^ b) * 0xD6E8FEB86659FD93L;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ (hash >>> 29));
    }

    private static int[] filled(final int length) {
        final int[] slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
