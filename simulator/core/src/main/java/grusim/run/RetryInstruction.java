package grusim.run;

import grusim.driver.ExceptionDetail;
import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * The user library after an exception (gru_retry_exception): asks the driver for the detail and sets the command bit
 * again, at most three times, while every cause is a retryable one and the execution was not aborted.
 *
 * <p>Slots: 0 thread, 1 the user's number of the control block, 2 times tried, 3 message-queue substatus. Returns
 * {@link UserExceptions#RETRIED}, or {@link UserExceptions#GIVEN_UP} with the causes.
 */
final class RetryInstruction extends Routine {
    private static final int THREAD = 0;
    private static final int USER_CBR = 1;
    private static final int TRIES = 2;
    private static final int SUBSTATUS = 3;

    private static final int ASK = 0;
    private static final int TOLD = 1;
    private static final int RESTART = 2;

    private final Simulation simulation;

    RetryInstruction(Simulation simulation) {
        super(simulation.engine(), "gru_retry_exception", 4);
        this.simulation = simulation;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ASK -> "ask for the exception's detail";
            case TOLD -> "may the instruction start again?";
            case RESTART -> "set the command bit again";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        int user = (int) a.local(USER_CBR);
        switch (pc) {
            case ASK -> ask(a, thread, user);
            case TOLD -> told(a, thread);
            case RESTART -> restart(a, thread, user);
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private void ask(Agent a, ThreadRun thread, int user) {
        if (!UserExceptions.detailed((int) a.local(SUBSTATUS))) {
            a.done(UserExceptions.GIVEN_UP);
        } else if (thread.gts.mapping().present(a)) {
            a.call(simulation.driver().exceptionRequest(), TOLD, thread.gts.id(), user);
        } else {
            a.call(simulation.driver().segmentFault(), ASK, thread.gts.id());
        }
    }

    private void told(Agent a, ThreadRun thread) {
        if (a.result() != 0) {
            a.next(ASK, 0, Why.RETRY);
            return;
        }
        ExceptionDetail detail = thread.gts.exception();
        if (UserExceptions.retryable(detail, (int) a.local(SUBSTATUS), (int) a.local(TRIES))) {
            a.next(RESTART, 0, Why.RETRY);
        } else {
            giveUp(a, detail.ecause());
        }
    }

    private void giveUp(Agent a, int ecause) {
        simulation.exceptions().gaveUp();
        a.done(UserExceptions.GIVEN_UP | ecause);
    }

    private void restart(Agent a, ThreadRun thread, int user) {
        if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), RESTART, thread.gts.id());
            return;
        }
        thread.cb(simulation.chiplet(thread.gts.chiplet()), user).restart(a);
        simulation.exceptions().retried();
        a.done(UserExceptions.RETRIED);
    }
}
