package grusim.run.check;

import grusim.engine.Access;
import grusim.engine.AccessObserver;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Fence;
import grusim.engine.LockObserver;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.Why;
import grusim.explore.Replay;
import grusim.explore.Schedule;
import grusim.linux.Vmas;
import grusim.run.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays a schedule on a fresh scenario and keeps what every step did. The clock that deeds are stamped with counts steps,
 * or is simulated time: then a step begins when its agent's step before it has taken its cost and the step before it in
 * the schedule has begun.
 */
final class Recording implements AccessObserver, LockObserver {
    private final Scenario scenario;
    private final boolean timed;
    private final StateWords words;
    private final List<Played> steps = new ArrayList<>();
    private final Map<Shared, Set<String>> holders = new HashMap<>();
    private @Nullable String violation;
    private @Nullable Agent unmapper;

    private Recording(Scenario scenario, Names names, boolean timed) {
        this.scenario = scenario;
        this.timed = timed;
        this.words = new StateWords(scenario, names);
    }

    /** Plays the schedule on the scenario, to its end. */
    static Recording of(Scenario scenario, Names names, Schedule schedule, boolean timed) {
        Recording recording = new Recording(scenario, names, timed);
        recording.play(schedule);
        return recording;
    }

    private void play(Schedule schedule) {
        Facts facts = new Facts(words, this::present);
        scenario.tell(facts, facts, this);
        Replay replay = new Replay(scenario, schedule, this::stepping);
        scenario.engine().accessObserver(this);
        do {
            words.follow();
        } while (advance(replay));
        violation = replay.violation();
        Remarks.add(this);
        scenario.engine().accessObserver(null);
    }

    private boolean advance(Replay replay) {
        if (!replay.step()) {
            return false;
        }
        after(present());
        return true;
    }

    private void after(Played step) {
        if (step.agent instanceof Cpu && step.agent.waiting() && step.agent.why() != Why.POLL) {
            Shared on = step.agent.waitingOn();
            step.notes.add("sleeps" + (on == null ? "" : " until " + words.name(on, 0) + " changes"));
        }
        if (step.touched instanceof Vmas vmas) {
            if (step.touch == Access.READ) {
                String gone = words.unmapped(vmas);
                if (!gone.isEmpty() && step.agent != unmapper) {
                    step.notes.add(gone + " is not mapped any more");
                }
            } else {
                step.made = words.mapped(vmas);
                unmapper = step.agent;
            }
        }
        Played.Word word = step.word();
        if (word != null
                && word.kind() == Access.READ
                && words.name(word.state(), 0).startsWith("range count")) {
            step.notes.add(word.read() == 0 ? "the fill goes on" : "the fill is held off");
        }
    }

    private void stepping(int number, Agent agent, Routine routine, int pc, Schedule.Move move) {
        long beginPs = number + 1L;
        if (timed) {
            long before = steps.isEmpty() ? 0 : present().beginPs;
            beginPs = Math.max(before, scenario.engine().exploring().duePs(agent));
        }
        scenario.engine().exploring().clock(beginPs);
        steps.add(new Played(number + 1, agent, routine.name(), routine.stepName(pc), agent.position(), beginPs));
    }

    private Played present() {
        return steps.get(steps.size() - 1);
    }

    /** The steps in order. */
    List<Played> steps() {
        return steps;
    }

    /** What is wrong in the end, or null. */
    @Nullable
    String violation() {
        return violation;
    }

    /** The words for what the steps touched. */
    StateWords words() {
        return words;
    }

    Scenario scenario() {
        return scenario;
    }

    // ---- what a step does ----

    @Override
    public void touched(Agent agent, Shared state, Access kind) {
        Played step = present();
        if (agent == step.agent) {
            step.touched = state;
            step.touch = kind;
            step.found = state instanceof Vmas vmas ? words.mapped(vmas) : held(state);
        }
    }

    @Override
    public void accessed(
            Agent agent, Shared state, int index, Access kind, Order order, long read, long written, long newest) {
        present().words.add(new Played.Word(agent, state, index, kind, read, written, newest));
    }

    @Override
    public void fenced(Agent agent, Fence fence) {
        present().fences.add(fence);
    }

    @Override
    public void wanted(Agent agent, Shared lock, boolean exclusive) {
        note(agent, lock, Played.Lock.WANTED);
    }

    @Override
    public void locked(Agent agent, Shared lock, boolean exclusive) {
        taken(agent, lock, exclusive);
    }

    @Override
    public void taken(Agent agent, Shared lock, boolean exclusive) {
        note(agent, lock, Played.Lock.TAKEN);
        Set<String> holding = holders.computeIfAbsent(lock, held -> new TreeSet<>());
        String name = words.names().agent(agent);
        if (holding.contains(name)) {
            present().notes.add(exclusive ? "now for writing" : "now for reading: other readers may come");
        } else if (!holding.isEmpty()) {
            present().notes.add("shares it with " + String.join(", ", holding));
        }
        holding.add(name);
    }

    private String held(Shared lock) {
        Set<String> holding = holders.getOrDefault(lock, Set.of());
        return holding.isEmpty() ? "" : "held by " + String.join(", ", holding);
    }

    @Override
    public void released(Agent agent, Shared lock) {
        note(agent, lock, Played.Lock.RELEASED);
        holders.getOrDefault(lock, new TreeSet<>()).remove(words.names().agent(agent));
    }

    private void note(Agent agent, Shared lock, Played.Lock what) {
        Played step = present();
        if (agent == step.agent) {
            step.touched = lock;
            step.lock = what;
        }
    }
}
