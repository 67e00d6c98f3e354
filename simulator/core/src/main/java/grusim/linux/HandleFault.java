package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A page fault of a CPU: do_page_fault (Linux arch/x86/mm/fault.c). Takes mmap_sem for reading, checks the mapping, makes
 * the page accessible.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether it is for a write. Returns 0, 1 if swap was read, -EFAULT outside every
 * mapping, -EACCES against its protection, -ENOMEM. A plain minor fault costs {@code kernel.faultCost} plus {@code
 * kernel.zeroPageCost}: what its locks, walk and entry cost is taken out of the entry's share.
 */
final class HandleFault extends KernelRoutine {
    private static final int VADDR = 1;
    private static final int WRITE = 2;
    private static final int RESULT = 3;
    private static final int SLOTS = 4;

    private static final int ENTER = 0;
    private static final int DOWN_READ = 1;
    private static final int FIND_VMA = 2;
    private static final int HANDLED = 3;
    private static final int UP_READ = 4;

    private final MmFault mmFault;
    private final long entryCostPs;

    HandleFault(Kernel kernel, MmFault mmFault) {
        super(kernel, "do_page_fault", SLOTS);
        this.mmFault = mmFault;
        long parts = 2 * spec.lockCostPs() + 3 * spec.walkLevelLatencyPs() + spec.pteUpdateCostPs();
        this.entryCostPs = Math.max(0, spec.faultCostPs() - parts);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter";
            case DOWN_READ -> "take mmap_sem for reading";
            case FIND_VMA -> "find_vma";
            default -> "release mmap_sem";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case ENTER -> agent.next(DOWN_READ, entryCostPs, Why.PAGE_FAULT);
            case DOWN_READ -> {
                if (mm.mmapSem().downRead(agent)) {
                    agent.next(FIND_VMA, spec.lockCostPs(), Why.PAGE_FAULT);
                } else {
                    agent.await(mm.mmapSem(), DOWN_READ, Why.LOCK);
                }
            }
            case FIND_VMA -> check(agent, mm);
            case HANDLED -> {
                agent.local(RESULT, agent.result());
                mm.mmapSem().upRead(agent);
                agent.done(agent.local(RESULT));
            }
            default -> {
                mm.mmapSem().upRead(agent);
                agent.done(agent.local(RESULT));
            }
        }
    }

    private void check(Agent agent, Mm mm) {
        long vaddr = agent.local(VADDR);
        long write = agent.local(WRITE);
        int vma = mm.vmas().find(agent, vaddr);
        int error = error(mm.vmas(), vma, vaddr, write != 0);
        if (error != 0) {
            kernel.counters().add(VmCounter.FAULTS_SEGV);
            agent.local(RESULT, -error);
            agent.next(UP_READ, 0, Why.PAGE_FAULT);
        } else {
            agent.call(mmFault, HANDLED, mm.id(), vaddr, write);
            agent.local(MmFault.VMA, vma);
        }
    }

    private static int error(Vmas vmas, int vma, long vaddr, boolean write) {
        if (!vmas.contains(vma, vaddr)) {
            return Errno.EFAULT;
        }
        int wanted = write ? Prot.WRITE : Prot.MASK;
        return (vmas.protection(vma) & wanted) == 0 ? Errno.EACCES : 0;
    }
}
