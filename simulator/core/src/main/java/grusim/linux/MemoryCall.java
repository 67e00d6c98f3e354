package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A system call on an address space: checks its arguments, takes mmap_sem, works, releases it, returns a value or -errno.
 * The work may have downgraded mmap_sem from writing to reading; then it is released as such.
 *
 * <p>Slots: 0 address space, 1 to 5 arguments, 6 result.
 */
abstract class MemoryCall extends KernelRoutine {
    static final int ADDRESS = 1;
    static final int LENGTH = 2;
    static final int THIRD = 3;
    static final int FOURTH = 4;
    static final int FIFTH = 5;
    private static final int RESULT = 6;

    /** First slot of the subclass. */
    static final int OWN = 7;

    /** First step of the subclass, after mmap_sem is taken. */
    static final int FIRST = 2;

    private static final int ENTER = 0;
    private static final int DOWN = 1;
    private static final int UP = 30;
    private static final int RETURN = 31;

    /** Result of {@link #check}: the call goes on. */
    static final long GO_ON = Long.MIN_VALUE;

    private final boolean write;
    private final VmCounter succeeded;

    MemoryCall(Kernel kernel, String name, int slots, boolean write, VmCounter succeeded) {
        super(kernel, name, slots);
        this.write = write;
        this.succeeded = succeeded;
    }

    /** Checks the arguments without a lock; returns {@link #GO_ON} or the call's result. */
    abstract long check(Agent agent, Mm mm);

    /** Performs a step under mmap_sem. */
    abstract void work(Agent agent, Mm mm, int pc);

    /** Names a step under mmap_sem. */
    abstract String workName(int pc);

    /** Ends a step and the work: mmap_sem is released and the call returns the value. */
    final void finish(Agent agent, long result) {
        agent.local(RESULT, result);
        agent.next(UP, 0, Why.VM);
    }

    @Override
    public final String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter and check the arguments";
            case DOWN -> write ? "take mmap_sem for writing" : "take mmap_sem for reading";
            case UP -> "release mmap_sem";
            case RETURN -> "return";
            default -> workName(pc);
        };
    }

    @Override
    public final void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case ENTER -> {
                long result = check(agent, mm);
                agent.local(RESULT, result);
                agent.next(result == GO_ON ? DOWN : RETURN, spec.syscallCostPs(), Why.VM);
            }
            case DOWN -> {
                if (write) {
                    downWrite(agent, mm, DOWN, FIRST);
                } else {
                    downRead(agent, mm, DOWN, FIRST);
                }
            }
            case UP -> {
                if (mm.mmapSem().heldForWriting(agent)) {
                    upWrite(agent, mm, RETURN);
                } else {
                    upRead(agent, mm, RETURN);
                }
            }
            case RETURN -> {
                long result = agent.local(RESULT);
                kernel.counters().add(result < 0 ? VmCounter.CALLS_REFUSED : succeeded);
                agent.done(result);
            }
            default -> work(agent, mm, pc);
        }
    }

    /** Whether an address is page aligned. */
    static boolean aligned(long vaddr) {
        return Mm.pageAligned(vaddr) == vaddr;
    }
}
