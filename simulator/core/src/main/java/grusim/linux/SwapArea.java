package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;

/**
 * Swap space: slots that keep the content of pages that were reclaimed, each with the number of entries that name it (Linux
 * swap_map). A slot is locked while its page is written or read,
 * as the page lock of Linux's swap cache does; an agent that finds it locked awaits the area.
 *
 * <p>Each operation with an agent is the one access of the step. There is no swap cache: a page on its way out cannot be
 * taken back, its fault waits until the page is out, and each page that shares a slot reads it into a frame of its own. Time of the device is the caller's.
 */
final class SwapArea extends Shared {
    /** No slot, or none left. */
    static final long NONE = -1;

    /** What an agent finds that wants to read a slot. */
    enum Lock {
        /** The slot is locked for the agent. */
        TAKEN,
        /** Somebody else has locked it. */
        BUSY,
        /** The slot was given back. */
        GONE
    }

    private static final long BYTES = 1L << 36;

    private static final int FREE = 0;
    private static final int FULL = 1;
    private static final int LOCKED = 2;
    private static final int DISCARDED = 3;

    private final PhysicalMemory memory;
    private final PhysicalMemory content;
    private int[] states = new int[4];

    /** Number of entries that name each slot. */
    private int[] users = new int[4];

    private int slots;
    private int[] free = new int[4];
    private int freed;

    SwapArea(Engine engine, String name, PhysicalMemory memory) {
        super(engine, name);
        this.memory = memory;
        this.content = new PhysicalMemory(1, BYTES, memory.functional());
    }

    /** Takes a slot for one entry, locked for its writer, or returns {@link #NONE}. */
    long allocate(Agent agent) {
        access(agent, Access.UPDATE);
        int slot;
        if (freed > 0) {
            slot = free[--freed];
        } else if (slots < content.framesOnBlade()) {
            slot = slots++;
            if (slot == states.length) {
                states = Arrays.copyOf(states, 2 * slot);
                users = Arrays.copyOf(users, 2 * slot);
            }
        } else {
            return NONE;
        }
        states[slot] = LOCKED;
        users[slot] = 1;
        return slot;
    }

    /** One more entry names a slot, one that does so already or that the caller has locked: swap_duplicate. */
    void duplicate(Agent agent, long slot) {
        access(agent, Access.UPDATE);
        assert states[(int) slot] != FREE : "swap slot " + slot + " is free";
        if (states[(int) slot] == DISCARDED) {
            states[(int) slot] = LOCKED;
        }
        users[(int) slot]++;
    }

    /** Ends a write: keeps a copy of the frame and unlocks the slot. */
    void write(Agent agent, long slot, long pfn) {
        assert locked(slot);
        memory.copyFrame(pfn, content, slot);
        unlock(agent, slot);
    }

    /** Locks a slot for reading. */
    Lock lock(Agent agent, long slot) {
        access(agent, Access.UPDATE);
        switch (states[(int) slot]) {
            case FULL -> {
                states[(int) slot] = LOCKED;
                return Lock.TAKEN;
            }
            case FREE -> {
                return Lock.GONE;
            }
            default -> {
                return Lock.BUSY;
            }
        }
    }

    /** Copies a slot that the caller has locked into a frame of its own. */
    void read(long slot, long pfn) {
        assert locked(slot);
        content.copyFrame(slot, memory, pfn);
    }

    /** Unlocks a slot; it goes free if its page was discarded meanwhile. */
    void unlock(Agent agent, long slot) {
        access(agent, Access.UPDATE);
        assert locked(slot);
        if (states[(int) slot] == DISCARDED) {
            release(slot);
        } else {
            states[(int) slot] = FULL;
        }
        changed();
    }

    /** An entry names the slot no more, which the caller has locked; the last one gives it back. */
    void free(Agent agent, long slot) {
        access(agent, Access.UPDATE);
        assert locked(slot);
        if (--users[(int) slot] == 0) {
            release(slot);
        } else {
            states[(int) slot] = FULL;
        }
        changed();
    }

    /** An entry that named the slot was unmapped; the last one gives it back as soon as nobody has it locked. */
    void discard(Agent agent, long slot) {
        access(agent, Access.UPDATE);
        if (--users[(int) slot] > 0) {
            return;
        }
        if (states[(int) slot] == LOCKED) {
            states[(int) slot] = DISCARDED;
        } else {
            assert states[(int) slot] == FULL : "swap slot " + slot + " is freed twice";
            release(slot);
        }
    }

    /** Number of slots in use; a probe. */
    int used() {
        return slots - freed;
    }

    /** The content of a slot that is not being written; a probe. */
    PhysicalMemory content() {
        return content;
    }

    /** Whether the slot's content is complete; a probe. */
    boolean full(long slot) {
        return states[(int) slot] == FULL;
    }

    private boolean locked(long slot) {
        return states[(int) slot] == LOCKED || states[(int) slot] == DISCARDED;
    }

    private void release(long slot) {
        states[(int) slot] = FREE;
        users[(int) slot] = 0;
        content.zero(slot);
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = (int) slot;
    }

    @Override
    public void state(StateIo io) {
        slots = io.i32(slots);
        states = io.array(states, slots);
        users = io.array(users, slots);
        freed = io.i32(freed);
        free = io.array(free, freed);
        content.state(io);
    }
}
