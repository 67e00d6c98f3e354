package grusim.engine;

/** The words of a cell or of an array of cells, as a memory model handles them. */
interface Words {
    /** The state the words belong to. */
    Shared shared();

    /** The value of a word in memory. */
    long word(int index);

    /** Sets a word in memory, and lets those who wait for it look again if it is another value. */
    void word(int index, long value);
}
