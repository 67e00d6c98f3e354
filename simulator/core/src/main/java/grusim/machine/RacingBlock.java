package grusim.machine;

import grusim.engine.Agent;
import grusim.engine.Cells;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.Shared;

/**
 * A physically contiguous block of memory for whose lines CPUs and devices race, under the memory model: every word of its
 * first line, and the first word of each other line, is a cell. What else a line holds is plain memory that comes and goes
 * with its first word, as a line does in a coherent machine.
 *
 * <p>Every operation but {@link #peek} and {@link #poke} is the one access of the step. Addresses are physical. Devices
 * write whole lines, or single words of the first line. Does not model the caches the lines move between.
 */
public final class RacingBlock {
    private static final int LINE = PhysicalMemory.LINE_BYTES;
    private static final int WORDS = LINE / Long.BYTES;
    private static final int NO_CELL = -1;

    private final PhysicalMemory memory;
    private final long start;
    private final long end;
    private final Cells cells;

    /** Makes the block that begins at an address, a multiple of the line size; its words are zero. */
    public RacingBlock(Engine engine, PhysicalMemory memory, String name, long start, int lines) {
        this.memory = memory;
        this.start = start;
        this.end = start + (long) lines * LINE;
        cells = engine.memory().cells(engine, name, WORDS + lines - 1);
        memory.races(this);
    }

    /** What to wait for to see any word change. */
    public Shared awaitable() {
        return cells;
    }

    /** Whether some byte of a frame belongs to the block. */
    boolean touches(long pfn) {
        long first = pfn << PhysicalMemory.FRAME_SHIFT;
        return first < end && first + PhysicalMemory.FRAME_BYTES > start;
    }

    private int cell(long address) {
        if (address < start || address >= end) {
            return NO_CELL;
        }
        long offset = address - start;
        if (offset < LINE) {
            return (int) (offset / Long.BYTES);
        }
        return offset % LINE < Long.BYTES ? WORDS - 1 + (int) (offset / LINE) : NO_CELL;
    }

    private int racing(long address) {
        int cell = cell(address);
        if (cell == NO_CELL || (address & (Long.BYTES - 1)) != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is no word that agents race for");
        }
        return cell;
    }

    // ---- CPUs ----

    /** Reads a word. */
    public long load(Agent agent, long address, Order order) {
        return cells.load(agent, racing(address), order);
    }

    /** Writes a word. */
    public void store(Agent agent, long address, long value, Order order) {
        cells.store(agent, racing(address), value, order);
    }

    /** Looks at all words at once, as whoever waits for one of them; {@link #peek} then shows their newest values. */
    public void look(Agent agent) {
        cells.look(agent);
    }

    /** The newest value of a word, for building, probes and after {@link #look}. */
    public long peek(long address) {
        return cells.peek(racing(address));
    }

    /** Sets a word while the machine is built. */
    public void poke(long address, long value) {
        cells.poke(racing(address), value);
    }

    // ---- devices ----

    /** The newest value of a word of a frame, to be replaced in the same step. */
    public long word(long pfn, int offset) {
        return peek((pfn << PhysicalMemory.FRAME_SHIFT) + offset);
    }

    /** Writes a word of a frame that was looked at in the same step. */
    public void replace(Agent agent, long pfn, int offset, long old, long value) {
        long address = (pfn << PhysicalMemory.FRAME_SHIFT) + offset;
        boolean same = cells.compareAndSet(agent, racing(address), old, value, Order.FULL);
        assert same : "0x" + Long.toHexString(address) + " changed within a step";
    }

    /** Writes bytes of a line. */
    public void write(Agent agent, long pfn, int offset, byte[] from, int at, int bytes) {
        long address = (pfn << PhysicalMemory.FRAME_SHIFT) + offset;
        memory.write(pfn, offset, from, at, bytes);
        int cell = cell(address);
        if (cell != NO_CELL) {
            if ((address & (Long.BYTES - 1)) != 0 || bytes < Long.BYTES) {
                throw new IllegalArgumentException(
                        "part of the word at 0x" + Long.toHexString(address) + " is written, for which agents race");
            }
            cells.store(agent, cell, memory.readWord(pfn, offset, Long.BYTES), Order.RELEASE);
            memory.writeWord(pfn, offset, Long.BYTES, 0);
        } else {
            cells.look(agent);
        }
    }

    /** Reads bytes of a line. */
    public void read(Agent agent, long pfn, int offset, byte[] into, int at, int bytes) {
        memory.read(pfn, offset, into, at, bytes);
        int cell = cell((pfn << PhysicalMemory.FRAME_SHIFT) + offset);
        if (cell == NO_CELL) {
            cells.look(agent);
            return;
        }
        long word = cells.load(agent, cell, Order.ACQUIRE);
        for (int i = 0; i < Math.min(bytes, Long.BYTES); i++) {
            into[at + i] = (byte) (word >>> (Byte.SIZE * i));
        }
    }
}
