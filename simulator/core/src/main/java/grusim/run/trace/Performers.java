package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a run and how each is shown. Device units are told by their names; what a control block's unit does is not
 * shown by its steps, as several of its requests are under way at once, but by {@link Instructions}.
 */
final class Performers {
    private static final Pattern UNIT = Pattern.compile("gru(\\d+)\\.(tfh|tgh|cch)(\\d+)\\.unit");

    /**
     * One agent.
     *
     * @param kind of the track it is shown on; null if it is not shown
     * @param track of a CPU
     */
    record Performer(@Nullable TrackKind kind, int chiplet, int number, int track, AgentSlices slices) {}

    private final Stage stage;
    private final List<@Nullable Performer> performers = new ArrayList<>();
    private final TreeMap<Integer, Agent> tghs = new TreeMap<>();

    Performers(Stage stage, Engine engine) {
        this.stage = stage;
        engine.agents().forEach(this::of);
    }

    Performer of(Agent agent) {
        while (performers.size() <= agent.id()) {
            performers.add(null);
        }
        Performer known = performers.get(agent.id());
        if (known == null) {
            known = make(agent);
            performers.set(agent.id(), known);
        }
        return known;
    }

    /** Whether the unit of a global handle has been commanded and has not ended. */
    boolean busyTgh(int chiplet, int number) {
        Agent unit = tghs.get(chiplet << 8 | number);
        return unit != null && !unit.idle();
    }

    private Performer make(Agent agent) {
        if (agent instanceof Cpu cpu) {
            int track = stage.cpu(cpu);
            return new Performer(TrackKind.CPU, -1, -1, track, new AgentSlices(stage.timeline(), () -> track, false));
        }
        Matcher unit = UNIT.matcher(agent.name());
        if (!unit.matches()) {
            return new Performer(
                    null, -1, -1, Timeline.NONE, new AgentSlices(stage.timeline(), () -> Timeline.NONE, true));
        }
        TrackKind kind = switch (unit.group(2)) {
            case "tfh" -> TrackKind.TFH;
            case "tgh" -> TrackKind.TGH;
            default -> TrackKind.CCH;
        };
        int chiplet = Integer.parseInt(unit.group(1));
        int number = Integer.parseInt(unit.group(3));
        if (kind == TrackKind.TGH) {
            tghs.put(chiplet << 8 | number, agent);
        }
        AgentSlices slices = new AgentSlices(stage.timeline(), () -> stage.of(kind, chiplet, number), true);
        return new Performer(kind, chiplet, number, Timeline.NONE, slices);
    }
}
