package grusim.engine;

/** Is told of every access to racing state in the step in which it happens, for traces and counterexamples. */
public interface AccessObserver {
    /** State that holds no values of its own, such as a lock or a hardware port, was touched. */
    void touched(Agent agent, Shared state, Access kind);

    /**
     * A cell was accessed.
     *
     * @param index number of the cell in an array, else 0
     * @param read the value read; meaningless for a plain write
     * @param written the value written; meaningless for a read
     * @param newest the newest value when the access was made; a read that returned another one returned an old value
     */
    void accessed(Agent agent, Shared state, int index, Access kind, Order order, long read, long written, long newest);

    /** A barrier was passed. */
    void fenced(Agent agent, Fence fence);
}
