package grusim.gru;

import grusim.engine.Routine;
import grusim.workload.GruSpec;

/** What one kind of a chiplet's units does: steps named after the states of the unit. */
abstract class UnitRoutine extends Routine {
    final Chiplet chiplet;
    final TlbPort port;
    final GruSpec spec;
    private final String[] steps;

    UnitRoutine(Chiplet chiplet, String unit, int slots, String[] steps) {
        super(chiplet.engine(), "gru" + chiplet.index() + " " + unit, slots);
        this.chiplet = chiplet;
        this.port = chiplet.tlbPort();
        this.spec = chiplet.spec();
        this.steps = steps;
    }

    @Override
    public final String stepName(int pc) {
        return steps[pc];
    }
}
