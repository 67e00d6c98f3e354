package grusim.gru;

import grusim.engine.Why;
import grusim.isa.ExceptionCause;
import grusim.workload.ErrorsSpec;
import grusim.workload.InjectedError;
import org.jspecify.annotations.Nullable;

/**
 * Line requests that fail by an error struck when they set out: nobody answers and the requester (RA) or the home (HA)
 * runs into its timeout, the address is nobody's, or the response comes in its usual time and reports an error.
 *
 * <p>A request that fails leaves memory and data segment untouched, so that software may start an atomic operation again
 * (assumed; the driver's retry rules leave no other reading). Picoseconds.
 */
final class RequestErrors {
    private final ErrorInjection errors;
    private final ErrorsSpec times;

    RequestErrors(ErrorInjection errors, ErrorsSpec times) {
        this.errors = errors;
        this.times = times;
    }

    /** A request is about to leave once its lookup is done: decides whether and how it fails. */
    void strike(CbrUnit unit, int slot) {
        if (!errors.any()) {
            return;
        }
        LineSlots slots = unit.slots;
        InjectedError error = errors.at(InjectedError.Where.REQUEST, unit, slots.vaddr(slot));
        if (error == null) {
            return;
        }
        slots.error(slot, error);
        if (staysHere(error) != null) {
            long waitPs = error == InjectedError.RA_REQUEST_TIMEOUT ? times.requestTimeoutPs() : 0;
            long duePs = slots.duePs(slot) + waitPs;
            slots.next(slot, LinePath.RESPOND, duePs, duePs);
        }
    }

    /** What a request that never left waited for, or null if it left. */
    static @Nullable Why staysHere(@Nullable InjectedError error) {
        if (error == null) {
            return null;
        }
        return switch (error) {
            case RA_REQUEST_TIMEOUT -> Why.TIMEOUT;
            case ADDRESS_SPACE_DECODE -> Why.TLB_LOOKUP;
            default -> null;
        };
    }

    /** Whether the home gets no answer from its memory for a request. */
    static boolean unanswered(CbrUnit unit, int slot) {
        return unit.slots.error(slot) == InjectedError.HA_REQUEST_TIMEOUT;
    }

    /** How long the home waits for its memory. */
    long homeTimeoutPs() {
        return times.homeTimeoutPs();
    }

    /** Ends the instruction of a request that has failed, unless it has failed already. */
    static void fail(CbrUnit unit, int slot, InjectedError error) {
        ExceptionCause cause = error.cause();
        assert cause != null : error + " is no error of a request";
        if (unit.ecause == 0) {
            unit.fail(cause.mask(), unit.slots.vaddr(slot), 0);
        }
    }
}
