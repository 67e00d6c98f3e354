package grusim.gru;

import static grusim.gru.Rig.CBR_MAP;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.DSR_MAP;

import grusim.isa.Instruction;
import grusim.isa.handle.CchOpcode;
import java.util.List;
import java.util.SortedMap;

/** A rig whose changes of state are counted. */
record WatchedRig(Rig rig, TransitionRecorder recorder) {
    /** A rig whose context's handle is filled in, and nothing more. */
    static WatchedRig configured(SortedMap<Transition, Long> seen, Rig.Mode mode, String... settings) {
        Rig rig = new Rig(settings);
        TransitionRecorder recorder = new TransitionRecorder(List.of(rig.chiplet), seen);
        rig.engine.observer(recorder);
        WatchedRig watched = new WatchedRig(rig, recorder);
        ContextHandle cch = rig.chiplet.cch(CONTEXT);
        rig.play("driver", rig.script().then(a -> cch.configure(a, rig.configuration(mode, CBR_MAP, DSR_MAP))));
        watched.run();
        return watched;
    }

    /** Runs until nothing happens any more. */
    void run() {
        rig.run();
        recorder.look();
    }

    /** Gives the context an order and runs. */
    void command(CchOpcode order) {
        rig.play("driver", rig.command(rig.script(), CONTEXT, order));
        run();
    }

    /** Begins an instruction that starts with the next run. */
    void start(int cb, Instruction instruction) {
        rig.play("user", rig.execute(rig.script(), cb, instruction));
    }
}
