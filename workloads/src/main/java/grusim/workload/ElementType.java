package grusim.workload;

/** The transfer types of the GRU by their assembly names. */
public enum ElementType {
    B(1),
    S(2),
    W(4),
    DW(8),
    CL(64);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
