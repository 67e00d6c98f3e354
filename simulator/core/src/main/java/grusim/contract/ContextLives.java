package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.ChipletMap;
import grusim.isa.handle.CchOpcode;
import java.util.Arrays;

/**
 * Point 3: a context is not deallocated while a fault of it is unanswered, reaches memory only between its start and its
 * deallocation, and neither reaches memory nor ends an instruction once its state is copied out: that would be lost. A fault is unanswered from the moment its fault-map bit is set until a command reaches its TFH; a miss
 * that waits for its user keeps no context.
 *
 * <p>Knows too which address space and base asid each context is loaded for.
 */
final class ContextLives implements Stateful {
    static final int CBS = ChipletMap.CBRS;

    private static final int CONTEXTS = ChipletMap.CONTEXTS;

    // ---- states of a context ----
    private static final byte INACTIVE = 0;
    private static final byte MAPPED = 1;
    private static final byte RUNNING = 2;
    private static final byte COPIED = 3;

    // ---- states of a control block's miss ----
    private static final byte NO_MISS = 0;
    private static final byte RECORDED = 1;
    private static final byte UNANSWERED = 2;

    private final Findings findings;
    private int chiplets;
    private byte[] state = {};
    private int[] mm = {};
    private int[] base = {};
    private byte[] miss = {};
    private byte[] missOf = {};

    // ---- for words only ----
    private long[] changedPs = {};
    private long[] missPs = {};
    private long[] missAt = {};

    ContextLives(Findings findings) {
        this.findings = findings;
    }

    private int context(int chiplet, int context) {
        if (chiplet >= chiplets) {
            resize(chiplet + 1);
        }
        return chiplet * CONTEXTS + context;
    }

    private void resize(int count) {
        if (count == chiplets) {
            return;
        }
        int known = Math.min(mm.length, count * CONTEXTS);
        chiplets = count;
        state = Arrays.copyOf(state, count * CONTEXTS);
        changedPs = Arrays.copyOf(changedPs, count * CONTEXTS);
        mm = Arrays.copyOf(mm, count * CONTEXTS);
        Arrays.fill(mm, known, mm.length, PageKey.NO_MM);
        base = Arrays.copyOf(base, count * CONTEXTS);
        miss = Arrays.copyOf(miss, count * CBS);
        missOf = Arrays.copyOf(missOf, count * CBS);
        missPs = Arrays.copyOf(missPs, count * CBS);
        missAt = Arrays.copyOf(missAt, count * CBS);
    }

    // ---- bindings ----

    void bind(int chiplet, int context, int toMm, int baseAsid) {
        int at = context(chiplet, context);
        mm[at] = toMm;
        base[at] = baseAsid;
    }

    void unbind(int chiplet, int context) {
        mm[context(chiplet, context)] = PageKey.NO_MM;
    }

    /** The address space a context is loaded for, or {@link PageKey#NO_MM}. */
    int mm(int chiplet, int context) {
        return mm[context(chiplet, context)];
    }

    /** The base asid a bound context is loaded under. */
    int base(int chiplet, int context) {
        return base[context(chiplet, context)];
    }

    // ---- commands and misses ----

    /** The driver begins to copy a context's state out. */
    void copied(int chiplet, int context) {
        change(context(chiplet, context), COPIED);
    }

    /** A context's instruction writes its end. */
    void ended(int chiplet, int context, int cb) {
        findings.checks++;
        int at = context(chiplet, context);
        if (state[at] == COPIED) {
            lost(at, chiplet, context, cb, "ended an instruction");
        }
    }

    private void lost(int at, int chiplet, int context, int cb, String what) {
        Deed copy = findings.deed(
                changedPs[at], Findings.DRIVER, "copied context %d of gru%d out".formatted(context, chiplet));
        findings.violated(Invariant.LOST_WITH_COPY, copy, Findings.block(chiplet, cb), what);
    }

    /** A command changed a context's state. */
    void commanded(int chiplet, int context, CchOpcode command) {
        int at = context(chiplet, context);
        switch (command) {
            case ALLOCATE -> change(at, MAPPED);
            case START -> change(at, RUNNING);
            case INTERRUPT, INTERRUPT_SYNC -> {}
            case DEALLOCATE -> {
                judgeFaults(chiplet, context);
                change(at, INACTIVE);
            }
        }
    }

    private void change(int at, byte to) {
        state[at] = to;
        changedPs[at] = findings.nowPs();
    }

    private void judgeFaults(int chiplet, int context) {
        findings.checks++;
        int first = chiplet * CBS;
        for (int cb = 0; cb < CBS; cb++) {
            int at = first + cb;
            if (miss[at] == NO_MISS || missOf[at] != context) {
                continue;
            }
            if (miss[at] == UNANSWERED) {
                Deed fault = findings.deed(missPs[at], Findings.block(chiplet, cb), "set its fault-map bit");
                findings.violated(
                        Invariant.UNLOADED_WITH_FAULT,
                        fault,
                        Findings.DRIVER,
                        "deallocated context %d of gru%d".formatted(context, chiplet));
            }
            miss[at] = NO_MISS;
            missOf[at] = 0;
        }
    }

