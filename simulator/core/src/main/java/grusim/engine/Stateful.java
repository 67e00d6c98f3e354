package grusim.engine;

/** A component whose whole mutable state is listed once, for snapshots, hashing and checkpoints. */
public interface Stateful {
    /**
     * Passes every mutable field through the visitor, in a fixed order, and keeps what it returns: {@code active =
     * io.i64(active)}.
     */
    void state(StateIo io);
}
