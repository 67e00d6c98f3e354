package grusim.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One simulation's kernel: knows every agent, routine and piece of state, the scheduler and the memory model, and keeps
 * the event hash.
 *
 * <p>Build all components in a fixed order, start the agents, then run through {@link #timed()} or {@link
 * #exploring()}.
 */
public final class Engine implements Stateful {
    /** Keeps a step's time apart from its agent and number in the event hash. */
    private static final long TIME_FACTOR = 0xd1342543de82ef95L;

    private final Memory memory;
    private final long seed;
    private final Scheduler scheduler;
    private final boolean explores;
    private final Footprint footprint = new Footprint();
    private Choices choices;

    private final List<Agent> agents = new ArrayList<>();
    private final Set<String> agentNames = new TreeSet<>();
    private final List<Routine> routines = new ArrayList<>();
    private final List<Shared> shared = new ArrayList<>();
    private final List<Stateful> components = new ArrayList<>();
    private final TreeMap<String, RandomStream> streams = new TreeMap<>();

    private long steps;
    private long hash;
    private int stepping;
    private LockObserver lockObserver = LockObserver.NONE;
    private @Nullable StepObserver observer;
    private @Nullable StepObserver prelude;
    private @Nullable AccessObserver accessObserver;

    private Engine(Memory memory, long seed, Scheduler scheduler) {
        this.memory = memory;
        this.seed = seed;
        this.scheduler = scheduler;
        this.explores = scheduler instanceof ExploringScheduler;
        this.choices = (agent, alternatives) -> agent.draws().below(alternatives);
    }

    /** An engine whose agents run in order of simulated time, with run-ahead. */
    public static Engine timed(Memory memory, long seed) {
        return timed(memory, seed, true);
    }

    /** An engine whose agents run in order of simulated time; run-ahead changes nothing but the host's time. */
    public static Engine timed(Memory memory, long seed, boolean runAhead) {
        return new Engine(memory, seed, new TimedScheduler(runAhead));
    }

    /** An engine whose agents run in whatever order an exploration chooses; simulated time stands still at zero. */
    public static Engine exploring(Memory memory) {
        return new Engine(memory, 0, new ExploringScheduler());
    }

    /** The timed scheduler; an error when this engine explores. */
    public TimedScheduler timed() {
        return (TimedScheduler) scheduler;
    }

    /** The exploring scheduler; an error when this engine is timed. */
    public ExploringScheduler exploring() {
        return (ExploringScheduler) scheduler;
    }

    /** Whether simulated time passes; if not, costs and port reservations mean nothing. */
    public boolean isTimed() {
        return !explores;
    }

    /** Whether deeds have a time: in timed runs, and in a replay that sets the clock. */
    public boolean keepsTime() {
        return !explores || exploring().clocked();
    }

    /** Current simulated time in picoseconds. */
    public long nowPs() {
        return scheduler.nowPs();
    }

    /** Number of steps taken. */
    public long steps() {
        return steps;
    }

    /** Number of the agent that steps now, or stepped last. */
    public int stepping() {
        return stepping;
    }

    /** Rolling hash over (time, agent, routine, step) of every step: equal hashes mean equal runs. */
    public long eventHash() {
        return hash;
    }

    /** The memory model. */
    public Memory memory() {
        return memory;
    }

    /** Makes a cell under this engine's memory model. */
    public Cell cell(String name, long initial) {
        return memory.cell(this, name, initial);
    }

    /** Makes an array of cells under this engine's memory model. */
    public Cells cells(String name, int length) {
        return memory.cells(this, name, length);
    }

    /** Resolves a choice the model leaves open for the agent. */
    public int choose(Agent agent, int alternatives) {
        return alternatives == 1 ? 0 : choices.pick(agent, alternatives);
    }

    /** Sets who resolves choices; by default they are drawn at random, which only a timed run may do. */
    public void choices(Choices chooser) {
        choices = chooser;
    }

    /**
     * Makes the random stream of a component; its seed depends on the master seed and the name only. Names are unique;
     * streams are made while the machine is built. An exploration refuses to draw: there, {@link #choose} decides.
     */
    public RandomStream stream(String component) {
        RandomStream stream = newStream(component);
        if (streams.put(component, stream) != null) {
            throw new IllegalStateException("random stream " + component + " exists already");
        }
        return stream;
    }

    RandomStream choiceStream(Agent agent) {
        return newStream("choices of " + agent.name());
    }

    private RandomStream newStream(String name) {
        return isTimed() ? RandomStream.seeded(Hash.of(seed, name)) : RandomStream.refused(name);
    }

    /** Sets who is told of every step before it is taken, or nobody. */
    public void observer(@Nullable StepObserver stepObserver) {
        observer = stepObserver;
    }

    /** Sets what every step begins with, such as a barrier that the program lacks, or nothing. */
    public void prelude(@Nullable StepObserver beforeStep) {
        prelude = beforeStep;
    }

    /** Sets who is told of every access to racing state, or nobody. */
    public void accessObserver(@Nullable AccessObserver listener) {
        accessObserver = listener;
    }

    @Nullable
    AccessObserver accessObserver() {
        return accessObserver;
    }

    /** Sets who is told of locks. */
    public void lockObserver(LockObserver listener) {
        lockObserver = listener;
    }

    /** Who is told of locks. */
    public LockObserver locks() {
        return lockObserver;
    }

    /** Tells the observer of accesses, if there is one, of a barrier. */
    void fenced(Agent agent, Fence fence) {
        if (accessObserver != null) {
            accessObserver.fenced(agent, fence);
        }
    }

    /**
     * Takes away locks by name, to see what their absence breaks; before the first step.
     *
     * @return how many pieces of shared state have such a name
     */
    public int elide(Predicate<String> names) {
        int count = 0;
        for (Shared state : shared) {
            if (names.test(state.name())) {
                state.elide();
                count++;
            }
        }
        return count;
    }

    /** What the last step of an exploration touched. */
    public Footprint footprint() {
        return footprint;
    }

    boolean explores() {
        return explores;
    }

    /** All agents, in order of construction. */
    public List<Agent> agents() {
        return List.copyOf(agents);
    }

    /** Lists a component's state in snapshots; agents and shared state are listed already. */
    public void component(Stateful component) {
        components.add(component);
    }

    int register(Agent agent) {
        if (!agentNames.add(agent.name())) {
            throw new IllegalStateException("agent " + agent.name() + " exists already");
        }
        agents.add(agent);
        return agents.size() - 1;
    }

    int register(Routine routine) {
        routines.add(routine);
        return routines.size() - 1;
    }

    int register(Shared state) {
        shared.add(state);
        return shared.size() - 1;
    }

    /** The agent with a number. */
    public Agent agent(int id) {
        return agents.get(id);
    }

    Routine routine(int id) {
        return routines.get(id);
    }

    /** The shared state with a number. */
    public Shared shared(int id) {
        return shared.get(id);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void stepped(Agent agent, Routine routine, int pc) {
        if (explores) {
            footprint.clear();
        }
        steps++;
        stepping = agent.id();
        long step = (long) agent.id() << 32 | (long) routine.id() << 16 | pc;
        hash = Hash.mix(hash, scheduler.nowPs() * TIME_FACTOR + step);
        if (observer != null) {
            observer.stepping(agent, routine, pc);
        }
        if (prelude != null) {
            prelude.stepping(agent, routine, pc);
        }
    }

    void stepEnded(Agent agent) {
        if (observer != null) {
            observer.stepped(agent);
        }
    }

    /** Agents that wait for something that only another agent can change, with what each waits for, in words. */
    public String waitGraph() {
        StringBuilder graph = new StringBuilder();
        for (Agent agent : agents) {
            Shared on = agent.waitingOn();
            if (on != null && agent.why() != Why.IDLE) {
                graph.append(agent.describe())
                        .append(" waits (")
                        .append(agent.why().text())
                        .append(") for ")
                        .append(on.name())
                        .append('\n');
            }
        }
        return graph.toString();
    }

    @Override
    public void state(StateIo io) {
        long shape = Hash.mix(Hash.mix(agents.size(), shared.size()), Hash.mix(components.size(), streams.size()));
        if (io.i64(shape) != shape) {
            throw new IllegalStateException(
                    "the state was saved from other agents, shared state or streams than these");
        }
        if (io.timed()) {
            steps = io.i64(steps);
            hash = io.i64(hash);
        }
        scheduler.state(io);
        memory.state(io);
        for (int i = 0; i < agents.size(); i++) {
            agents.get(i).state(io);
        }
        for (int i = 0; i < shared.size(); i++) {
            shared.get(i).waiters(io);
            shared.get(i).state(io);
        }
        if (io.loading() && !io.timed()) {
            enlistWaiters();
        }
        for (Stateful component : components) {
            component.state(io);
        }
        if (io.timed()) {
            streams.forEach((name, stream) -> stream.state(io));
        }
    }

    private void enlistWaiters() {
        for (int i = 0; i < shared.size(); i++) {
            shared.get(i).nobodyWaits();
        }
        for (int i = 0; i < agents.size(); i++) {
            Shared on = agents.get(i).waitingOn();
            if (on != null) {
                on.enlist(agents.get(i));
            }
        }
    }
}
