package grusim.engine;

/**
 * Agents that do, at random, everything agents can do: run on at all distances, touch and await cells, call, pause, mask
 * and raise interrupts. Every decision goes through {@link Engine#choose}, so that the programs run under both
 * schedulers.
 */
final class RandomPrograms {
    private static final int CELLS = 3;
    private static final int CPUS = 3;
    private static final int UNITS = 4;

    private static final int SLOT_LEFT = 0;
    private static final int SLOT_MASKED = 1;

    private static final int PC_DECIDE = 0;
    private static final int PC_LOOK = 10;

    private final Engine engine;
    private final Cell[] cells = new Cell[CELLS];
    private final Cpu[] cpus = new Cpu[CPUS];
    private final Routine leaf;
    private final Routine middle;

    private RandomPrograms(Engine engine, int stepsEach) {
        this.engine = engine;
        for (int i = 0; i < CELLS; i++) {
            cells[i] = engine.cell("cell " + i, 0);
        }
        leaf = new ScriptedRoutine(engine, "leaf", this::leafStep);
        middle = new ScriptedRoutine(engine, "middle", this::middleStep);
        Routine handler = new ScriptedRoutine(engine, "handler", this::handlerStep);
        Routine nested = new ScriptedRoutine(engine, "nested handler", (agent, pc) -> agent.done(0));
        Routine program = new ScriptedRoutine(engine, "program", this::programStep);
        for (int i = 0; i < CPUS; i++) {
            cpus[i] = new Cpu(engine, "cpu " + i);
            cpus[i].connect(handler);
            cpus[i].connect(nested);
        }
        for (int i = 0; i < CPUS - 1; i++) { // the last one is idle between its interrupts
            cpus[i].start(program, i * 7L, stepsEach);
        }
        for (int i = 0; i < UNITS; i++) {
            new Agent(engine, "unit " + i).start(program, i, stepsEach);
        }
        Routine ticker = new ScriptedRoutine(engine, "ticker", this::tickerStep);
        new Agent(engine, "ticker").start(ticker, 50, 4L * stepsEach);
    }

    static void build(Engine engine, int stepsEach) {
        new RandomPrograms(engine, stepsEach);
    }

    static Engine timed(long seed, boolean runAhead, int stepsEach) {
        Engine engine = Engine.timed(new SequentialMemory(), seed, runAhead);
        build(engine, stepsEach);
        return engine;
    }

    static Engine exploring(int stepsEach) {
        Engine engine = Engine.exploring(new SequentialMemory());
        build(engine, stepsEach);
        return engine;
    }

    private int pick(Agent agent, int alternatives) {
        return engine.choose(agent, alternatives);
    }

    /** Zero, a few picoseconds (ties), around a bucket, within the wheel, or beyond it. */
    private long delayPs(Agent agent) {
        return switch (pick(agent, 8)) {
            case 0 -> 0;
            case 1, 2 -> pick(agent, 4);
            case 3, 4 -> pick(agent, 10_000);
            case 5, 6 -> pick(agent, 2_000_000);
            default -> pick(agent, 60_000_000);
        };
    }

    private void programStep(Agent agent, int pc) {
        if (pc >= PC_LOOK) {
            Cell cell = cells[pc - PC_LOOK];
            if (cell.load(agent, Order.ACQUIRE) % 2 == 0) {
                agent.next(PC_DECIDE, 1, Why.COMPUTE);
            } else {
                agent.await(cell, pc, Why.LOCK);
            }
            return;
        }
        long left = agent.local(SLOT_LEFT) - 1;
        agent.local(SLOT_LEFT, left);
        if (left <= 0) {
            if (agent instanceof Cpu cpu && agent.local(SLOT_MASKED) != 0) {
                cpu.unmask();
            }
            agent.done(left);
            return;
        }
        switch (pick(agent, 10)) {
            case 0, 1, 2 -> agent.next(PC_DECIDE, delayPs(agent), Why.COMPUTE);
            case 3, 4 -> {
                int cell = pick(agent, CELLS);
                long delta = pick(agent, 2);
                cells[cell].add(agent, delta, Order.FULL);
                agent.next(PC_DECIDE, delayPs(agent), Why.ATOMIC);
            }
            case 5 -> agent.next(PC_LOOK + pick(agent, CELLS), delayPs(agent), Why.COMPUTE);
            case 6 -> agent.call(middle, PC_DECIDE, pick(agent, 3));
            case 7 -> {
                cpus[pick(agent, CPUS)].raise(pick(agent, 2), delayPs(agent));
                agent.next(PC_DECIDE, delayPs(agent), Why.COMPUTE);
            }
            case 8 -> {
                if (agent instanceof Cpu cpu) {
                    cpu.pause(PC_DECIDE, delayPs(agent), Why.THINK);
                } else {
                    agent.next(PC_DECIDE, delayPs(agent), Why.THINK);
                }
            }
            default -> {
                if (agent instanceof Cpu cpu) {
                    boolean masked = agent.local(SLOT_MASKED) != 0;
                    agent.local(SLOT_MASKED, masked ? 0 : 1);
                    if (masked) {
                        cpu.unmask();
                    } else {
                        cpu.mask();
                    }
                }
                agent.next(PC_DECIDE, delayPs(agent), Why.COMPUTE);
            }
        }
    }

    private void middleStep(Agent agent, int pc) {
        if (pc == 0 && agent.local(0) > 0) {
            agent.local(0, agent.local(0) - 1);
            agent.call(leaf, 0, 3, agent.local(0));
        } else {
            agent.done(agent.result());
        }
    }

    private void leafStep(Agent agent, int pc) {
        if (pc == 0) {
            agent.next(1, delayPs(agent), Why.COMPUTE);
        } else {
            agent.done(agent.local(0) * agent.local(1));
        }
    }

    private void handlerStep(Agent agent, int pc) {
        Cpu cpu = (Cpu) agent;
        switch (pc) {
            case 0 -> {
                cpu.mask();
                agent.next(1, delayPs(agent), Why.INTERRUPT_HANDLER);
            }
            case 1 -> {
                cells[0].add(agent, 1, Order.FULL);
                agent.next(2, 5, Why.INTERRUPT_HANDLER);
            }
            default -> {
                cpu.unmask();
                agent.done(0);
            }
        }
    }

    private void tickerStep(Agent agent, int pc) {
        long left = agent.local(SLOT_LEFT);
        if (left == 0) {
            agent.done(0);
            return;
        }
        agent.local(SLOT_LEFT, left - 1);
        cells[(int) (left % CELLS)].add(agent, 1, Order.FULL);
        agent.next(0, 300_000, Why.COMPUTE);
    }
}
