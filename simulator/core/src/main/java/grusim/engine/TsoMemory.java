package grusim.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Total store order, the model of x86 and SPARC: each CPU's stores pass through a {@link StoreBuffer} in order, and its
 * loads see its own buffer first. Atomic read-modify-writes, full fences and lock operations drain the buffer; read and
 * write fences order nothing that is not ordered already. Commands to device units, and locks given back by a plain store,
 * are stores and take their turn.
 *
 * <p>Device units, and other agents that are no CPUs, have no buffer. A load can be overtaken by nothing and overtake only
 * older stores of its CPU: message passing, load buffering and independent reads of independent writes come out as under
 * sequential consistency; store buffering does not.
 */
public final class TsoMemory extends WeakMemory {
    private final long windowPs;
    private final List<StoreBuffer> buffers = new ArrayList<>();

    /** Number of stores under way, by the low bits of a hash of the word they are for. */
    private final int[] underWay = new int[1 << 10];

    /** {@code windowPs} is the longest time, in picoseconds, that a timed run leaves a store in its buffer. */
    public TsoMemory(long windowPs) {
        this.windowPs = windowPs;
    }

    @Override
    public void attach(Cpu cpu) {
        StoreBuffer buffer = new StoreBuffer(cpu, windowPs, underWay);
        cpu.storeBuffer = buffer;
        buffers.add(buffer);
    }

    @Override
    public void settled() {
        buffers.forEach(StoreBuffer::drain);
    }

    private static void drain(Agent agent) {
        if (agent instanceof Cpu cpu && cpu.storeBuffer != null) {
            cpu.storeBuffer.drain();
        }
    }

    @Override
    public void fence(Agent agent, Fence fence) {
        agent.engine().fenced(agent, fence);
        if (fence == Fence.FULL) {
            drain(agent);
        }
    }

    @Override
    public void command(Agent sender, Unit unit, long delayPs) {
        if (sender instanceof Cpu cpu && cpu.storeBuffer != null && !cpu.storeBuffer.isEmpty()) {
            cpu.storeBuffer.command(unit, delayPs);
        } else {
            unit.commanded(delayPs);
        }
    }

    @Override
    public void acquired(Agent agent, Shared lock) {
        drain(agent);
    }

    @Override
    public void releasing(Agent agent, Shared lock) {
        drain(agent);
    }

    @Override
    public void release(Agent agent, Shared lock) {
        if (agent instanceof Cpu cpu && cpu.storeBuffer != null) {
            cpu.storeBuffer.release(lock);
        } else {
            lock.released(agent);
        }
    }

    @Override
    long read(Agent agent, Words words, int index, Order order) {
        return seen(agent, words, index);
    }

    @Override
    long seen(Agent agent, Words words, int index) {
        if (agent instanceof Cpu cpu && cpu.storeBuffer != null) {
            int place = cpu.storeBuffer.find(words, index);
            if (place >= 0) {
                return cpu.storeBuffer.value(place);
            }
        }
        return words.word(index);
    }

    /** The agent's own value if it has one under way, else that of any CPU that has. */
    @Override
    long newest(Agent agent, Words words, int index) {
        if (underWay[StoreBuffer.bucket(words.shared().id(), index, underWay.length)] == 0) {
            return words.word(index);
        }
        StoreBuffer own = agent instanceof Cpu cpu ? cpu.storeBuffer : null;
        if (own != null && own.find(words, index) >= 0) {
            return own.value(own.find(words, index));
        }
        for (int i = 0; i < buffers.size(); i++) {
            int place = buffers.get(i).find(words, index);
            if (place >= 0) {
                return buffers.get(i).value(place);
            }
        }
        return words.word(index);
    }

    @Override
    void store(Agent agent, Words words, int index, long stored, Order order) {
        Shared state = words.shared();
        long newest = newest(agent, words, index);
        if (order != Order.FULL && agent instanceof Cpu cpu && cpu.storeBuffer != null) {
            cpu.storeBuffer.announce(cpu);
            state.observe(agent, index, Access.WRITE, order, newest, stored, newest);
            cpu.storeBuffer.store(words, index, stored);
        } else {
            state.access(agent, index, Access.WRITE);
            drain(agent);
            state.observe(agent, index, Access.WRITE, order, newest, stored, newest);
            words.word(index, stored);
        }
    }

    @Override
    void before(Agent agent, Order order) {
        drain(agent);
    }

    @Override
    void update(Agent agent, Words words, int index, Order order, boolean written) {}

    /** Whatever is under way to the word reaches it before it is set. */
    @Override
    void reset(Words words, int index) {
        for (int i = 0; i < buffers.size(); i++) {
            if (buffers.get(i).find(words, index) >= 0) {
                buffers.get(i).drain();
            }
        }
    }

    @Override
    boolean upToDate(Agent agent, Words words, int index) {
        return true;
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        if (io.loading()) {
            Arrays.fill(underWay, 0); // the buffers count theirs when they are loaded
        }
    }

    @Override
    public int discoveries() {
        return 0;
    }

    @Override
    public int known() {
        return 0;
    }

    @Override
    public void learn(Memory other) {}
}
