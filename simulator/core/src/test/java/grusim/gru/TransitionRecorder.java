package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.StepObserver;
import grusim.gru.Transition.Unit;
import grusim.isa.CbrState;
import grusim.isa.handle.CchState;
import grusim.isa.handle.TfhState;
import grusim.isa.handle.TghState;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Counts the changes of state of every CCH, TFH, TGH and CBR of some chiplets, each with what made it: the command that
 * is carried out, or the step of the control block. States are looked at between any two steps of the engine; of two
 * changes within one step only the sum is seen.
 */
final class TransitionRecorder implements StepObserver {
    private static final String SOFTWARE = "software";

    private final List<Chiplet> chiplets;
    private final SortedMap<Transition, Long> seen;
    private final Enum<?>[][] states;
    /** The step whose effect is not looked at yet. */
    private String by = SOFTWARE;

    private int byBlock = -1;
    private int byChiplet = -1;

    /** Adds to the counts of {@code seen}. */
    TransitionRecorder(List<Chiplet> chiplets, SortedMap<Transition, Long> seen) {
        this.chiplets = chiplets;
        this.seen = seen;
        states = new Enum<?>[chiplets.size()][];
        for (int i = 0; i < states.length; i++) {
            ChipletSize size = chiplets.get(i).size();
            Enum<?>[] all = new Enum<?>[size.contexts() + size.globalHandles() + 2 * size.controlBlocks()];
            Arrays.fill(all, 0, size.contexts(), CchState.INACTIVE);
            int cbrs = size.contexts() + size.globalHandles();
            Arrays.fill(all, size.contexts(), cbrs, TghState.IDLE);
            Arrays.fill(all, cbrs, cbrs + size.controlBlocks(), CbrState.INACTIVE);
            Arrays.fill(all, cbrs + size.controlBlocks(), all.length, TfhState.INACTIVE);
            states[i] = all;
        }
    }

    @Override
    public void stepping(Agent agent, Routine routine, int pc) {
        look();
        byBlock = -1;
        if (agent instanceof CbrUnit unit) {
            by = step(pc);
            byBlock = unit.number();
            for (int i = 0; i < states.length; i++) {
                byChiplet = chiplets.get(i).cbr(unit.number()) == unit ? i : byChiplet;
            }
        } else if (agent instanceof CchUnit unit) {
            by = unit.command.name();
        } else if (agent instanceof TfhUnit unit) {
            by = unit.command().name();
        } else {
            by = agent instanceof TghUnit ? "TLBINV" : SOFTWARE;
        }
    }

    private static String step(int pc) {
        return switch (pc) {
            case CbrRoutine.DECODE, CbrRoutine.RESUME -> "decode";
            case CbrRoutine.TRANSLATE -> "lookup";
            case CbrRoutine.RECORD, CbrRoutine.ANNOUNCE, CbrRoutine.RECORDED -> "miss";
            case CbrRoutine.ANSWER -> "answer";
            case CbrRoutine.STATUS, CbrRoutine.DONE_BIT -> "status";
            default -> "response";
        };
    }

    /** Counts what the last step changed. */
    void look() {
        for (int i = 0; i < states.length; i++) {
            look(i, chiplets.get(i), states[i]);
        }
    }

    private void look(int number, Chiplet chiplet, Enum<?>[] last) {
        ChipletSize size = chiplet.size();
        int at = 0;
        ContextTable contexts = chiplet.tlbPort().contexts();
        for (int context = 0; context < size.contexts(); context++) {
            compare(Unit.CCH, last, at++, contexts.state(context), by);
        }
        for (int tgh = 0; tgh < size.globalHandles(); tgh++) {
            compare(Unit.TGH, last, at++, chiplet.tgh(tgh).state(), by);
        }
        for (int cb = 0; cb < size.controlBlocks(); cb++) {
            boolean other = byBlock >= 0 && !(byBlock == cb && byChiplet == number);
            compare(Unit.CBR, last, at++, CbeView.state(chiplet.cbr(cb), chiplet), other ? "credit" : by);
        }
        for (int cb = 0; cb < size.controlBlocks(); cb++) {
            compare(Unit.TFH, last, at++, chiplet.tfh(cb).recorded(), by);
        }
    }

    private void compare(Unit unit, Enum<?>[] last, int at, Enum<?> now, String cause) {
        if (last[at] != now) {
            seen.merge(new Transition(unit, last[at].name(), cause, now.name()), 1L, Long::sum);
            last[at] = now;
        }
    }
}
