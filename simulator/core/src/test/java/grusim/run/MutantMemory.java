package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cells;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.Memory;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.engine.Unit;
import java.util.function.Predicate;

/** A memory model that lacks some barriers: those whose place, "routine: step FENCE", a predicate names. */
final class MutantMemory implements Memory {
    private final Memory memory;
    private final Predicate<String> lacks;

    MutantMemory(Memory memory, Predicate<String> lacks) {
        this.memory = memory;
        this.lacks = lacks;
    }

    @Override
    public void fence(Agent agent, Fence fence) {
        String place = agent.describe();
        if (!lacks.test(place.substring(place.indexOf(": ") + 2) + " " + fence)) {
            memory.fence(agent, fence);
        }
    }

    @Override
    public Cell cell(Engine engine, String name, long initial) {
        return memory.cell(engine, name, initial);
    }

    @Override
    public Cells cells(Engine engine, String name, int length) {
        return memory.cells(engine, name, length);
    }

    @Override
    public void command(Agent sender, Unit unit, long delayPs) {
        memory.command(sender, unit, delayPs);
    }

    @Override
    public void acquired(Agent agent, Shared lock) {
        memory.acquired(agent, lock);
    }

    @Override
    public void releasing(Agent agent, Shared lock) {
        memory.releasing(agent, lock);
    }

    @Override
    public void release(Agent agent, Shared lock) {
        memory.release(agent, lock);
    }

    @Override
    public void attach(Cpu cpu) {
        memory.attach(cpu);
    }

    @Override
    public void settled() {
        memory.settled();
    }

    @Override
    public int discoveries() {
        return memory.discoveries();
    }

    @Override
    public int known() {
        return memory.known();
    }

    @Override
    public void learn(Memory other) {
        memory.learn(other instanceof MutantMemory mutant ? mutant.memory : other);
    }

    @Override
    public long staleLoads() {
        return memory.staleLoads();
    }

    @Override
    public void state(StateIo io) {
        memory.state(io);
    }
}
