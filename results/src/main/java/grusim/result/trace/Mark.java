package grusim.result.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * What an event carries besides its name: details, and the flows it belongs to. The events of one flow are joined by
 * arrows in the order of their times.
 *
 * @param details named values, in order
 * @param flows numbers of the flows that come here and may go on
 * @param ends numbers of the flows that end here
 */
public record Mark(List<Detail> details, List<Long> flows, List<Long> ends) {
    /** Nothing. */
    public static final Mark NONE = new Mark(List.of(), List.of(), List.of());

    public Mark {
        details = List.copyOf(details);
        flows = List.copyOf(flows);
        ends = List.copyOf(ends);
    }

    /** Details only. */
    public static Mark of(Detail... details) {
        return new Mark(List.of(details), List.of(), List.of());
    }

    /** The same on the way of one more flow. */
    public Mark on(long flow) {
        return new Mark(details, with(flows, flow), ends);
    }

    /** The same at the end of one more flow. */
    public Mark ending(long flow) {
        return new Mark(details, flows, with(ends, flow));
    }

    /** The same without its flows. */
    public Mark withoutFlows() {
        return flows.isEmpty() && ends.isEmpty() ? this : new Mark(details, List.of(), List.of());
    }

    private static List<Long> with(List<Long> numbers, long number) {
        List<Long> more = new ArrayList<>(numbers);
        more.add(number);
        return more;
    }
}
