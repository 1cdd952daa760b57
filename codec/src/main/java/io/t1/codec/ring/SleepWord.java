package io.t1.codec.ring;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells one side that the other sleeps and wants a Wake.
 *
 * <p>No wake is lost, since each side writes before it reads: the sleeper says that it sleeps and then looks for frames
 * once more, the other publishes its frames and then looks whether anyone sleeps, each with a full fence between. One of
 * the two sees the other.
 *
 * <p>Threading: the sleeper {@link #sleeps} and {@link #isUp}, the other side {@link #takeSleeper}. Allocation: none.
 */
public final class SleepWord {
    private final UnsafeBuffer word;

    SleepWord(final UnsafeBuffer word) {
        this.word = word;
    }

    /** Says that this side is about to sleep; after this it must look for frames once more. */
    public void sleeps() {
        word.putInt(0, 1);
        VarHandle.fullFence(); // the word must be seen before the ring is looked at again
    }

    /** Says that this side is up. */
    public void isUp() {
        word.putIntOpaque(0, 0);
    }

    /** Whether the other side sleeps and is to be woken now; called after frames were published. Says so once a sleep. */
    public boolean takeSleeper() {
        VarHandle.fullFence(); // the frames must be seen before the word is read
        if (word.getInt(0) == 0) {
            return false;
        }
        word.putIntOpaque(0, 0);
        return true;
    }
}
