package grusim.run.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of tracks that a trace may have. */
public enum TrackKind {
    /** What each CPU runs: routines inside each other, and what its time goes to. */
    CPU("CPUs"),
    /** What is loaded into each context, and the context's state. */
    CONTEXT("contexts"),
    /** Commands of each context's configuration handle. */
    CCH("context handles"),
    /** Instructions of each control block, by where their time goes. */
    CBR("control blocks"),
    /** Misses recorded in each TLB fault handle, and the commands that answer them. */
    TFH("TLB fault handles"),
    /** Invalidates of each TLB global handle. */
    TGH("TLB global handles"),
    /** Who waits for each lock and who holds it. */
    LOCK("locks"),
    /** Misses outstanding, instructions in flight, TLB entries, contexts loaded, range operations under way. */
    COUNTER("counters");

    private final String group;

    TrackKind(String group) {
        this.group = group;
    }

    /** Name of the group that such tracks are in. */
    String group() {
        return group;
    }

    /** The name by which a user asks for it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all kinds. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(TrackKind::key).toList();
    }
}
