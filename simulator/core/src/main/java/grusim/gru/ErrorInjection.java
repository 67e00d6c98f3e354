package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.workload.InjectedError;
import grusim.workload.InjectionSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hardware errors that strike a chiplet, as the spec says: each opportunity asks whether it is struck.
 *
 * <p>Timed, a rate is drawn from a stream of this chiplet's own, so that errors change nobody else's numbers. Exploring,
 * every opportunity that fits is a choice, and a limit counts for each control block, so that the errors of two blocks
 * stay independent. Does not model errors that come in bursts or that stay until a part is repaired.
 */
public final class ErrorInjection implements Stateful {
    /** Rates are compared in parts of this. */
    private static final long PARTS = 1L << 53;

    private static final long EVERY = PARTS;

    private final Engine engine;
    private final int chiplet;
    private final Strike[] strikes;
    private final boolean[] armed = new boolean[InjectedError.values().length];
    private final long[] struck = new long[InjectedError.values().length];
    private final @Nullable RandomStream random;
    private Places places = (injection, chiplet, context, vaddr) -> false;

    /** Says which addresses of which contexts belong to an injection's region. */
    @FunctionalInterface
    public interface Places {
        /** Whether an address of a context lies where the injection strikes. */
        boolean holds(InjectionSpec injection, int chiplet, int context, long vaddr);
    }

    /** One kind of error with what is left of it. */
    private static final class Strike {
        final InjectionSpec spec;
        final long parts;
        final long[] left;
        int instants;

        Strike(InjectionSpec spec, int counts) {
            this.spec = spec;
            parts = BigDecimal.valueOf(PARTS).multiply(spec.rate()).longValue();
            left = new long[spec.count() == InjectionSpec.UNLIMITED ? 0 : counts];
            Arrays.fill(left, spec.count());
        }
    }

    ErrorInjection(Engine engine, List<InjectionSpec> injections, int chiplet, int blade, int inBlade, int cbs) {
        this.engine = engine;
        this.chiplet = chiplet;
        List<Strike> here = new ArrayList<>();
        for (InjectionSpec injection : injections) {
            boolean onBlade = injection.blade() == InjectionSpec.ANY || injection.blade() == blade;
            if (onBlade && (injection.chiplet() == InjectionSpec.ANY || injection.chiplet() == inBlade)) {
                here.add(new Strike(injection, engine.isTimed() ? 1 : cbs));
                armed[injection.error().ordinal()] = true;
            }
        }
        strikes = here.toArray(Strike[]::new);
        random = strikes.length == 0 ? null : engine.stream("gru" + chiplet + ".errors");
    }

    /** Sets who knows where regions lie; without, no error that names a region strikes. */
    public void places(Places knows) {
        places = knows;
    }

    /** Whether any error may strike this chiplet. */
    boolean any() {
        return strikes.length > 0;
    }

    /** How often an error has struck; a probe. */
    public long struck(InjectedError error) {
        return struck[error.ordinal()];
    }

    /** Whether an error strikes now, at an address that a control block's instruction works on. */
    boolean strikes(InjectedError error, CbrUnit unit, long vaddr) {
        if (!armed[error.ordinal()]) {
            return false;
        }
        for (Strike strike : strikes) {
            if (strike.spec.error() == error && strikes(strike, unit, vaddr)) {
                struck[error.ordinal()]++;
                return true;
            }
        }
        return false;
    }

    /** The error that strikes an opportunity of its kind now, or null. */
    @Nullable
    InjectedError at(InjectedError.Where where, CbrUnit unit, long vaddr) {
        for (Strike strike : strikes) {
            InjectedError error = strike.spec.error();
            if (error.where() == where && strikes(strike, unit, vaddr)) {
                struck[error.ordinal()]++;
                unit.aborted |= strike.spec.abort();
                return error;
            }
        }
        return null;
    }

    private boolean strikes(Strike strike, CbrUnit unit, long vaddr) {
        int counter = engine.isTimed() ? 0 : unit.number();
        boolean limited = strike.left.length > 0;
        if ((limited && strike.left[counter] == 0)
                || (strike.spec.placed() && !places.holds(strike.spec, chiplet, unit.context, vaddr))
                || !chosen(strike, unit)) {
            return false;
        }
        if (limited) {
            strike.left[counter]--;
        }
        return true;
    }

    private boolean chosen(Strike strike, Agent agent) {
        if (!engine.isTimed()) {
            return engine.choose(agent, 2) == 1;
        }
        List<Long> at = strike.spec.atPs();
        if (!at.isEmpty()) {
            boolean due = strike.instants < at.size() && at.get(strike.instants) <= engine.nowPs();
            strike.instants += due ? 1 : 0;
            return due;
        }
        RandomStream stream = random;
        assert stream != null;
        return strike.parts == EVERY || stream.below(PARTS) < strike.parts;
    }

    @Override
    public void state(StateIo io) {
        for (Strike strike : strikes) {
            io.array(strike.left);
            strike.instants = io.i32(strike.instants);
        }
        if (random != null && io.timed()) {
            random.state(io);
        }
    }
}
