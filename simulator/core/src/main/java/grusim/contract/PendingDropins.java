package grusim.contract;

import java.util.Arrays;

/**
 * The translations on their way to a dropin: which PTE values each agent holds, and which dropin each control block was
 * commanded last. Each is an ordinary one, in the pool, or a fresh one, which lies here with all that is known of it.
 */
final class PendingDropins {
    /** PTE values an agent may hold at once: its own, and those of interrupts on top. */
    static final int DEPTH = 4;

    static final int NONE = Translations.NONE;

    /** Stands for the slot of a fresh translation. */
    static final int FRESH = -2;

    /** A row of places by position; what is known of one lies in one cache line of the host. */
    private static final class Places {
        private static final int RECORD_SHIFT = 2;

        private long[] records = {};

        Places() {
            reach(63);
        }

        void clear() {
            for (int at = 0; at < length(); at++) {
                slot(at, NONE);
            }
        }

        int length() {
            return records.length >> RECORD_SHIFT;
        }

        void reach(int position) {
            int known = length();
            if (position >= known) {
                records = Arrays.copyOf(records, Math.max(position + 1, 2 * known) << RECORD_SHIFT);
                for (int at = known; at < length(); at++) {
                    slot(at, NONE);
                }
            }
        }

        int slot(int at) {
            return (int) records[at << RECORD_SHIFT];
        }

        void slot(int at, int slot) {
            int word = at << RECORD_SHIFT;
            records[word] = TranslationPool.pair((int) (records[word] >> Integer.SIZE), slot);
        }

        int reader(int at) {
            return (int) (records[at << RECORD_SHIFT] >> Integer.SIZE);
        }

        long page(int at) {
            return records[(at << RECORD_SHIFT) + 1];
        }

        long pfn(int at) {
            return records[(at << RECORD_SHIFT) + 2];
        }

        long readPs(int at) {
            return records[(at << RECORD_SHIFT) + 3];
        }

        void set(int at, int slot, int reader, long page, long pfn, long readPs) {
            int word = at << RECORD_SHIFT;
            records[word] = TranslationPool.pair(reader, slot);
            records[word + 1] = page;
            records[word + 2] = pfn;
            records[word + 3] = readPs;
        }

        boolean fits(int at, long page, long pfn) {
            return slot(at) != NONE && page(at) == page && pfn(at) == pfn;
        }

        void move(int from, Places other, int to) {
            System.arraycopy(records, from << RECORD_SHIFT, other.records, to << RECORD_SHIFT, 1 << RECORD_SHIFT);
            slot(from, NONE);
        }
    }

    private final Translations all;
    private final FrameLives frames;
    private final Places reads = new Places();
    private final Places commands = new Places();

    PendingDropins(Translations all, FrameLives frames) {
        this.all = all;
        this.frames = frames;
    }

    private void giveUp(Places places, int position) {
        int slot = places.slot(position);
        if (slot == FRESH) {
            frames.dropPending(places.pfn(position));
        } else if (slot != NONE) {
            all.release(slot);
        }
        places.slot(position, NONE);
    }

    private void put(Places places, int position, int slot, long page, long pfn, int reader, long readPs) {
        places.set(position, slot, reader, page, pfn, readPs);
        if (slot == FRESH) {
            frames.addPending(pfn);
        } else {
            all.hold(slot, places == reads ? Translations.READ : Translations.COMMANDED, position);
        }
    }

    // ---- reads ----

    /** An agent holds one more PTE value, in a slot or {@link #FRESH}; beyond the depth its oldest is given up. */
    void read(int agent, int slot, long page, long pfn, long readPs) {
        int bottom = agent * DEPTH;
        int last = bottom + DEPTH - 1;
        reads.reach(last);
        if (reads.slot(last) != NONE) {
            giveUp(reads, bottom);
            for (int at = bottom; at < last; at++) {
                reads.move(at + 1, reads, at);
                if (reads.slot(at) != FRESH) {
                    all.hold(reads.slot(at), Translations.READ, at);
                }
            }
        }
        int at = bottom;
        while (reads.slot(at) != NONE) {
            at++;
        }
        put(reads, at, slot, page, pfn, agent, readPs);
    }

