package grusim.contract;

import java.util.Arrays;

/**
 * The translations on their way to a dropin: which PTE values each agent holds, and which dropin each control block was
 * commanded last. The state is that of the translations, which know their places.
 */
final class PendingDropins {
    /** PTE values an agent may hold at once: its own, and those of interrupts on top. */
    static final int DEPTH = 4;

    private static final int NONE = Translations.NONE;

    private final Translations all;

    /** Per agent, its reads not commanded yet, oldest first. */
    private int[] reads = none(64);

    /** Per control block of each chiplet, the dropin commanded last and not executed yet. */
    private int[] commands = none(256);

    PendingDropins(Translations all) {
        this.all = all;
    }

    private static int[] none(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }

    private static int[] reaching(int[] slots, int index) {
        if (index < slots.length) {
            return slots;
        }
        int[] longer = Arrays.copyOf(slots, Math.max(index + 1, 2 * slots.length));
        Arrays.fill(longer, slots.length, longer.length, NONE);
        return longer;
    }

    private boolean fits(int slot, long page, long pfn) {
        return all.page[slot] == page && all.pfn[slot] == pfn;
    }

    // ---- reads ----

    /** An agent holds one more PTE value; beyond the depth its oldest is given up. */
    void read(int agent, int slot) {
        int bottom = agent * DEPTH;
        int last = bottom + DEPTH - 1;
        reads = reaching(reads, last);
        if (reads[last] != NONE) {
            all.release(reads[bottom]);
            for (int at = bottom; at < last; at++) {
                reads[at] = reads[at + 1];
                all.hold(reads[at], Translations.READ, at);
            }
            reads[last] = NONE;
        }
        int at = bottom;
        while (reads[at] != NONE) {
            at++;
        }
        reads[at] = slot;
        all.hold(slot, Translations.READ, at);
    }

    /** Takes the newest fitting value of an agent, or {@link Translations#NONE}; those read after it were given up. */
    int takeRead(int agent, long page, long pfn) {
        int bottom = agent * DEPTH;
        int fitting = Math.min(bottom + DEPTH, reads.length) - 1;
        while (fitting >= bottom && !(reads[fitting] != NONE && fits(reads[fitting], page, pfn))) {
            fitting--;
        }
        if (fitting < bottom) {
            return NONE;
        }
        int slot = reads[fitting];
        reads[fitting] = NONE;
        for (int at = fitting + 1; at < bottom + DEPTH && reads[at] != NONE; at++) {
            all.release(reads[at]);
            reads[at] = NONE;
        }
        return slot;
    }

    // ---- commands ----

    private static int position(int chiplet, int cb) {
        return chiplet * ContextLives.CBS + cb;
    }

    /** A dropin is commanded for a control block, in place of any before. */
    void command(int chiplet, int cb, int slot) {
        dropCommand(chiplet, cb);
        int position = position(chiplet, cb);
        commands = reaching(commands, position);
        commands[position] = slot;
        all.hold(slot, Translations.COMMANDED, position);
    }

    /** Takes the dropin commanded last for a control block if it fits, or {@link Translations#NONE}. */
    int takeCommand(int chiplet, int cb, long page, long pfn) {
        int position = position(chiplet, cb);
        int slot = position < commands.length ? commands[position] : NONE;
        if (slot == NONE || !fits(slot, page, pfn)) {
            return NONE;
        }
        commands[position] = NONE;
        return slot;
    }

    /** Gives up the dropin commanded last for a control block. */
    void dropCommand(int chiplet, int cb) {
        int position = position(chiplet, cb);
        if (position < commands.length && commands[position] != NONE) {
            all.release(commands[position]);
            commands[position] = NONE;
        }
    }

    /** Finds all of them again among translations that were loaded. */
    void find() {
        Arrays.fill(reads, NONE);
        Arrays.fill(commands, NONE);
        for (int slot = 0; slot < all.high(); slot++) {
            int place = all.place[slot];
            if (all.stage[slot] == Translations.READ) {
                reads = reaching(reads, place);
                reads[place] = slot;
            } else if (all.stage[slot] == Translations.COMMANDED) {
                commands = reaching(commands, place);
                commands[place] = slot;
            }
        }
    }
}
