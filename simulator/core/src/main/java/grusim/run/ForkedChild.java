package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.Kernel;

/**
 * fork(2), and then the child's life on the same CPU: it stores to some pages in order, may call exec, and exits.
 *
 * <p>Slots: 0 address space of the parent, 1 first address stored to, 2 number of pages, 3 whether it calls exec. Returns 0,
 * or the error of fork.
 */
final class ForkedChild extends Routine {
    private static final long PAGE_BYTES = 4096;

    private static final int MM = 0;
    private static final int AT = 1;
    private static final int LEFT = 2;
    private static final int EXECS = 3;
    private static final int SLOTS = 4;

    private static final int FORK = 0;
    private static final int FORKED = 1;
    private static final int STORE = 2;
    private static final int STORED = 3;
    private static final int EXEC = 4;
    private static final int REPLACED = 5;
    private static final int EXIT = 6;
    private static final int ENDED = 7;

    private final Kernel kernel;
    private final VmCalls calls;

    ForkedChild(Engine engine, Kernel kernel, VmCalls calls) {
        super(engine, "forked child", SLOTS);
        this.kernel = kernel;
        this.calls = calls;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case FORK -> "fork";
            case FORKED -> "fork returned";
            case STORE -> "store to a page";
            case STORED -> "stored";
            case EXEC -> "exec";
            case REPLACED -> "exec returned";
            case EXIT -> "exit";
            default -> "end";
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case FORK -> a.call(kernel.processes().fork(), FORKED, a.local(MM));
            case FORKED -> {
                if (a.result() < 0) {
                    a.done(a.result());
                } else {
                    a.local(MM, a.result());
                    a.next(STORE, 0, Why.VM);
                }
            }
            case STORE -> {
                if (a.local(LEFT) == 0) {
                    a.next(a.local(EXECS) != 0 ? EXEC : EXIT, 0, Why.VM);
                } else {
                    long at = a.local(AT);
                    a.call(kernel.processes().userStore(), STORED, a.local(MM), at, ~at);
                }
            }
            case STORED -> {
                calls.returned(a.result());
                a.local(AT, a.local(AT) + PAGE_BYTES);
                a.local(LEFT, a.local(LEFT) - 1);
                a.next(STORE, 0, Why.VM);
            }
            case EXEC -> a.call(kernel.processes().exec(), REPLACED, a.local(MM));
            case REPLACED -> {
                calls.returned(a.result());
                if (a.result() >= 0) {
                    a.local(MM, a.result());
                }
                a.next(EXIT, 0, Why.VM);
            }
            case EXIT -> a.call(kernel.exitMmap(), ENDED, a.local(MM));
            default -> a.done(0);
        }
    }
}
