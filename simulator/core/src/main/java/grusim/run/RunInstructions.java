package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.Opcode;

/**
 * Issues the instructions of one program step, up to its number in flight, waiting for the oldest; in an open loop each
 * when it comes due, or when it is behind schedule as soon as there is a control block. Slot 0: thread.
 *
 * <p>A store to the control block of a context that is not loaded faults into the driver first.
 */
final class RunInstructions extends Routine {
    private static final int THREAD = 0;

    private static final int ISSUE = 0;
    private static final int POLL = 1;
    private static final int RETRIED = 2;

    private final Simulation simulation;
    private final Polling polling;
    private final SegmentFill segments;

    RunInstructions(Simulation simulation) {
        super(simulation.engine(), "user instructions", 1);
        this.simulation = simulation;
        this.polling = new Polling(simulation);
        this.segments = new SegmentFill(simulation);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ISSUE -> "start an instruction";
            case POLL -> "wait for the oldest instruction";
            case RETRIED -> "after an exception";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        IssuePlan plan = ((ProgramCode.Issue) thread.code.at(thread.place - 1)).plan();
        thread.goesOn(simulation.engine());
        if (pc == ISSUE && plan.arrivals.open()) {
            arrive(a, thread, plan);
        } else if (pc == ISSUE) {
            issue(a, thread, plan);
        } else if (pc == POLL && due(thread, plan)) {
            a.next(ISSUE, 0, Why.START);
        } else if (pc == RETRIED) {
            polling.retried(a, thread, POLL);
        } else {
            int oldest = (int) (thread.completed % plan.inFlight);
            ControlBlock cb = polling.poll(a, thread, oldest, POLL, RETRIED, untilPs(thread, plan));
            if (cb != null) {
                if (!polling.failed() || !polling.expected(thread)) {
                    simulation.checks().finished(thread, plan, cb, oldest, polling.failed());
                }
                polling.finished(thread, cb, plan.opcode);
                if (plan.chases()) {
                    thread.pointer = simulation.dsrWord(thread, (long) plan.dsrSlice * oldest);
                }
                thread.completed++;
                goOn(a, thread, plan);
            }
        }
    }

    private void goOn(Agent a, ThreadRun thread, IssuePlan plan) {
        if (thread.completed == plan.count) {
            a.done(0);
        } else if (plan.arrivals.open()) {
            a.next(ISSUE, 0, Why.POLL);
        } else if (plan.thinkPs > 0) {
            thread.thinks = true;
            ((Cpu) a).pause(thread.issued < plan.count ? ISSUE : POLL, plan.thinkPs, Why.THINK);
        } else {
            a.next(thread.issued < plan.count ? ISSUE : POLL, 0, Why.POLL);
        }
    }

    /** Whether an instruction comes due by itself and there is a control block for it. */
    private static boolean arriving(ThreadRun thread, IssuePlan plan) {
        return plan.arrivals.open() && thread.issued < plan.count && thread.issued - thread.completed < plan.inFlight;
    }

    private boolean due(ThreadRun thread, IssuePlan plan) {
        return arriving(thread, plan) && thread.duePs <= simulation.engine().nowPs();
    }

    /** Until when to wait for the oldest instruction. */
    private static long untilPs(ThreadRun thread, IssuePlan plan) {
        return arriving(thread, plan) ? thread.duePs : Polling.FOREVER;
    }

    /** Open loop: starts the instruction that has come due, or waits for the next one or for the end of one under way. */
    private void arrive(Agent a, ThreadRun thread, IssuePlan plan) {
        long nowPs = simulation.engine().nowPs();
        if (thread.duePs == ThreadRun.NOT_BEGUN) {
            thread.duePs = nowPs + thread.gapPs(plan.arrivals);
        }
        if (due(thread, plan) || thread.completed == plan.count) {
            issue(a, thread, plan);
        } else if (thread.issued > thread.completed) {
            a.next(POLL, 0, Why.POLL);
        } else {
            ((Cpu) a).pauseUntil(ISSUE, thread.duePs, Why.THINK);
        }
    }

    private void issue(Agent a, ThreadRun thread, IssuePlan plan) {
        if (thread.issued == plan.count) {
            a.done(0);
            return;
        }
        if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), ISSUE, thread.gts.id());
            return;
        }
        int user = (int) (thread.issued % plan.inFlight);
        if (plan.opcode == Opcode.BCOPY) {
            plan.fillCopy(thread.words, thread.process, thread.member, user);
        } else {
            fill(thread, plan, user);
        }
        Chiplet chiplet = simulation.chiplet(thread.gts.chiplet());
        ControlBlock cb = thread.cb(chiplet, user);
        if (plan.arrivals.open()) {
            cb.start(a, thread.words, thread.duePs);
            thread.issued++;
            thread.duePs += thread.gapPs(plan.arrivals);
            a.next(ISSUE, 0, Why.START);
            return;
        }
        cb.start(a, thread.words);
        thread.issued++;
        int oldest = (int) (thread.completed % plan.inFlight);
        if (thread.issued - thread.completed < plan.inFlight && thread.issued < plan.count) {
            a.next(ISSUE, 0, Why.START);
        } else if (oldest == user) {
            a.await(cb.awaitable(), POLL, Why.POLL);
        } else {
            a.next(POLL, 0, Why.POLL);
        }
    }

    private void fill(ThreadRun thread, IssuePlan plan, int user) {
        long at;
        if (plan.opcode == Opcode.NOP) {
            at = 0;
        } else if (plan.chases() && thread.pointer != 0) {
            at = thread.pointer;
        } else {
            at = thread.process.base(plan.region()) + plan.start(thread.issued, thread.random);
        }
        thread.address(user, at);
        plan.fill(thread.words, at, user);
        segments.fill(thread, plan, user);
    }
}
