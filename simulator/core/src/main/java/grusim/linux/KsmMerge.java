package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;

/**
 * One pass of ksmd over a range of an address space: pages of equal content come to share one frame (cmp_and_merge_page,
 * Linux mm/ksm.c). Both pages lose the right to be written; the earlier one's frame then backs the later one's page too, so
 * that writes to it copy, and if the contents are equal now and neither page was written meanwhile, the later page's entry
 * is replaced. Under mmap_sem held for reading.
 *
 * <p>A page is compared with all earlier pages of the range at one cost, where Linux searches its trees. Pages are merged
 * within one address space only, huge ones not at all. Without bytes in memory nothing is equal.
 *
 * <p>Slots: 0 address space, 1 start, 2 end. Returns the number of pages merged.
 */
final class KsmMerge extends KernelRoutine {
    private static final int START = 1;
    private static final int END = 2;
    private static final int AT = 3;
    private static final int OTHER = 4;
    private static final int FRAME = 5;
    private static final int OTHER_FRAME = 6;
    private static final int PTE = 7;
    private static final int MERGED = 8;
    private static final int SLOTS = 9;

    private static final int ENTER = 0;
    private static final int DOWN_READ = 1;
    private static final int NEXT = 2;
    private static final int FIND = 3;
    private static final int GET_PAGE = 4;
    private static final int PROTECT_OTHER = 5;
    private static final int PROTECT = 6;
    private static final int PROTECTED = 7;
    private static final int LOCK = 8;
    private static final int CHECK_OTHER = 9;
    private static final int SHARE = 10;
    private static final int UNLOCK = 11;
    private static final int UNLOCK_CHANGED = 12;
    private static final int COMPARE = 13;
    private static final int REPLACED = 14;
    private static final int UNSHARE = 15;
    private static final int PUT_PAGE = 16;
    private static final int PUT_OTHER = 17;
    private static final int GO_ON = 18;
    private static final int UP_READ = 19;
    private static final int RETURN = 20;

    private final WriteProtectPage writeProtectPage;
    private final ReplacePage replacePage;

    KsmMerge(Kernel kernel, FlushPage flushPage) {
        super(kernel, "ksmd", SLOTS);
        this.writeProtectPage = new WriteProtectPage(kernel, flushPage);
        this.replacePage = new ReplacePage(kernel, flushPage);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "begin a pass";
            case DOWN_READ -> "take mmap_sem for reading";
            case NEXT -> "go to the next page";
            case FIND -> "look for a page of equal content and take a reference";
            case GET_PAGE -> "take a reference to the page";
            case PROTECT_OTHER -> "write_protect_page, the earlier one";
            case PROTECT -> "write_protect_page, the later one";
            case PROTECTED -> "are both protected?";
            case LOCK -> "take the page-table lock";
            case CHECK_OTHER -> "look again at the earlier page's pte";
            case SHARE -> "let the earlier page's frame back the later page";
            case UNLOCK, UNLOCK_CHANGED -> "release the page-table lock";
            case COMPARE -> "pages_identical, replace_page";
            case REPLACED -> "was the pte replaced?";
            case UNSHARE -> "the frame does not back the later page";
            case PUT_PAGE, PUT_OTHER -> "put_page";
            case GO_ON -> "go on";
            case UP_READ -> "release mmap_sem";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        if (pc <= GET_PAGE || pc >= GO_ON) {
            scan(agent, mm, pc);
        } else {
            merge(agent, mm, pc);
        }
    }

