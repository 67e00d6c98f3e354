package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * Point 1: no device access through a translation to a frame after its free, and no live TLB entry whose PTE value was read
 * before a clear whose end was announced.
 *
 * <p>A translation is followed from the read of its PTE through the dropin command to the TLB entry. An entry is live while
 * contexts are loaded under its asid. A request whose entry has left the TLB meanwhile is judged by the frame alone. Does
 * not judge entries that outlive a loss of rights.
 */
final class StaleTranslations implements Stateful {
    private static final int NONE = Translations.NONE;

    private final Findings findings;
    private final FrameLives frames;
    private final AsidOwners asids;
    private final Topics topics;
    private final Translations all = new Translations();
    private final PendingDropins pending = new PendingDropins(all);
    private final OpenClears open = new OpenClears();

    StaleTranslations(Findings findings, FrameLives frames, AsidOwners asids, Topics topics) {
        this.findings = findings;
        this.frames = frames;
        this.asids = asids;
        this.topics = topics;
    }

    // ---- the life of a translation ----

    /** An agent has read a page's PTE. */
    void read(int agent, long page, long pfn) {
        topics.translationConsulted(PageKey.vaddr(page));
        pending.read(agent, readNow(agent, page, pfn));
    }

    /** A translation as it is read now; a value that the page tables no longer hold was read before its clear. */
    private int readNow(int agent, long page, long pfn) {
        int slot = all.add(page, pfn, agent, findings.nowPs());
        topics.frameConsulted(pfn);
        if (!frames.mapped(pfn, page)) {
            topics.clearsConsulted();
            if (!frames.allocated(pfn)) {
                all.frameFreed(slot);
            }
            if (open.open() == 0) {
                all.marks[slot] |= Translations.STALE;
            }
            for (long left = open.open(); left != 0; left &= left - 1) {
                all.clearedUnder(slot, Long.numberOfTrailingZeros(left));
            }
        }
        return slot;
    }

    /** An agent commands a dropin, with what it read last of the page. */
    void commanded(int agent, int chiplet, int cb, long page, long pfn) {
        topics.translationConsulted(PageKey.vaddr(page));
        topics.missChanged(cb);
        int slot = pending.takeRead(agent, page, pfn);
        pending.command(chiplet, cb, slot == NONE ? readNow(agent, page, pfn) : slot);
    }

    /** A dropin was ignored. */
    void killed(int chiplet, int cb) {
        topics.missChanged(cb);
        pending.dropCommand(chiplet, cb);
    }

    /** A dropin wrote an entry. */
    void entered(int chiplet, int cb, int asid, long vaddr, long pfn, int pageShift) {
        findings.checks++;
        topics.missChanged(cb);
        informPage(vaddr, pageShift);
        int owner = asids.owner(chiplet, asid);
        if (owner == PageKey.NO_MM) {
            killed(chiplet, cb);
            return;
        }
        long page = PageKey.of(owner, vaddr);
        int slot = pending.takeCommand(chiplet, cb, page, pfn);
        if (slot == NONE) {
            slot = readNow(Findings.block(chiplet, cb), page, pfn);
        }
        removed(chiplet, asid, vaddr, pageShift);
        all.enter(slot, chiplet, asid, pageShift);
        judge(slot, Findings.block(chiplet, cb), "wrote an entry with it");
    }

    /** An entry left the TLB. */
    void removed(int chiplet, int asid, long vaddr, int pageShift) {
        informPage(vaddr, pageShift);
        int slot = all.entry(chiplet, asid, vaddr, pageShift);
        if (slot != NONE) {
            all.release(slot);
        }
    }

    /** The asids of a base were dropped: entries under them are dead. */
    void retired(int chiplet, int base) {
        topics.translationsChanged();
        for (int slot = 0; slot < all.high(); slot++) {
            if (under(slot, chiplet, base)) {
                all.release(slot);
            }
        }
    }

    /** A context was loaded under a base asid: the entries there are live from now on. */
    void bound(int chiplet, int base, int who) {
        topics.translationsChanged();
        for (int slot = 0; slot < all.high(); slot++) {
            if (under(slot, chiplet, base)) {
                judge(slot, who, "loaded a context that can use the entry");
            }
        }
    }

    private void informPage(long vaddr, int pageShift) {
        long first = vaddr & -1L << pageShift;
        topics.translationsChanged(first, first + (1L << pageShift));
    }

    private boolean under(int slot, int chiplet, int base) {
        return all.stage[slot] == Translations.ENTRY
                && all.place[slot] == chiplet
                && AsidOwners.base(all.asid[slot]) == base;
    }

    // ---- the life of a page ----

