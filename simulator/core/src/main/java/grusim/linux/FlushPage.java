package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;

/**
 * What follows the clear of one page's entry under the page-table lock: the rest of ptep_clear_flush, and of
 * ptep_clear_flush_notify if it is to call out by page (Linux include/linux/mmu_notifier.h). The clear is announced to who
 * wants to know, the CPUs' TLBs are flushed, the flush is announced to who wants to know, then the page.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether to call out by page. Returns 0.
 */
final class FlushPage extends KernelRoutine {
    private static final int VADDR = 1;
    private static final int NOTIFY = 2;
    private static final int SLOTS = 3;

    private static final int ENTER = 0;
    private static final int CLEARED = 1;
    private static final int FLUSH = 2;
    private static final int FLUSHED = 3;
    private static final int ANNOUNCED = 4;
    private static final int PAGE_PREPARE = 5;
    private static final int INVALIDATE_PAGE = 6;
    private static final int RETURN = 7;

    FlushPage(Kernel kernel) {
        super(kernel, "ptep_clear_flush", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "the pte is cleared";
            case CLEARED -> "announce the clear";
            case FLUSH -> "flush the CPUs' TLBs";
            case FLUSHED -> "announce the flush";
            case ANNOUNCED -> "announced the clear";
            case PAGE_PREPARE -> "the CPUs' TLBs are flushed";
            case INVALIDATE_PAGE -> "announce the page";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        long start = agent.local(VADDR) & -PhysicalMemory.FRAME_BYTES;
        long end = start + PhysicalMemory.FRAME_BYTES;
        int afterFlush = agent.local(NOTIFY) != 0 ? PAGE_PREPARE : RETURN;
        boolean announces = mm.calls(SecondaryMmu::cleared) || mm.calls(SecondaryMmu::flushed);
        switch (pc) {
            case ENTER -> agent.next(mm.calls(SecondaryMmu::cleared) ? CLEARED : FLUSH, 0, Why.VM);
            case CLEARED -> kernel.callouts().cleared(agent, mm, start, end, FLUSH);
            case FLUSH -> kernel.shootdown().flushPage(agent, mm, announces ? FLUSHED : afterFlush);
            case FLUSHED -> kernel.callouts().flushed(agent, mm, start, end, ANNOUNCED);
            case ANNOUNCED -> {
                kernel.callouts().invalidated(agent, mm, start, end);
                agent.next(afterFlush, 0, Why.VM);
            }
            case PAGE_PREPARE -> kernel.callouts().prepare(agent, mm, INVALIDATE_PAGE);
            case INVALIDATE_PAGE -> kernel.callouts().invalidatePage(agent, mm, start, RETURN);
            default -> {
                if (agent.local(NOTIFY) != 0) {
                    kernel.callouts().pageInvalidated(agent, mm, start);
                }
                agent.done(0);
            }
        }
    }
}
