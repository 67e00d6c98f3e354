package grusim.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One word that was written lately, with its messages that may still be read, oldest first. Reused. */
final class Place {
    long key;

    @Nullable
    Message oldest;

    @Nullable
    Message newest;

    int count;

    /** Position in the order of places, while the state is listed. */
    int rank;

    /** Neighbours in the order of their newest writes. */
    @Nullable
    Place previous;

    @Nullable
    Place next;

    /** The key of a word. */
    static long key(Shared state, int index) {
        return (long) state.id() << Integer.SIZE | index;
    }

    Message oldest() {
        return Objects.requireNonNull(oldest);
    }

    Message newest() {
        return Objects.requireNonNull(newest);
    }

    /** Number of messages that may be read by who may read none older than a stamp; at least the newest. */
    int readable(long fromStamp) {
        int readable = count;
        for (Message m = oldest(); m != newest && m.stamp < fromStamp; m = newer(m)) {
            readable--;
        }
        return readable;
    }

    /** The message with {@code newer} others after it. */
    Message message(int newer) {
        Message m = oldest();
        for (int i = count - 1; i > newer; i--) {
            m = newer(m);
        }
        return m;
    }

    /** The message after one that is not the newest. */
    static Message newer(Message message) {
        return Objects.requireNonNull(message.newer);
    }
}
