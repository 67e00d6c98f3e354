package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * Point 4: which address space each base asid of a chiplet belongs to, how many contexts are loaded under it, and how many
 * TLB entries stand under its eight asids. Two address spaces with loaded contexts never share one, and when one is given
 * out no entry stands under it.
 */
final class AsidOwners implements Stateful {
    /** Asids of an address space, one per region of its addresses. */
    private static final int REGIONS = 8;

    private static final int NONE = KeyedSlots.NONE;
    private static final long NO_KEY = -1;

    private final Findings findings;
    private final KeyedSlots slots = new KeyedSlots();
    private int[] owner = new int[16];
    private int[] bound = new int[16];
    private int[] entries = new int[16];
    /** When the owner was given the asid; for words only. */
    private long[] givenPs = new long[16];

    /** What was looked up last: most facts in a row are of one address space. */
    private long lastKey = NO_KEY;

    private int lastSlot = NONE;

    AsidOwners(Findings findings) {
        this.findings = findings;
    }

    /** The base asid an asid belongs to. */
    static int base(int asid) {
        return asid & -REGIONS;
    }

    private static long key(int chiplet, int asid) {
        return (long) chiplet << Integer.SIZE | base(asid);
    }

    private int slot(int chiplet, int asid) {
        long key = key(chiplet, asid);
        if (key != lastKey) {
            lastKey = key;
            lastSlot = slots.find(key);
        }
        return lastSlot;
    }

    private void forgetLast() {
        lastKey = NO_KEY;
    }

    private int made(int chiplet, int asid) {
        int slot = slot(chiplet, asid);
        return slot == NONE ? add(key(chiplet, asid)) : slot;
    }

    private int add(long key) {
        forgetLast();
        int slot = slots.add(key);
        if (slot == owner.length) {
            owner = Arrays.copyOf(owner, 2 * slot);
            bound = Arrays.copyOf(bound, 2 * slot);
            entries = Arrays.copyOf(entries, 2 * slot);
            givenPs = Arrays.copyOf(givenPs, 2 * slot);
        }
        owner[slot] = PageKey.NO_MM;
        bound[slot] = 0;
        entries[slot] = 0;
        givenPs[slot] = 0;
        return slot;
    }

    private void tidy(int slot) {
        if (owner[slot] == PageKey.NO_MM && bound[slot] == 0 && entries[slot] == 0) {
            slots.remove(slot);
            forgetLast();
        }
    }

    /** The address space an asid belongs to, or {@link PageKey#NO_MM}. */
    int owner(int chiplet, int asid) {
        int slot = slot(chiplet, asid);
        return slot == NONE ? PageKey.NO_MM : owner[slot];
    }

    /** Whether contexts are loaded under an asid that belongs to an address space. */
    boolean live(int chiplet, int asid) {
        int slot = slot(chiplet, asid);
        return slot != NONE && bound[slot] > 0 && owner[slot] != PageKey.NO_MM;
    }

    /** An address space is given a base asid. */
    void assigned(int chiplet, int asid, int mm) {
        findings.checks++;
        int slot = made(chiplet, asid);
        if (entries[slot] > 0) {
            Deed before = findings.deed(
                    givenPs[slot],
                    Findings.DRIVER,
                    "gave the asid out under which %d entries stand".formatted(entries[slot]));
            findings.violated(Invariant.ENTRY_SURVIVED, before, Findings.DRIVER, gave(chiplet, asid, mm));
        }
        if (shared(slot, mm)) {
            findings.violated(
                    Invariant.ASID_SHARED, owned(slot, chiplet, asid), Findings.DRIVER, gave(chiplet, asid, mm));
        }
        own(slot, mm);
    }

    private static String gave(int chiplet, int asid, int mm) {
        return "gave asid %d of gru%d to address space %d".formatted(asid, chiplet, mm);
    }

    private boolean shared(int slot, int mm) {
        return bound[slot] > 0 && owner[slot] != PageKey.NO_MM && owner[slot] != mm;
    }

    private Deed owned(int slot, int chiplet, int asid) {
        return findings.deed(
                givenPs[slot], Findings.DRIVER, gave(chiplet, asid, owner[slot]) + ", which has contexts loaded,");
    }

    private void own(int slot, int mm) {
        if (owner[slot] != mm) {
            owner[slot] = mm;
            givenPs[slot] = findings.nowPs();
        }
    }

    /** An address space's asid was dropped. */
    void retired(int chiplet, int asid, int mm) {
        int slot = slot(chiplet, asid);
        if (slot != NONE && owner[slot] == mm) {
            owner[slot] = PageKey.NO_MM;
            tidy(slot);
        }
    }

    /** A context of an address space is loaded under an asid. */
    void bound(int chiplet, int context, int asid, int mm) {
        findings.checks++;
        int slot = made(chiplet, asid);
        if (shared(slot, mm)) {
            findings.violated(
                    Invariant.ASID_SHARED,
                    owned(slot, chiplet, asid),
                    Findings.DRIVER,
                    "loaded context %d under it for address space %d".formatted(context, mm));
        }
        own(slot, mm);
        bound[slot]++;
    }

    /** A context is no longer loaded under an asid. */
    void unbound(int chiplet, int asid) {
        int slot = slot(chiplet, asid);
        if (slot != NONE && bound[slot] > 0) {
            bound[slot]--;
            tidy(slot);
        }
    }

    void entered(int chiplet, int asid) {
        entries[made(chiplet, asid)]++;
    }

    void removed(int chiplet, int asid) {
        int slot = slot(chiplet, asid);
        if (slot != NONE && entries[slot] > 0) {
            entries[slot]--;
            tidy(slot);
        }
    }

    @Override
    public void state(StateIo io) {
        int count = io.i32(slots.size());
        if (io.loading()) {
            slots.clear();
            forgetLast();
        } else {
            slots.sort();
        }
        for (int i = 0; i < count; i++) {
            long key = io.i64(io.loading() ? 0 : slots.key(slots.sorted(i)));
            int slot = io.loading() ? add(key) : slots.sorted(i);
            owner[slot] = io.i32(owner[slot]);
            bound[slot] = io.i32(bound[slot]);
            entries[slot] = io.i32(entries[slot]);
            if (io.timed()) {
                givenPs[slot] = io.i64(givenPs[slot]);
            }
        }
    }
}
