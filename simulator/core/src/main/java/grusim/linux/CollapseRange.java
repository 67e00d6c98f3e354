package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Collapses the huge ranges that lie in a range as a whole, one after the other: a pass of khugepaged, or madvise(COLLAPSE),
 * which is a system call (Linux mm/khugepaged.c, 6.1). A range that cannot be collapsed does not keep the others from it.
 *
 * <p>Slots: 0 address space, 1 start, 2 length, 3 whether it is khugepaged, not the owner, that wants it. Returns 0, or the error of the last range that
 * was left as it was; -EINVAL for an unaligned start.
 */
final class CollapseRange extends KernelRoutine {
    private static final int AT = 1;
    private static final int LENGTH = 2;
    private static final int BACKGROUND = 3;
    private static final int END = 4;
    private static final int RESULT = 5;
    private static final int SLOTS = 6;

    private static final int ENTER = 0;
    private static final int NEXT = 1;
    private static final int COLLAPSED = 2;
    private static final int RETURN = 3;

    private final CollapseHugePage collapseHugePage;

    CollapseRange(Kernel kernel) {
        super(kernel, "khugepaged", SLOTS);
        this.collapseHugePage = new CollapseHugePage(kernel);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter and check the arguments";
            case NEXT -> "go to the next huge range";
            case COLLAPSED -> "collapsed";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        long hugeBytes = mm(agent).hugeBytes();
        switch (pc) {
            case ENTER -> {
                boolean aligned = MemoryCall.aligned(agent.local(AT));
                agent.local(RESULT, aligned ? 0 : -Errno.EINVAL);
                agent.local(END, agent.local(AT) + agent.local(LENGTH));
                agent.local(AT, (agent.local(AT) + hugeBytes - 1) & -hugeBytes);
                long costPs = called(agent) ? spec.syscallCostPs() : 0;
                agent.next(aligned ? NEXT : RETURN, costPs, Why.VM);
            }
            case NEXT -> {
                long at = agent.local(AT);
                if (at + hugeBytes <= agent.local(END)) {
                    agent.call(collapseHugePage, COLLAPSED, mm(agent).id(), at, called(agent) ? 1 : 0);
                } else {
                    agent.next(RETURN, 0, Why.VM);
                }
            }
            case COLLAPSED -> {
                agent.local(RESULT, agent.result() < 0 ? agent.result() : agent.local(RESULT));
                agent.local(AT, agent.local(AT) + hugeBytes);
                agent.next(NEXT, 0, Why.VM);
            }
            default -> {
                if (called(agent)) {
                    kernel.counters().add(agent.local(RESULT) < 0 ? VmCounter.CALLS_REFUSED : VmCounter.MADVISES);
                }
                agent.done(agent.local(RESULT));
            }
        }
    }

    private static boolean called(Agent agent) {
        return agent.local(BACKGROUND) == 0;
    }
}
