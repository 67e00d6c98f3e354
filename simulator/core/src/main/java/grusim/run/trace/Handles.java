package grusim.run.trace;

import grusim.engine.Shared;
import grusim.gru.Chiplet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which handle or control block a piece of shared state is the first word of. */
final class Handles {
    /** One handle, or the line of a control block. */
    record Handle(TrackKind kind, int chiplet, int number) {}

    private final Map<Integer, Handle> byState = new TreeMap<>();

    Handles(List<Chiplet> chiplets) {
        for (Chiplet chiplet : chiplets) {
            for (int n = 0; n < chiplet.size().controlBlocks(); n++) {
                add(chiplet.tfh(n).awaitable(), TrackKind.TFH, chiplet, n);
                add(chiplet.cb(n).awaitable(), TrackKind.CBR, chiplet, n);
            }
            for (int n = 0; n < chiplet.size().globalHandles(); n++) {
                add(chiplet.tgh(n).awaitable(), TrackKind.TGH, chiplet, n);
            }
        }
    }

    private void add(Shared word, TrackKind kind, Chiplet chiplet, int number) {
        byState.put(word.id(), new Handle(kind, chiplet.index(), number));
    }

    @Nullable
    Handle of(Shared state) {
        return byState.get(state.id());
    }
}