    /** Nobody will answer a miss any more: none may be left. */
    void judgeUnanswered(String end) {
        findings.checks++;
        for (int at = 0; at < miss.length; at++) {
            if (miss[at] != NO_MISS) {
                int block = Findings.block(at / CBS, at % CBS);
                String what = miss[at] == RECORDED ? "recorded a miss" : "raised a fault";
                Deed recorded = findings.deed(
                        missPs[at], block, "%s at 0x%x in context %d".formatted(what, missAt[at], missOf[at]));
                findings.violated(Invariant.UNANSWERED, recorded, findings.stepping(), end + " and left it unanswered");
            }
        }
    }

    /** A miss is visible in its TFH. */
    void recorded(int chiplet, int context, int cb, long vaddr) {
        context(chiplet, context);
        int at = chiplet * CBS + cb;
        miss[at] = RECORDED;
        missOf[at] = (byte) context;
        missPs[at] = findings.nowPs();
        missAt[at] = vaddr;
    }

    /** A recorded miss set its fault-map bit; it may have been answered already. */
    void faulted(int chiplet, int cb) {
        int at = chiplet * CBS + cb;
        if (at < miss.length && miss[at] == RECORDED) {
            miss[at] = UNANSWERED;
            missPs[at] = findings.nowPs();
        }
    }

    /** A command reached a TFH. */
    void answered(int chiplet, int cb) {
        int at = chiplet * CBS + cb;
        if (at < miss.length) {
            miss[at] = NO_MISS;
            missOf[at] = 0;
        }
    }

    /** A context reaches memory; says for which address space, or {@link PageKey#NO_MM}. */
    int accessed(int chiplet, int context, int cb, long vaddr) {
        findings.checks++;
        int at = context(chiplet, context);
        if (state[at] == COPIED) {
            lost(at, chiplet, context, cb, "accessed memory at 0x%x".formatted(vaddr));
        } else if (state[at] != RUNNING) {
            Deed change = findings.deed(
                    changedPs[at],
                    Findings.DRIVER,
                    "left context %d of gru%d %s"
                            .formatted(context, chiplet, state[at] == MAPPED ? "allocated, not started" : "inactive"));
            findings.violated(
                    Invariant.TRAFFIC_UNLOADED,
                    change,
                    Findings.block(chiplet, cb),
                    "accessed memory at 0x%x".formatted(vaddr));
        }
        return mm[at];
    }

    // ---- state ----

    private boolean used(int context) {
        return state[context] != INACTIVE || mm[context] != PageKey.NO_MM;
    }

    private int usedChiplets() {
        int used = chiplets;
        while (used > 0
                && contextsUsed(used - 1) == 0
                && blocksUsed(used - 1, 0) == 0
                && blocksUsed(used - 1, 1) == 0) {
            used--;
        }
        return used;
    }

    private long contextsUsed(int chiplet) {
        long used = 0;
        for (int context = 0; context < CONTEXTS; context++) {
            used |= used(chiplet * CONTEXTS + context) ? 1L << context : 0;
        }
        return used;
    }

    /** Control blocks that have a miss, in one half of a chiplet's. */
    private long blocksUsed(int chiplet, int half) {
        long used = 0;
        int first = chiplet * CBS + half * Long.SIZE;
        for (int i = 0; i < Long.SIZE; i++) {
            used |= miss[first + i] != NO_MISS ? 1L << i : 0;
        }
        return used;
    }

    /** Lists what is in use only, which is little. */
    @Override
    public void state(StateIo io) {
        int listed = io.i32(usedChiplets());
        if (io.loading()) {
            resize(Math.max(listed, chiplets));
            Arrays.fill(state, INACTIVE);
            Arrays.fill(mm, PageKey.NO_MM);
            Arrays.fill(miss, NO_MISS);
        }
        for (int chiplet = 0; chiplet < listed; chiplet++) {
            for (long left = io.i64(contextsUsed(chiplet)); left != 0; left &= left - 1) {
                context(io, chiplet * CONTEXTS + Long.numberOfTrailingZeros(left));
            }
            for (int half = 0; half < CBS / Long.SIZE; half++) {
                for (long left = io.i64(blocksUsed(chiplet, half)); left != 0; left &= left - 1) {
                    block(io, chiplet * CBS + half * Long.SIZE + Long.numberOfTrailingZeros(left));
                }
            }
        }
        if (io.timed()) {
            changedPs = io.array(changedPs, listed * CONTEXTS);
            missPs = io.array(missPs, listed * CBS);
            missAt = io.array(missAt, listed * CBS);
        }
    }

    private void context(StateIo io, int at) {
        state[at] = (byte) io.i32(state[at]);
        mm[at] = io.i32(mm[at]);
        base[at] = mm[at] == PageKey.NO_MM ? 0 : io.i32(base[at]);
    }

    private void block(StateIo io, int at) {
        miss[at] = (byte) io.i32(miss[at]);
        missOf[at] = (byte) io.i32(missOf[at]);
    }
}
