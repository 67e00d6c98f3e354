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
 *
 * <p>As long as nothing happens to its frame or page a translation is fresh and costs little: it lies where it is used, by
 * agent, control block or frame. Then it becomes an ordinary one in the pool. Relies on a PTE being cleared before it is
 * set to another frame.
 */
final class StaleTranslations implements Stateful {
    private static final int NONE = Translations.NONE;
    private static final int FRESH = PendingDropins.FRESH;

    private final Findings findings;
    private final FrameLives frames;
    private final AsidOwners asids;
    private final Topics topics;
    private final boolean keepsFresh;
    private final Translations all = new Translations();
    private final PendingDropins pending;
    private final OpenClears open = new OpenClears();
    private final OpenShares shares;
    private final TranslationJudge judge;

    /** {@code keepsFresh} is for timed runs; in explorations, which save states all the time, nothing is kept fresh. */
    StaleTranslations(Findings findings, FrameLives frames, AsidOwners asids, Topics topics, boolean keepsFresh) {
        this.findings = findings;
        this.frames = frames;
        this.asids = asids;
        this.topics = topics;
        this.keepsFresh = keepsFresh;
        this.pending = new PendingDropins(all, frames);
        this.shares = new OpenShares(topics);
        this.judge = new TranslationJudge(findings, frames, asids, all, shares);
    }

    /** Judges how translations are used. */
    TranslationJudge judge() {
        return judge;
    }

    // ---- the life of a translation ----

    /** An agent has read a page's PTE. */
    void read(int agent, long page, long pfn) {
        topics.translationConsulted(PageKey.vaddr(page));
        pending.read(agent, slotNow(agent, page, pfn), page, pfn, findings.nowPs());
    }

    private int slotNow(int agent, long page, long pfn) {
        return keepsFresh && frames.mappedAlone(pfn, page) ? FRESH : readNow(agent, page, pfn);
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
                all.mark(slot, Translations.STALE);
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
        if (!pending.command(agent, chiplet, cb, page, pfn)) {
            pending.command(agent, chiplet, cb, slotNow(agent, page, pfn), page, pfn, findings.nowPs());
        }
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
        int reader = pending.reader(chiplet, cb);
        long readPs = pending.readPs(chiplet, cb);
        if (slot == NONE) {
            reader = Findings.block(chiplet, cb);
            readPs = findings.nowPs();
            slot = slotNow(reader, page, pfn);
        }
        int replaced = all.isEmpty() ? NONE : all.entryOf(chiplet, asid, page, pageShift);
        if (replaced != NONE) {
            all.release(replaced);
        }
        long entry = TranslationPool.pair(chiplet, asid) + 1;
        if (slot == FRESH && pageShift == PageKey.SHIFT && frames.mayEnter(pfn, entry)) {
            frames.enter(pfn, entry, reader, readPs);
            return;
        }
        slot = slot == FRESH ? all.add(page, pfn, reader, readPs) : slot;
        all.enter(slot, chiplet, asid, pageShift);
        judge.entry(slot, Findings.block(chiplet, cb), "wrote an entry with it");
    }

    /** An entry left the TLB. */
    void removed(int chiplet, int asid, long vaddr, long pfn, int pageShift) {
        informPage(vaddr, pageShift);
        if (frames.entry(pfn) == TranslationPool.pair(chiplet, asid) + 1
                && PageKey.vaddr(frames.page(pfn)) == (vaddr & -PageKey.BYTES)) {
            frames.leave(pfn);
            return;
        }
        int slot = all.entry(chiplet, asid, vaddr, pfn, pageShift);
        if (slot != NONE) {
            all.release(slot);
        }
    }

