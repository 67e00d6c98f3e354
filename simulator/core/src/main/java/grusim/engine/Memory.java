package grusim.engine;

/**
 * A memory model: makes the cells that racing state lives in, and defines what fences between accesses to them do.
 *
 * <p>Under {@code sc} every load returns the latest value and fences order nothing that is not ordered already.
 */
public interface Memory {
    /** Makes one cell. */
    Cell cell(Engine engine, String name, long initial);

    /** Makes a growable array of cells, all zero. */
    Cells cells(Engine engine, String name, int length);

    /** Orders the agent's accesses before the fence against those after it. */
    void fence(Agent agent, Fence fence);

    /** Makes what the sender has fenced visible to the unit that receives a command from it. */
    void command(Agent sender, Agent unit);
}
