package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;

/** A user thread: does the operations of its program one after the other, then closes its context. Slot 0: thread. */
final class UserThread extends Routine {
    private static final int THREAD = 0;
    private static final int GENERATION = 1;

    private static final int FETCH = 0;
    private static final int ARRIVED = 1;
    private static final int CALL_RETURNED = 2;
    private static final int CLOSED = 3;
    private static final int ENDED = 4;
    private static final int LEAVE = 5;
    private static final int LEAVE_CORE = 6;
    private static final int MOVE = 7;

    private final Simulation simulation;
    private final RunInstructions runInstructions;
    private final RunMessages runMessages;
    private final ReplayTrace replayTrace;
    private final RunRaw runRaw;
    private final VmCalls calls;
    private final RequestCalls requests;
    private final ThreadArrival arrival;

    UserThread(Simulation simulation, VmCalls calls, MessageTraffic traffic) {
        super(simulation.engine(), "user program", 2);
        this.simulation = simulation;
        this.calls = calls;
        this.requests = new RequestCalls(simulation.driver());
        this.arrival = new ThreadArrival(simulation, this);
        this.runInstructions = new RunInstructions(simulation);
        this.runMessages = new RunMessages(simulation, traffic);
        this.replayTrace = new ReplayTrace(simulation, calls);
        this.runRaw = new RunRaw(simulation);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case FETCH -> "next operation";
            case ARRIVED -> "wait at the barrier";
            case CALL_RETURNED -> "system call returned";
            case CLOSED -> "close the context";
            case LEAVE -> "leave the barrier";
            case LEAVE_CORE -> "leave the core";
            case MOVE -> "go to another core";
            case ENDED -> "end";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        switch (pc) {
            case FETCH -> fetch(a, thread);
            case ARRIVED -> {
                if (thread.process.barrier.passed(a, a.local(GENERATION))) {
                    a.next(FETCH, 0, Why.THINK);
                } else {
                    a.await(thread.process.barrier, ARRIVED, Why.THINK);
                }
            }
            case CALL_RETURNED -> {
                calls.returned(a.result());
                thread.callReturned(a.result());
                a.next(FETCH, 0, Why.VM);
            }
            case CLOSED -> {
                simulation.threadCloses();
                a.call(simulation.driver().closeSegment(), LEAVE, thread.gts.id());
            }
            case LEAVE -> {
                thread.process.barrier.leave(a);
                if (simulation.cpusSwitch()) {
                    a.call(simulation.kernel().enterLazyTlb(), ENDED);
                } else {
                    a.next(ENDED, 0, Why.IDLE);
                }
            }
            case LEAVE_CORE -> {
                if (simulation.cpusSwitch()) {
                    a.call(simulation.kernel().enterLazyTlb(), MOVE);
                } else {
                    a.next(MOVE, 0, Why.VM);
                }
            }
            case MOVE -> {
                Cpu to = thread.cores.of(((ProgramCode.Move) thread.code.at(thread.place - 1)).step());
                simulation.driver().moved(thread.gts, to);
                to.startWhenIdle(arrival, simulation.spec().kernel().threadMoveCostPs(), thread.id);
                a.done(0);
            }
            case ENDED -> {
                simulation.threadEnded();
                a.done(0);
            }
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private void fetch(Agent a, ThreadRun thread) {
        if (thread.place == thread.code.length()) {
            a.next(CLOSED, 0, Why.IDLE);
            return;
        }
        ProgramCode.Op op = thread.code.at(thread.place++);
        if (op instanceof ProgramCode.Issue) {
            thread.begin();
            a.call(runInstructions, FETCH, thread.id);
        } else if (op instanceof ProgramCode.Raw) {
            thread.begin();
            a.call(runRaw, FETCH, thread.id);
        } else if (op instanceof ProgramCode.Message) {
            thread.begin();
            a.call(runMessages, FETCH, thread.id);
        } else if (op instanceof ProgramCode.Replay) {
            thread.begin();
            thread.traceEvents = 0;
            a.call(replayTrace, FETCH, thread.id);
        } else if (op instanceof ProgramCode.Think think) {
            ((Cpu) a).pause(FETCH, think.timePs(), Why.THINK);
        } else if (op instanceof ProgramCode.Barrier) {
            a.local(GENERATION, thread.process.barrier.arrive(a));
            a.next(ARRIVED, 0, Why.THINK);
        } else if (op instanceof ProgramCode.Vm vm) {
            calls.call(a, thread, vm.step(), CALL_RETURNED);
        } else if (op instanceof ProgramCode.Request request) {
            requests.call(a, thread, request.step(), CALL_RETURNED);
        } else if (op instanceof ProgramCode.Move move) {
            boolean stays = thread.cores.of(move.step()) == a;
            a.next(stays ? FETCH : LEAVE_CORE, simulation.spec().kernel().syscallCostPs(), Why.VM);
        } else if (op instanceof ProgramCode.LoopBegin loop) {
            thread.loopsLeft(loop.depth(), loop.times());
            if (loop.times() == 0) {
                thread.place = loop.end() + 1;
            }
            a.next(FETCH, 0, Why.THINK);
        } else if (op instanceof ProgramCode.LoopEnd loop) {
            long left = thread.loopsLeft(loop.depth()) - 1;
            thread.loopsLeft(loop.depth(), left);
            if (left > 0) {
                thread.place = loop.begin() + 1;
            }
            a.next(FETCH, 0, Why.THINK);
        }
    }
}