    private void scan(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case ENTER -> {
                agent.local(AT, agent.local(START));
                agent.next(DOWN_READ, 0, Why.VM);
            }
            case DOWN_READ -> downRead(agent, mm, DOWN_READ, NEXT);
            case NEXT -> {
                long at = mm.tables().peekPresent(agent.local(AT), agent.local(END));
                agent.local(AT, at);
                if (at < agent.local(END)) {
                    agent.next(FIND, spec.ksmCompareCostPs(), Why.VM);
                } else {
                    agent.next(UP_READ, 0, Why.VM);
                }
            }
            case FIND -> find(agent, mm);
            case GET_PAGE -> {
                long pte = mm.peekPte(agent.local(AT));
                if (Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME)) {
                    kernel.frames().reference(agent, agent.local(FRAME));
                    agent.next(PROTECT_OTHER, 0, Why.VM);
                } else {
                    agent.next(PUT_OTHER, 0, Why.VM);
                }
            }
            case GO_ON -> {
                agent.local(AT, agent.local(AT) + PhysicalMemory.FRAME_BYTES);
                agent.next(NEXT, 0, Why.VM);
            }
            case UP_READ -> upRead(agent, mm, RETURN);
            default -> agent.done(agent.local(MERGED));
        }
    }

    /** Takes a reference to the first earlier page of equal content; only a hint, it is looked at again. */
    private void find(Agent agent, Mm mm) {
        long at = agent.local(AT);
        long pte = peek(mm, at);
        long other = agent.local(START) - PhysicalMemory.FRAME_BYTES;
        long otherFrame = FrameAllocator.NONE;
        while (Pte.present(pte) && otherFrame == FrameAllocator.NONE && other < at) {
            other = mm.tables().peekPresent(other + PhysicalMemory.FRAME_BYTES, at);
            long found = peek(mm, other);
            boolean candidate = other < at && Pte.present(found) && Pte.pfn(found) != Pte.pfn(pte);
            if (candidate && kernel.contents().same(Pte.pfn(found), Pte.pfn(pte))) {
                otherFrame = Pte.pfn(found);
            }
        }
        if (otherFrame == FrameAllocator.NONE) {
            agent.next(GO_ON, 0, Why.VM);
            return;
        }
        agent.local(OTHER, other);
        agent.local(OTHER_FRAME, otherFrame);
        agent.local(FRAME, Pte.pfn(pte));
        kernel.frames().reference(agent, otherFrame);
        agent.next(GET_PAGE, 0, Why.VM);
    }

    /** The newest pte of an address, {@link Pte#NONE} if a huge page holds it. */
    private long peek(Mm mm, long vaddr) {
        long address = mm.tables().peekEntry(vaddr);
        boolean huge =
                address != PageTables.NO_ENTRY && Pte.huge(kernel.tables().peek(address));
        return huge ? Pte.NONE : mm.peekPte(vaddr);
    }

    private void merge(Agent agent, Mm mm, int pc) {
        FrameAllocator frames = kernel.frames();
        switch (pc) {
            case PROTECT_OTHER -> protect(agent, mm, PROTECT, OTHER, OTHER_FRAME);
            case PROTECT -> {
                if (agent.result() == Pte.NONE) {
                    agent.next(PUT_PAGE, 0, Why.VM);
                } else {
                    protect(agent, mm, PROTECTED, AT, FRAME);
                }
            }
            case PROTECTED -> {
                agent.local(PTE, agent.result());
                agent.next(agent.result() == Pte.NONE ? PUT_PAGE : LOCK, 0, Why.VM);
            }
            case LOCK -> lock(agent, lockOfOther(agent, mm), LOCK, CHECK_OTHER);
            case CHECK_OTHER -> {
                long address = mm.tables().peekEntry(agent.local(OTHER));
                long pte = address == PageTables.NO_ENTRY
                        ? Pte.NONE
                        : kernel.tables().load(agent, address, Order.RELAXED);
                boolean same = Pte.present(pte) && Pte.pfn(pte) == agent.local(OTHER_FRAME) && Pte.shared(pte);
                agent.next(same ? SHARE : UNLOCK_CHANGED, 0, Why.VM);
            }
            case SHARE -> {
                frames.share(agent, agent.local(OTHER_FRAME), mm.id(), agent.local(AT));
                agent.next(UNLOCK, 0, Why.VM);
            }
            case UNLOCK -> unlock(agent, lockOfOther(agent, mm), COMPARE);
            case UNLOCK_CHANGED -> unlock(agent, lockOfOther(agent, mm), PUT_PAGE);
            case COMPARE -> compare(agent, mm);
            case REPLACED -> {
                agent.local(MERGED, agent.local(MERGED) + agent.result());
                if (agent.result() != 0) {
                    kernel.counters().add(VmCounter.PAGES_MERGED);
                }
                agent.next(agent.result() != 0 ? PUT_PAGE : UNSHARE, 0, Why.VM);
            }
            case UNSHARE -> {
                frames.dropMapping(agent, agent.local(OTHER_FRAME), mm.id(), agent.local(AT));
                agent.next(PUT_PAGE, 0, Why.VM);
            }
            case PUT_PAGE -> {
                frames.drop(agent, agent.local(FRAME), 1);
                agent.next(PUT_OTHER, spec.pageFreeCostPs(), Why.VM);
            }
            default -> {
                frames.drop(agent, agent.local(OTHER_FRAME), 1);
                agent.next(GO_ON, 0, Why.VM);
            }
        }
    }

    private void protect(Agent agent, Mm mm, int next, int page, int frame) {
        long vaddr = agent.local(page);
        long pfn = agent.local(frame);
        agent.call(writeProtectPage, next, mm.id(), vaddr);
        agent.local(ChangePte.FRAME, pfn);
    }

    private void compare(Agent agent, Mm mm) {
        long pfn = agent.local(OTHER_FRAME);
        if (!kernel.contents().same(agent.local(FRAME), pfn)) {
            agent.next(UNSHARE, spec.ksmCompareCostPs(), Why.VM);
            return;
        }
        long vaddr = agent.local(AT);
        long pte = agent.local(PTE);
        agent.call(replacePage, REPLACED, mm.id(), vaddr);
        agent.local(ChangePte.PTE, pte);
        agent.local(ChangePte.FRAME, pfn);
    }

    private SpinLock lockOfOther(Agent agent, Mm mm) {
        long address = mm.tables().peekEntry(agent.local(OTHER));
        return address == PageTables.NO_ENTRY ? mm.pageTableLock() : kernel.pageTableLock(mm, address);
    }
}
