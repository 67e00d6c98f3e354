package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;

/**
 * fork(2): dup_mmap (Linux kernel/fork.c, 2.6.28). Holds mmap_sem of the parent and then of the child for writing. Vma by
 * vma: link the child's vma, announce the range's start to the parent's notifier, copy the entries and take the parent's
 * right to write, announce the range's end. The CPUs' TLBs are flushed once, after the last range's end, when the child's
 * lock is released already. Every vma may be written some day, so each is announced.
 *
 * <p>Does not model vmas of devices, which a child does not get, nor the rest of a process. A child does not get hugetlb
 * mappings either, as if the parent had advised so (MADV_DONTFORK). Transparent huge pages are split.
 *
 * <p>Slot 0: the parent's address space. Returns the child's, or -EAGAIN.
 */
final class Fork extends KernelRoutine {
    private static final int CHILD = 1;
    private static final int VMA = 2;
    private static final int SLOTS = 3;

    private static final int ENTER = 0;
    private static final int TAKE = 1;
    private static final int DOWN_PARENT = 2;
    private static final int DOWN_CHILD = 3;
    private static final int FIND_VMA = 4;
    private static final int COPY_VMA = 5;
    private static final int START_PREPARE = 6;
    private static final int RANGE_START = 7;
    private static final int COPY_PTES = 8;
    private static final int END_PREPARE = 9;
    private static final int RANGE_END = 10;
    private static final int RANGE_ENDED = 11;
    private static final int UP_CHILD = 12;
    private static final int FLUSH = 13;
    private static final int UP_PARENT = 14;
    private static final int RETURN = 15;
    private static final int FLUSH_PREPARE = 16;
    private static final int FLUSHED = 17;
    private static final int FLUSH_ANNOUNCED = 18;
    private static final int RECALL = 19;

    private final SpareMms spares;
    private final CopyPageRange copyPageRange;

    Fork(Kernel kernel, SpareMms spares, CopyPageRange copyPageRange) {
        super(kernel, "dup_mmap", SLOTS);
        this.spares = spares;
        this.copyPageRange = copyPageRange;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter";
            case TAKE -> "make the child's address space";
            case DOWN_PARENT -> "take the parent's mmap_sem for writing";
            case DOWN_CHILD -> "take the child's mmap_sem for writing";
            case RECALL -> "announce the fork";
            case FIND_VMA -> "look for the next vma";
            case COPY_VMA -> "link the child's vma";
            case START_PREPARE -> "the parent's ptes are going to change";
            case RANGE_START -> "announce the range's start";
            case COPY_PTES -> "copy_page_range";
            case END_PREPARE -> "the parent's ptes have changed";
            case RANGE_END -> "announce the range's end";
            case RANGE_ENDED -> "the range's end is announced";
            case UP_CHILD -> "release the child's mmap_sem";
            case FLUSH -> "flush the CPUs' TLBs of the parent";
            case FLUSH_PREPARE -> "the CPUs' TLBs are flushed";
            case FLUSHED -> "announce the flush";
            case FLUSH_ANNOUNCED -> "announced the flush";
            case UP_PARENT -> "release the parent's mmap_sem";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm parent = mm(agent);
        int copy = parent.calls(SecondaryMmu::beforeFork) ? RECALL : FIND_VMA;
        switch (pc) {
            case ENTER -> agent.next(TAKE, spec.forkCostPs(), Why.VM);
            case TAKE -> take(agent, parent);
            case DOWN_PARENT -> downWrite(agent, parent, DOWN_PARENT, DOWN_CHILD);
            case DOWN_CHILD -> downWrite(agent, child(agent), DOWN_CHILD, copy);
            case RECALL -> kernel.callouts().beforeFork(agent, parent, FIND_VMA);
            case FIND_VMA -> {
                parent.vmas().find(agent, 0);
                while (vma(agent) < parent.vmas().count() && parent.vmas().hugetlb(vma(agent))) {
                    agent.local(VMA, agent.local(VMA) + 1);
                }
                agent.next(vma(agent) < parent.vmas().count() ? COPY_VMA : UP_CHILD, 0, Why.VM);
            }
            case COPY_VMA -> {
                child(agent).vmas().copy(agent, parent.vmas(), vma(agent));
                agent.next(START_PREPARE, spec.vmaCopyCostPs(), Why.VM);
            }
            case UP_CHILD -> upWrite(agent, child(agent), FLUSH);
            case FLUSH ->
                kernel.shootdown()
                        .flush(agent, parent, parent.calls(SecondaryMmu::flushed) ? FLUSH_PREPARE : UP_PARENT);
            case FLUSH_PREPARE -> kernel.callouts().prepare(agent, parent, FLUSHED);
            case FLUSHED ->
                kernel.callouts().flushed(agent, parent, 0, parent.vmas().limit(), FLUSH_ANNOUNCED);
            case FLUSH_ANNOUNCED -> {
                kernel.callouts().invalidated(agent, parent, 0, parent.vmas().limit());
                agent.next(UP_PARENT, 0, Why.VM);
            }
            case UP_PARENT -> {
                parent.mmapSem().upWrite(agent);
                kernel.callouts().forked(agent, parent);
                agent.next(RETURN, spec.lockCostPs(), Why.VM);
            }
            case RETURN -> {
                kernel.counters().add(VmCounter.FORKS);
                agent.done(agent.local(CHILD));
            }
            default -> copy(agent, parent, pc);
        }
    }

    private void take(Agent agent, Mm parent) {
        Mm child = spares.take(agent);
        if (child == null) {
            kernel.counters().add(VmCounter.CALLS_REFUSED);
            agent.done(-Errno.EAGAIN);
            return;
        }
        child.begin(parent);
        kernel.observer().mmCreated(child.id());
        agent.local(CHILD, child.id());
        agent.next(DOWN_PARENT, 0, Why.VM);
    }

    private void copy(Agent agent, Mm parent, int pc) {
        long start = parent.vmas().start(vma(agent));
        long end = parent.vmas().end(vma(agent));
        switch (pc) {
            case START_PREPARE -> kernel.callouts().prepare(agent, parent, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, parent, start, end, COPY_PTES);
            case COPY_PTES -> {
                long child = agent.local(CHILD);
                agent.call(copyPageRange, END_PREPARE, parent.id(), start, end);
                agent.local(CopyPageRange.CHILD, child);
            }
            case END_PREPARE -> kernel.callouts().prepare(agent, parent, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, parent, start, end, RANGE_ENDED);
            default -> {
                kernel.callouts().rangeEnded(agent, parent, start, end);
                agent.local(VMA, agent.local(VMA) + 1);
                agent.next(FIND_VMA, 0, Why.VM);
            }
        }
    }

    private Mm child(Agent agent) {
        return kernel.mm((int) agent.local(CHILD));
    }

    private static int vma(Agent agent) {
        return (int) agent.local(VMA);
    }
}
