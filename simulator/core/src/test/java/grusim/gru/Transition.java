package grusim.gru;

import java.util.Comparator;

/** A change of state of a unit of the device, and what made it. */
record Transition(Unit unit, String from, String by, String to) implements Comparable<Transition> {
    private static final Comparator<Transition> ORDER = Comparator.comparing(Transition::unit)
            .thenComparing(Transition::from)
            .thenComparing(Transition::to)
            .thenComparing(Transition::by);

    /** The units that have states. */
    enum Unit {
        CCH,
        TFH,
        TGH,
        CBR
    }

    @Override
    public int compareTo(Transition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s: %s -%s-> %s".formatted(unit, from, by, to);
    }
}
