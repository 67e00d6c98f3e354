package grusim.contract;

/** Says when a translation breaks point 1: a live entry that is stale, or an access through one to a frame that is gone. */
final class TranslationJudge {
    private final Findings findings;
    private final FrameLives frames;
    private final AsidOwners asids;
    private final Translations all;
    private final OpenShares shares;

    TranslationJudge(Findings findings, FrameLives frames, AsidOwners asids, Translations all, OpenShares shares) {
        this.findings = findings;
        this.frames = frames;
        this.asids = asids;
        this.all = all;
        this.shares = shares;
    }

    /** Judges an entry after what somebody did to it: a live one must not be stale. Each is told of once. */
    void entry(int slot, int who, String what) {
        int marks = all.marks(slot);
        if (all.stage(slot) != Translations.ENTRY
                || (marks & Translations.STALE) == 0
                || (marks & Translations.TOLD) != 0
                || !asids.live(all.place(slot), all.asid(slot))) {
            return;
        }
        all.mark(slot, Translations.TOLD);
        int clearer = all.clearer(slot);
        String cleared = clearer == Findings.UNKNOWN
                ? "cleared before"
                : findings.deed(all.clearedPs(slot), clearer, "").by("cleared");
        Deed read = findings.deed(
                all.readPs(slot),
                all.reader(slot),
                "read the PTE of 0x%x (frame %d, %s)".formatted(PageKey.vaddr(all.page(slot)), all.pfn(slot), cleared));
        findings.violated(Invariant.STALE_ENTRY, read, who, "%s on gru%d".formatted(what, all.place(slot)));
    }

    /** A context of an address space has read or written a frame. */
    void accessed(int chiplet, int cb, int asid, int mm, long vaddr, long pfn, boolean write) {
        findings.checks++;
        long page = PageKey.of(mm, vaddr);
        if (write && frames.shared(pfn) && !shares.open(pfn)) {
            findings.violated(
                    Invariant.SHARED_FRAME_WRITTEN,
                    findings.deed(0, Findings.UNKNOWN, "let several pages share frame %d".formatted(pfn)),
                    Findings.block(chiplet, cb),
                    "wrote to it at 0x%x".formatted(vaddr));
        }
        if (frames.page(pfn) == page && all.entriesFreed() == 0) {
            return;
        }
        boolean freed = all.leadsToFreed(chiplet, asid, vaddr, pfn);
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
}
