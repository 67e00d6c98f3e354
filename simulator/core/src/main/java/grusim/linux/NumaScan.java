package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * NUMA balancing's look at a range: task_numa_work, change_prot_numa (Linux kernel/sched/fair.c, mm/mempolicy.c, 3.13).
 * Holds mmap_sem for reading; mapping by mapping it announces the range's start, makes the ptes hints, flushes the CPUs'
 * TLBs and announces the range's end. Mappings without any access are passed over.
 *
 * <p>When and where it scans is its caller's business. Slots: 0 address space, 1 start, 2 end. Returns the number of entries
 * changed.
 */
final class NumaScan extends KernelRoutine {
    private static final int AT = 1;
    private static final int END = 2;
    private static final int PART_END = 3;
    private static final int CHANGED = 4;
    private static final int SLOTS = 5;

    private static final int DOWN_READ = 0;
    private static final int NEXT_VMA = 1;
    private static final int START_PREPARE = 2;
    private static final int RANGE_START = 3;
    private static final int CHANGE_PTES = 4;
    private static final int FLUSH = 5;
    private static final int END_PREPARE = 6;
    private static final int RANGE_END = 7;
    private static final int RANGE_ENDED = 8;
    private static final int UP_READ = 9;
    private static final int RIGHTS_LOST = 10;

    private final ProtectRange protectRange;

    NumaScan(Kernel kernel, ProtectRange protectRange) {
        super(kernel, "task_numa_work", SLOTS);
        this.protectRange = protectRange;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case DOWN_READ -> "take mmap_sem for reading";
            case NEXT_VMA -> "find_vma";
            case START_PREPARE -> "the ptes are going to change";
            case RANGE_START -> "announce the range's start";
            case CHANGE_PTES -> "change_prot_numa";
            case FLUSH -> "flush the CPUs' TLBs";
            case RIGHTS_LOST -> "announce the flush";
            case END_PREPARE -> "the ptes have changed";
            case RANGE_END -> "announce the range's end";
            case RANGE_ENDED -> "the range's end is announced";
            default -> "release mmap_sem";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        long at = agent.local(AT);
        long partEnd = agent.local(PART_END);
        switch (pc) {
            case DOWN_READ -> {
                if (downRead(agent, mm, DOWN_READ, NEXT_VMA)) {
                    kernel.counters().add(VmCounter.NUMA_SCANS);
                }
            }
            case NEXT_VMA -> nextVma(agent, mm.vmas());
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, at, partEnd, CHANGE_PTES);
            case CHANGE_PTES -> {
                agent.call(protectRange, FLUSH, mm.id(), at, partEnd);
                agent.local(ProtectRange.PROTECTION, ProtectRange.HINT);
            }
            case FLUSH -> {
                agent.local(CHANGED, agent.local(CHANGED) + agent.result());
                if (agent.result() > 0) {
                    int next = mm.hearsOfFlushes() ? RIGHTS_LOST : END_PREPARE;
                    kernel.shootdown().flushRange(agent, mm, at, partEnd, next);
                } else {
                    agent.next(END_PREPARE, 0, Why.VM);
                }
            }
            case RIGHTS_LOST -> kernel.callouts().rightsLost(agent, mm, at, partEnd, END_PREPARE);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, at, partEnd, RANGE_ENDED);
            case RANGE_ENDED -> {
                kernel.callouts().rangeEnded(agent, mm, at, partEnd);
                agent.local(AT, partEnd);
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            default -> {
                mm.mmapSem().upRead(agent);
                agent.done(agent.local(CHANGED));
            }
        }
    }

    private void nextVma(Agent agent, Vmas vmas) {
        long end = agent.local(END);
        long at = agent.local(AT);
        int vma = at < end ? vmas.find(agent, at) : Vmas.NONE;
        if (vma == Vmas.NONE || vmas.start(vma) >= end) {
            agent.next(UP_READ, 0, Why.VM);
            return;
        }
        long partEnd = Math.min(vmas.end(vma), end);
        boolean accessible = vmas.protection(vma) != Prot.NONE;
        agent.local(AT, accessible ? Math.max(at, vmas.start(vma)) : partEnd);
        agent.local(PART_END, partEnd);
        agent.next(accessible ? START_PREPARE : NEXT_VMA, 0, Why.VM);
    }
}
