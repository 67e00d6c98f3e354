package grusim.contract;

import grusim.engine.Agent;
import grusim.linux.Pte;
import grusim.linux.VmObserver;

/** Hands what the virtual memory announces to the invariants it matters to. */
final class VmWatch implements VmObserver {
    private final Findings findings;
    private final FrameLives frames;
    private final StaleTranslations translations;
    private final MemoryContent content;
    private final Lifetimes mms;
    private final Lifetimes tables;
    private final boolean bytesKept;
    private final Topics topics;

    VmWatch(
            Findings findings,
            FrameLives frames,
            StaleTranslations translations,
            MemoryContent content,
            Lifetimes mms,
            Lifetimes tables,
            boolean bytesKept,
            Topics topics) {
        this.findings = findings;
        this.frames = frames;
        this.translations = translations;
        this.content = content;
        this.mms = mms;
        this.tables = tables;
        this.bytesKept = bytesKept;
        this.topics = topics;
    }

    @Override
    public void mmCreated(int mm) {
        topics.addressSpacesChanged();
        mms.begun(mm);
    }

    @Override
    public void mmGone(Agent agent, int mm) {
        topics.addressSpacesChanged();
        mms.ended(mm, agent.id());
        translations.abandoned(agent.id());
    }

    @Override
    public void frameAllocated(Agent agent, long pfn) {
        topics.frameChanged(pfn);
        translations.touched(pfn);
        frames.allocate(pfn);
    }

    @Override
    public void frameFreed(Agent agent, long pfn) {
        topics.frameChanged(pfn);
        translations.freed(pfn);
        frames.free(pfn, agent.id(), findings.nowPs());
    }

    @Override
    public void pteSet(Agent agent, int mm, long vaddr, long pte, boolean fresh) {
        long pfn = Pte.pfn(pte);
        long page = PageKey.of(mm, vaddr);
        topics.frameChanged(pfn);
        long before = frames.page(pfn);
        if (fresh) {
            drop(page);
        } else if (frames.mappedElsewhere(pfn, page)) {
            copy(before, page);
            translations.shared(agent.id(), pfn);
        } else if (before != FrameLives.NO_PAGE && before != page) {
            move(before, page);
        }
        if (before != page) {
            translations.touched(pfn);
        }
        frames.map(pfn, page);
    }

    @Override
    public void pteCleared(Agent agent, int mm, long vaddr, long oldPte, boolean kept) {
        long page = PageKey.of(mm, vaddr);
        topics.frameChanged(Pte.pfn(oldPte));
        frames.unmap(Pte.pfn(oldPte), page);
        translations.cleared(agent.id(), page, Pte.pfn(oldPte));
        if (!kept) {
            drop(page);
        }
    }

    private void drop(long page) {
        if (bytesKept) {
            topics.contentChanged(PageKey.vaddr(page));
            content.drop(page);
        }
    }

    private void copy(long from, long to) {
        if (bytesKept && from != to) {
            topics.contentChanged(PageKey.vaddr(from));
            topics.contentChanged(PageKey.vaddr(to));
            content.copy(from, to);
        }
    }

    private void move(long from, long to) {
        if (bytesKept) {
            topics.contentChanged(PageKey.vaddr(from));
            topics.contentChanged(PageKey.vaddr(to));
            content.move(from, to);
        }
    }

    @Override
    public void pteRead(Agent agent, int mm, long vaddr, long pte) {
        topics.addressSpaceConsulted();
        mms.used(mm, agent.id(), "walked its page tables");
        translations.read(agent.id(), PageKey.of(mm, vaddr), Pte.pfn(pte));
    }

    @Override
    public void swapMoved(Agent agent, int mm, long from, long to) {
        move(PageKey.of(mm, from), PageKey.of(mm, to));
    }

    @Override
    public void writesTaken(Agent agent, int mm) {
        translations.writesTaken(agent.id());
    }

    @Override
    public void swapShared(Agent agent, int mm, long vaddr, int toMm) {
        copy(PageKey.of(mm, vaddr), PageKey.of(toMm, vaddr));
    }

    @Override
    public void swapDiscarded(Agent agent, int mm, long vaddr) {
        drop(PageKey.of(mm, vaddr));
    }

    @Override
    public void tableAllocated(Agent agent, long table) {
        topics.tablesChanged();
        tables.begun((int) table);
    }

    @Override
    public void tableFreed(Agent agent, long table) {
        findings.checks++;
        topics.tablesChanged();
        tables.ended((int) table, agent.id());
    }

    @Override
    public void tableReadAfterFree(Agent agent, long table) {
        findings.checks++;
        topics.tablesChanged();
        tables.usedAfterEnd((int) table, agent.id(), "read an entry of page-table page " + table);
    }

    @Override
    public void rangeStart(Agent agent, int mm, long start, long end) {
        translations.abandoned(agent.id());
    }

    @Override
    public void rangeEnd(Agent agent, int mm, long start, long end) {
        translations.ended(agent.id(), mm, start, end);
    }

    @Override
    public void pageInvalidated(Agent agent, int mm, long vaddr) {
        long page = vaddr & -PageKey.BYTES;
        translations.ended(agent.id(), mm, page, page + PageKey.BYTES);
    }
}