    /** The asids of a base were dropped: entries under them are dead. */
    void retired(int chiplet, int base) {
        topics.translationsChanged();
        for (long pfn = frames.nextEntered(0); pfn >= 0; pfn = frames.nextEntered(pfn + 1)) {
            long entry = frames.entry(pfn) - 1;
            if (entry >> Integer.SIZE == chiplet && AsidOwners.base((int) entry) == base) {
                frames.leave(pfn);
            }
        }
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
                judge.entry(slot, who, "loaded a context that can use the entry");
            }
        }
    }

    private void informPage(long vaddr, int pageShift) {
        long first = vaddr & -1L << pageShift;
        topics.translationsChanged(first, first + (1L << pageShift));
    }

    private boolean under(int slot, int chiplet, int base) {
        return all.stage(slot) == Translations.ENTRY
                && all.place(slot) == chiplet
                && AsidOwners.base(all.asid(slot)) == base;
    }

    // ---- fresh translations ----

    /** Something is about to happen to a frame or its page: the fresh translations of it become ordinary ones. */
    void touched(long pfn) {
        if (frames.entry(pfn) != FrameLives.NO_ENTRY) {
            promoteEntry(pfn);
        }
        if (frames.pending(pfn)) {
            pending.promote(pfn);
        }
    }

    private void promoteEntry(long pfn) {
        long entry = frames.entry(pfn) - 1;
        int slot = all.add(frames.page(pfn), pfn, frames.entryReader(pfn), frames.entryReadPs(pfn));
        frames.leave(pfn);
        all.enter(slot, (int) (entry >> Integer.SIZE), (int) entry, PageKey.SHIFT);
    }

    private void promoteAll() {
        for (long pfn = frames.nextEntered(0); pfn >= 0; pfn = frames.nextEntered(pfn + 1)) {
            promoteEntry(pfn);
        }
        pending.promote(PendingDropins.NONE);
    }

    // ---- the life of a page ----

    /** A present PTE that led to a frame was cleared. */
    void cleared(int agent, long page, long pfn) {
        touched(pfn);
        informRange(PageKey.vaddr(page), PageKey.vaddr(page) + PageKey.BYTES);
        topics.clearsChanged(agent);
        int bit = open.begin(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        for (int slot = all.firstOf(page); slot != NONE; slot = all.nextOf(slot)) {
            all.clearedUnder(slot, bit, agent, findings.nowPs());
        }
        for (int slot = 0; all.large() > 0 && slot < all.high(); slot++) {
            if (all.used(slot) && all.translates(slot, PageKey.mm(page), PageKey.vaddr(page))) {
                all.clearedUnder(slot, bit, agent, findings.nowPs());
            }
        }
    }

    /** An agent has mapped a frame to one more page. */
    void shared(int agent, long pfn) {
        shares.begin(agent, pfn);
    }

    /** An agent has told everybody of the pages that may not be written any more since it has shared their frames. */
    void writesTaken(int agent) {
        shares.end(agent);
    }

    /** An agent has announced the end of what it did to a range. */
    void ended(int agent, int mm, long start, long end) {
        findings.checks++;
        shares.end(agent);
        int bit = open.bit(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        informRange(start, end);
        topics.clearsChanged(agent);
        topics.asidConsulted();
        for (int slot = 0; all.cleared(bit) > 0 && slot < all.high(); slot++) {
            if (all.used(slot) && all.clearedBy(slot, bit)) {
                all.clearEnded(slot, bit);
                if (all.overlaps(slot, mm, start, end)) {
                    all.mark(slot, Translations.STALE);
                    judge.entry(slot, agent, "announced the end of its clear while the entry lives");
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

    /** An agent's clears, if any, stay without an announced end. */
    void abandoned(int agent) {
        int bit = open.bit(agent);
        if (bit == OpenClears.NONE) {
            return;
        }
        topics.clearsChanged(agent);
        for (int slot = 0; all.cleared(bit) > 0 && slot < all.high(); slot++) {
            if (all.used(slot) && all.clearedBy(slot, bit)) {
                all.clearEnded(slot, bit);
            }
        }
        open.end(bit);
    }

    /** A frame is freed; the frame's life has not ended yet. */
    void freed(long pfn) {
        touched(pfn);
        shares.free(pfn);
        long page = frames.page(pfn);
        if (frames.moved(pfn) || all.large() > 0) {
            topics.translationsChanged();
            for (int slot = 0; slot < all.high(); slot++) {
                if (all.used(slot) && all.uses(slot, pfn)) {
                    all.frameFreed(slot);
                }
            }
            return;
        }
        topics.translationsChanged(PageKey.vaddr(page), PageKey.vaddr(page) + PageKey.BYTES);
        for (int slot = all.firstOf(page); slot != NONE; slot = all.nextOf(slot)) {
            if (all.pfn(slot) == pfn) {
                all.frameFreed(slot);
            }
        }
    }

    @Override
    public void state(StateIo io) {
        if (!io.loading() && keepsFresh) {
            promoteAll();
        }
        if (!io.loading() && !open.sorted()) {
            open.sort();
            all.renumber(open);
        }
        open.state(io);
        shares.state(io);
        all.state(io);
        if (io.loading()) {
            pending.find();
        }
    }
}
