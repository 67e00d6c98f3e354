package grusim.isa;

/** A line of assembly that says nothing the GRU understands; the message names the column, the token and what fits. */
public final class AssemblyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int column;

    AssemblyException(int column, String problem) {
        super("column %d: %s".formatted(column, problem));
        this.column = column;
    }

    /** The column of the token, counted from 1. */
    public int column() {
        return column;
    }
}
