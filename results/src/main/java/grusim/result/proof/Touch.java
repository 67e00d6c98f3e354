package grusim.result.proof;

import org.jspecify.annotations.Nullable;

/**
 * An access to shared state with its values as texts.
 *
 * @param what the name of the state; equal names mean the same state
 * @param kind what the access does
 * @param read the value that was read; empty if none
 * @param written the value that was written; empty if none
 * @param newest the newest value there was, if the value that was read is older than it
 * @param writtenAt number of the step that wrote the value that was read; 0 if it was there from the start
 */
public record Touch(
        String what,
        Kind kind,
        String read,
        String written,
        @Nullable String newest,
        int writtenAt) {
    /** What an access does to the state. */
    public enum Kind {
        READ("reads", true, false),
        WRITE("writes", false, true),
        /** An atomic read-modify-write. */
        UPDATE("updates", true, true),
        LOCK("locks", true, true),
        UNLOCK("unlocks", false, true),
        /** An order to a unit of the device. */
        COMMAND("commands", false, true);

        private final String verb;
        private final boolean reads;
        private final boolean writes;

        Kind(String verb, boolean reads, boolean writes) {
            this.verb = verb;
            this.reads = reads;
            this.writes = writes;
        }

        String verb() {
            return verb;
        }
    }

    public Touch {
        if (newest != null && !kind.reads) {
            throw new IllegalArgumentException(what + ": only an access that reads can miss the newest value");
        }
        if (writtenAt < 0) {
            throw new IllegalArgumentException(what + ": written at step " + writtenAt + ", accepted is 0 or more");
        }
    }

    /** A load of the newest value. */
    public static Touch read(String what, String value, int writtenAt) {
        return new Touch(what, Kind.READ, value, "", null, writtenAt);
    }

    /** A load that returned an old value. */
    public static Touch readOld(String what, String value, int writtenAt, String newest) {
        return new Touch(what, Kind.READ, value, "", newest, writtenAt);
    }

    /** A plain store. */
    public static Touch write(String what, String value) {
        return new Touch(what, Kind.WRITE, "", value, null, 0);
    }

    /** An atomic read-modify-write. */
    public static Touch update(String what, String read, String written, int writtenAt) {
        return new Touch(what, Kind.UPDATE, read, written, null, writtenAt);
    }

    boolean reads() {
        return kind.reads;
    }

    boolean writes() {
        return kind.writes;
    }

    /** Whether the value that was read is older than the newest one. */
    boolean old() {
        return newest != null;
    }
}