    /** The position of the newest fitting value of an agent, or {@link #NONE}; those read after it are given up. */
    private int fittingRead(int agent, long page, long pfn) {
        int bottom = agent * DEPTH;
        int top = Math.min(bottom + DEPTH, reads.length()) - 1;
        while (top >= bottom && !reads.fits(top, page, pfn)) {
            top--;
        }
        for (int at = top + 1; top >= bottom && at < bottom + DEPTH && reads.slot(at) != NONE; at++) {
            giveUp(reads, at);
        }
        return top >= bottom ? top : NONE;
    }

    // ---- commands ----

    private static int position(int chiplet, int cb) {
        return chiplet * ContextLives.CBS + cb;
    }

    /** A dropin is commanded for a control block with a value that the agent has read; says whether it has. */
    boolean command(int agent, int chiplet, int cb, long page, long pfn) {
        dropCommand(chiplet, cb);
        int read = fittingRead(agent, page, pfn);
        if (read == NONE) {
            return false;
        }
        int position = position(chiplet, cb);
        reads.move(read, commands, position);
        if (commands.slot(position) != FRESH) {
            all.hold(commands.slot(position), Translations.COMMANDED, position);
        }
        return true;
    }

    /** A dropin is commanded for a control block with a value that nobody was seen to read. */
    void command(int agent, int chiplet, int cb, int slot, long page, long pfn, long nowPs) {
        put(commands, position(chiplet, cb), slot, page, pfn, agent, nowPs);
    }

    /** Gives up the dropin commanded last for a control block. */
    void dropCommand(int chiplet, int cb) {
        int position = position(chiplet, cb);
        commands.reach(position);
        giveUp(commands, position);
    }

    /** Takes the dropin commanded last for a control block if it fits: its slot, {@link #FRESH}, or {@link #NONE}. */
    int takeCommand(int chiplet, int cb, long page, long pfn) {
        int position = position(chiplet, cb);
        commands.reach(position);
        if (!commands.fits(position, page, pfn)) {
            return NONE;
        }
        int slot = commands.slot(position);
        if (slot == FRESH) {
            frames.dropPending(pfn);
        }
        commands.slot(position, NONE);
        return slot;
    }

    /** Who read the value of the dropin taken last from a control block. */
    int reader(int chiplet, int cb) {
        return commands.reader(position(chiplet, cb));
    }

    /** When the value of the dropin taken last from a control block was read. */
    long readPs(int chiplet, int cb) {
        return commands.readPs(position(chiplet, cb));
    }

    // ---- all of them ----

    /** Makes the fresh translations of a frame, or of all if it is {@link #NONE}, ordinary ones. */
    void promote(long pfn) {
        promote(reads, Translations.READ, pfn);
        promote(commands, Translations.COMMANDED, pfn);
    }

    private void promote(Places places, int stage, long pfn) {
        for (int at = 0; at < places.length(); at++) {
            if (places.slot(at) == FRESH && (pfn == NONE || places.pfn(at) == pfn)) {
                frames.dropPending(places.pfn(at));
                places.slot(at, all.add(places.page(at), places.pfn(at), places.reader(at), places.readPs(at)));
                all.hold(places.slot(at), stage, at);
            }
        }
    }

    /** Finds all of them again among translations that were loaded. */
    void find() {
        reads.clear();
        commands.clear();
        for (int slot = 0; slot < all.high(); slot++) {
            if (all.stage(slot) == Translations.READ) {
                find(reads, slot);
            } else if (all.stage(slot) == Translations.COMMANDED) {
                find(commands, slot);
            }
        }
    }

    private void find(Places places, int slot) {
        int position = all.place(slot);
        places.reach(position);
        places.set(position, slot, all.reader(slot), all.page(slot), all.pfn(slot), all.readPs(slot));
    }
}
