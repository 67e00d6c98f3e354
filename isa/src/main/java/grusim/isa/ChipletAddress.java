package grusim.isa;

import grusim.isa.handle.HandleType;

/** A place inside a chiplet that software can address. */
public sealed interface ChipletAddress {
    /** The chiplet, counted through the machine: 2 x pnode + chiplet of the hub. */
    int chiplet();

    /**
     * A byte of a control block in a context segment.
     *
     * @param user the number by which the context's user knows the block, packed from 0; the block's CB number follows
     *     from the context's allocation map ({@link AllocationMap#cbNumber})
     * @param lineByte the byte within the 64-byte block
     */
    record ControlBlock(int chiplet, int context, int user, int lineByte) implements ChipletAddress {}

    /** A byte of a context's data segment, counted from its start. */
    record DataSegment(int chiplet, int context, int dsrByte) implements ChipletAddress {}

    /**
     * A byte of a handle.
     *
     * @param index a CB number for CBE and TFH, a context for CCH, else the number of the handle
     * @param lineByte the byte within the 64-byte handle
     */
    record Handle(int chiplet, HandleType type, int index, int lineByte) implements ChipletAddress {}
}
