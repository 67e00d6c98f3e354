package grusim.engine;

/** What a step does to the one piece of shared state it touches. */
public enum Access {
    READ,
    WRITE,
    /** An indivisible read and write: a read-modify-write, a lock operation, one pass through a hardware port. */
    UPDATE
}