    /** A present PTE was cleared. */
    void cleared(int agent, long page) {
        informRange(PageKey.vaddr(page), PageKey.vaddr(page) + PageKey.BYTES);
        topics.clearsChanged(agent);
        int bit = open.begin(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        for (int slot = all.firstOf(page); slot != NONE; slot = all.nextOf(slot)) {
            clearedUnder(slot, bit, agent);
        }
        for (int slot = 0; all.large() > 0 && slot < all.high(); slot++) {
            if (all.stage[slot] != Translations.UNUSED && all.translates(slot, PageKey.mm(page), PageKey.vaddr(page))) {
                clearedUnder(slot, bit, agent);
            }
        }
    }

    private void clearedUnder(int slot, int bit, int agent) {
        all.clearedUnder(slot, bit);
        all.clearer[slot] = agent;
        all.clearedPs[slot] = findings.nowPs();
    }

    /** An agent has announced the end of what it did to a range. */
    void ended(int agent, int mm, long start, long end) {
        findings.checks++;
        int bit = open.bit(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        informRange(start, end);
        topics.clearsChanged(agent);
        topics.asidConsulted();
        for (int slot = 0; all.cleared(bit) > 0 && slot < all.high(); slot++) {
            if (all.stage[slot] != Translations.UNUSED && (all.clears[slot] >>> bit & 1) != 0) {
                all.clearEnded(slot, bit);
                if (overlaps(slot, mm, start, end)) {
                    all.marks[slot] |= Translations.STALE;
                    judge(slot, agent, "announced the end of its clear while the entry lives");
                }
            }
        }
        open.end(bit);
    }

    /** Says that translations of a range change; a large page's may lie under another key. */
    private void informRange(long start, long end) {
        if (all.large() > 0) {
            topics.translationsChanged();
        } else {
            topics.translationsChanged(start, end);
        }
    }

    private boolean overlaps(int slot, int mm, long start, long end) {
        long first = all.vaddr(slot);
        return PageKey.mm(all.page[slot]) == mm && first < end && first + (1L << all.shift[slot]) > start;
    }

    /** An agent's clears, if any, stay without an announced end. */
    void abandoned(int agent) {
        int bit = open.bit(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        topics.clearsChanged(agent);
        for (int slot = 0; all.cleared(bit) > 0 && slot < all.high(); slot++) {
            if (all.stage[slot] != Translations.UNUSED && (all.clears[slot] >>> bit & 1) != 0) {
                all.clearEnded(slot, bit);
            }
        }
        open.end(bit);
    }

    /** A frame is freed; the frame's life has not ended yet. */
    void freed(long pfn) {
        long page = frames.page(pfn);
        if (frames.moved(pfn) || all.large() > 0) {
            topics.translationsChanged();
            for (int slot = 0; slot < all.high(); slot++) {
                if (all.stage[slot] != Translations.UNUSED && all.uses(slot, pfn)) {
                    all.frameFreed(slot);
                }
            }
            return;
        }
        topics.translationsChanged(PageKey.vaddr(page), PageKey.vaddr(page) + PageKey.BYTES);
        for (int slot = all.firstOf(page); slot != NONE; slot = all.nextOf(slot)) {
            if (all.pfn[slot] == pfn) {
                all.frameFreed(slot);
            }
        }
    }

    // ---- judgement ----

    private void judge(int slot, int who, String what) {
        int marks = all.marks[slot];
        if (all.stage[slot] != Translations.ENTRY
                || (marks & Translations.STALE) == 0
                || (marks & Translations.TOLD) != 0
                || !asids.live(all.place[slot], all.asid[slot])) {
            return;
        }
        all.marks[slot] |= Translations.TOLD;
        int clearer = all.clearer[slot];
        String cleared = clearer == Findings.UNKNOWN
                ? "cleared before"
                : "cleared by %s at %d ps".formatted(findings.name(clearer), all.clearedPs[slot]);
        Deed read = findings.deed(
                all.readPs[slot],
                all.reader[slot],
                "read the PTE of 0x%x (frame %d, %s)".formatted(PageKey.vaddr(all.page[slot]), all.pfn[slot], cleared));
        findings.violated(Invariant.STALE_ENTRY, read, who, "%s on gru%d".formatted(what, all.place[slot]));
    }

    /** A context of an address space has read or written a frame. */
    void accessed(int chiplet, int cb, int asid, int mm, long vaddr, long pfn, boolean write) {
        findings.checks++;
        topics.frameConsulted(pfn);
        topics.translationConsulted(vaddr);
        long page = PageKey.of(mm, vaddr);
        if (frames.page(pfn) == page && all.entriesFreed() == 0) {
            return;
        }
        int slot = all.entryFor(chiplet, asid, vaddr);
        boolean freed = slot != NONE && all.frameOf(slot, vaddr) == pfn && (all.marks[slot] & Translations.FREED) != 0;
        boolean foreign = !frames.allocated(pfn) || (frames.page(pfn) != page && !frames.moved(pfn));
        if (freed || foreign) {
            Deed free = findings.deed(
                    frames.freedPs(pfn),
                    frames.freedBy(pfn),
                    "freed frame %d that held 0x%x".formatted(pfn, vaddr & -PageKey.BYTES));
            findings.violated(
                    Invariant.FRAME_ACCESSED_AFTER_FREE,
                    free,
                    Findings.block(chiplet, cb),
                    "%s it at 0x%x".formatted(write ? "wrote to" : "read from", vaddr));
        }
    }

    @Override
    public void state(StateIo io) {
        if (!io.loading() && !open.sorted()) {
            open.sort();
            all.renumber(open);
        }
        open.state(io);
        all.state(io);
        if (io.loading()) {
            pending.find();
        }
    }
}
