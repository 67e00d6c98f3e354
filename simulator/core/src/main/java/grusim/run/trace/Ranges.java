package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Range operations: their starts and ends on the CPUs, how many are under way in each address space, and a flow from the
 * start by the invalidates that the CPU commands meanwhile to the end.
 */
final class Ranges {
    private record Range(int agent, int mm, long start, long end, long flow) {}

    private final Stage stage;
    private final Engine engine;
    private final Flows flows;
    private final List<Range> open = new ArrayList<>();
    private final TreeMap<Integer, Integer> counters = new TreeMap<>();

    Ranges(Stage stage, Engine engine, Flows flows) {
        this.stage = stage;
        this.engine = engine;
        this.flows = flows;
    }

    private static Mark extent(long start, long end) {
        return Mark.of(Detail.address("start", start), Detail.address("end", end));
    }

    void start(Agent agent, int cpuTrack, int mm, long start, long end) {
        Range range = new Range(agent.id(), mm, start, end, flows.next());
        open.add(range);
        stage.timeline()
                .instant(
                        cpuTrack,
                        engine.nowPs(),
                        "range start",
                        extent(start, end).on(range.flow));
        count(mm);
    }

    void end(Agent agent, int cpuTrack, int mm, long start, long end) {
        Mark mark = extent(start, end);
        for (int i = open.size() - 1; i >= 0; i--) {
            Range range = open.get(i);
            if (range.agent == agent.id() && range.mm == mm && range.start == start && range.end == end) {
                open.remove(i);
                mark = mark.ending(range.flow);
                break;
            }
        }
        stage.timeline().instant(cpuTrack, engine.nowPs(), "range end", mark);
        count(mm);
    }

    private void count(int mm) {
        Integer counter = counters.get(mm);
        if (counter == null) {
            counter = stage.spaceCounter(mm, "range operations", "operations");
            counters.put(mm, counter);
            stage.timeline().count(counter, 0, 0);
        }
        long active = open.stream().filter(range -> range.mm == mm).count();
        stage.timeline().count(counter, engine.nowPs(), active);
    }

    /** The flow of the range operation that an agent began last and has not ended. */
    long flow(int agent) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).agent == agent) {
                return open.get(i).flow;
            }
        }
        return Flows.NONE;
    }
}
