package grusim.run.trace;

import grusim.engine.Engine;
import grusim.gru.Chiplet;
import grusim.isa.handle.CchOpcode;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is in each context, from being bound to it until being unbound, and inside that whether the context is running. */
final class Contexts {
    private final Stage stage;
    private final Engine engine;
    private final TreeMap<Integer, int[]> bound = new TreeMap<>();

    Contexts(Stage stage, Engine engine, List<Chiplet> chiplets) {
        this.stage = stage;
        this.engine = engine;
        for (Chiplet chiplet : chiplets) {
            int counter = stage.counter(chiplet.index(), 3, "loaded contexts", "contexts");
            bound.put(chiplet.index(), new int[] {counter, 0});
            stage.timeline().count(counter, 0, 0);
        }
    }

    void bound(int chiplet, int context, int gts, int mm, int asid) {
        int track = stage.of(TrackKind.CONTEXT, chiplet, context);
        String thread = stage.cast().threadOfGts().getOrDefault(gts, "thread state " + gts);
        Mark mark = Mark.of(Detail.of("gts", gts), Detail.of("mm", mm), Detail.of("asid", asid));
        stage.timeline().endTo(track, 0, engine.nowPs());
        stage.timeline().begin(track, engine.nowPs(), thread, mark);
        count(chiplet, 1);
    }

    void commanded(int chiplet, int context, CchOpcode command) {
        int track = stage.of(TrackKind.CONTEXT, chiplet, context);
        if (stage.timeline().depth(track) > 0) {
            stage.timeline().endTo(track, 1, engine.nowPs());
            String state = state(command);
            if (state != null) {
                stage.timeline().begin(track, engine.nowPs(), state, Mark.NONE);
            }
        }
    }

    private static @Nullable String state(CchOpcode command) {
        return switch (command) {
            case ALLOCATE -> "allocated";
            case START -> "running";
            case INTERRUPT, INTERRUPT_SYNC -> "interrupted";
            case DEALLOCATE -> null;
        };
    }

    void copied(int chiplet, int context) {
        stage.timeline()
                .instant(stage.of(TrackKind.CONTEXT, chiplet, context), engine.nowPs(), "copied out", Mark.NONE);
    }

    void unbound(int chiplet, int context) {
        stage.timeline().endTo(stage.of(TrackKind.CONTEXT, chiplet, context), 0, engine.nowPs());
        count(chiplet, -1);
    }

    private void count(int chiplet, int more) {
        int[] counted = bound.get(chiplet);
        if (counted != null) {
            counted[1] += more;
            stage.timeline().count(counted[0], engine.nowPs(), counted[1]);
        }
    }
}
