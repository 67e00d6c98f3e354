package grusim.run;

import grusim.driver.ExceptionDetail;
import grusim.isa.ExceptionCause;
import grusim.isa.MessageQueueSubstatus;
import grusim.workload.InjectionSpec;

/**
 * What the user library does about exceptions, and how often: starts an instruction again while the rules allow it, else
 * gives it up. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h and grukservices.c (gru_retry_exception).
 */
final class UserExceptions {
    /** Result of a start again. */
    static final int RETRIED = 0;

    /** Set in the result for an instruction given up; the causes are the bits below. */
    static final int GIVEN_UP = 1 << 20;

    private final RetryInstruction retry;
    private final int injected;
    private long retries;
    private long givenUp;

    UserExceptions(Simulation simulation) {
        retry = new RetryInstruction(simulation);
        int causes = 0;
        for (InjectionSpec injection : simulation.spec().gru().errors().inject()) {
            ExceptionCause cause = injection.error().cause();
            causes |= cause == null ? 0 : cause.mask();
        }
        injected = causes;
    }

    /** The routine that follows an exception. */
    RetryInstruction retry() {
        return retry;
    }

    /** Whether software may start an instruction again that has been started again so many times. */
    static boolean retryable(ExceptionDetail detail, int substatus, int tries) {
        return tries < ExceptionCause.RETRY_LIMIT
                && ExceptionCause.retryable(detail.ecause(), substatus, detail.executionStatus());
    }

    /** Whether the user library looks at an exception's detail at all: a message send says itself how it ended. */
    static boolean detailed(int substatus) {
        return (substatus & MessageQueueSubstatus.MASK) == 0;
    }

    /** Whether the spec itself lets all these causes strike, so that an instruction given up is no fault of the model. */
    boolean expected(int ecause) {
        return ecause != 0 && (ecause & ~injected) == 0;
    }

    void retried() {
        retries++;
    }

    void gaveUp() {
        givenUp++;
    }

    /** Times an instruction was started again. */
    long retries() {
        return retries;
    }

    /** Instructions given up. */
    long givenUp() {
        return givenUp;
    }
}
