package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;

/** A user thread goes on with its program on a core it has been moved to. Slot 0: thread. */
final class ThreadArrival extends Routine {
    private static final int THREAD = 0;

    private final Simulation simulation;
    private final Routine program;

    ThreadArrival(Simulation simulation, Routine program) {
        super(simulation.engine(), "thread moved here", 1);
        this.simulation = simulation;
        this.program = program;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "run its address space";
            case 1 -> "go on with its program";
            default -> "gone or ended";
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        switch (pc) {
            case 0 -> {
                if (simulation.cpusSwitch()) {
                    a.call(simulation.kernel().switchMm(), 1, thread.process.mm.id());
                } else {
                    a.next(1, 0, Why.VM);
                }
            }
            case 1 -> a.call(program, 2, thread.id);
            default -> a.done(0);
        }
    }
}
