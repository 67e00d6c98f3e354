package grusim.isa;

/** A value the hardware writes as a small number in a bit field. */
public interface Coded {
    /** The number in the field. */
    int code();
}
