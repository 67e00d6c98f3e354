package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.workload.Sn2Spec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Purges the TLBs of an Altix through its hubs: sn2_global_tlb_purge (Linux arch/ia64/sn/kernel/sn2/sn2_smp.c). A CPU that
 * alone uses the address space purges its own TLB. Otherwise it takes the purge lock, of the machine or of its node, writes
 * the purge register of each node that has the address space loaded, with so many writes outstanding at most, and waits
 * until all are done. Nobody is interrupted.
 *
 * <p>One purge covers any range. The recovery from a deadlock of writes is not modelled. Slots: 0 address space, 1 index of
 * the next CPU of the mask, 2 when the flush began. Returns 0.
 */
final class Sn2Purge extends KernelRoutine implements Stateful {
    private static final int INDEX = 1;
    static final int BEGAN_PS = 2;
    private static final int SLOTS = 3;

    private static final int MASK = 0;
    private static final int LOCAL = 1;
    private static final int LOCK = 2;
    private static final int WRITE = 3;
    private static final int ISSUED = 4;
    private static final int DRAINED = 5;
    private static final int LOCK_AGAIN = 6;

    private final Sn2Spec rules;
    private final Shootdown shootdown;

    /** By node: purge register, and lock, of which there is one alone if it is the machine's. */
    private @Nullable PurgePort[] ports = {};

    private @Nullable SpinLock[] locks = {};

    /** By agent, when each of its latest writes is done. */
    private long[][] doneAtPs = {};

    Sn2Purge(Shootdown shootdown, Kernel kernel) {
        super(kernel, "sn2_global_tlb_purge", SLOTS);
        this.shootdown = shootdown;
        this.rules = kernel.spec().sn2();
        if (rules.lock() == Sn2Spec.Lock.GLOBAL) {
            locks = new SpinLock[] {lock("")};
        }
        kernel.engine().component(this);
    }

    private SpinLock lock(String node) {
        return new SpinLock(kernel.engine(), kernel.name() + ".ptc_lock" + node, kernel.counters());
    }

    /** Makes what a node needs, while the machine is being built. */
    void connect(int node) {
        Engine engine = kernel.engine();
        if (node >= ports.length) {
            ports = Arrays.copyOf(ports, node + 1);
        }
        if (ports[node] == null) {
            ports[node] = new PurgePort(engine, kernel.name() + ".purge" + node, rules.purgeServicePs());
        }
        if (rules.lock() == Sn2Spec.Lock.NODE) {
            if (node >= locks.length) {
                locks = Arrays.copyOf(locks, node + 1);
            }
            locks[node] = locks[node] == null ? lock(Integer.toString(node)) : locks[node];
        }
    }

    /** Makes room for the writes of an agent, while the machine is being built. */
    void addSender(Agent agent) {
        int known = doneAtPs.length;
        if (agent.id() >= known) {
            doneAtPs = Arrays.copyOf(doneAtPs, agent.id() + 1);
            Arrays.fill(doneAtPs, known, doneAtPs.length, new long[0]);
        }
        doneAtPs[agent.id()] = new long[rules.writesOutstanding()];
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case MASK -> "look at the mask";
            case LOCAL -> "purged";
            case LOCK, LOCK_AGAIN -> "take the purge lock";
            case WRITE -> "write a node's purge register";
            case ISSUED -> "wait for the writes";
            default -> "release the purge lock";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        CpuMask mask = mm(agent).cpuMask();
        switch (pc) {
            case MASK -> {
                if (shootdown.switching()) {
                    mask.look(agent);
                }
                if (mask.contains(agent) && mask.nextOther(0, agent) == mask.size()) {
                    kernel.counters().add(VmCounter.PURGES_LOCAL);
                    agent.next(LOCAL, rules.localPurgeCostPs(), Why.SHOOTDOWN);
                } else {
                    agent.next(LOCK, 0, Why.SHOOTDOWN);
                }
            }
            case LOCAL -> finish(agent);
            case LOCK -> {
                kernel.counters().add(VmCounter.PURGES_GLOBAL);
                lock(agent, lockOf(agent), LOCK_AGAIN, WRITE);
            }
            case LOCK_AGAIN -> lock(agent, lockOf(agent), LOCK_AGAIN, WRITE);
            case WRITE -> write(agent, mask);
            case ISSUED -> {
                long lastPs = Arrays.stream(doneAtPs[agent.id()]).max().orElse(0);
                long restPs = Math.max(0, lastPs - kernel.engine().nowPs());
                agent.next(DRAINED, restPs, Why.SHOOTDOWN);
            }
            default -> unlock(agent, lockOf(agent), LOCAL);
        }
    }

    private void finish(Agent agent) {
        shootdown.ended(agent.local(BEGAN_PS));
        agent.done(0);
    }

    private SpinLock lockOf(Agent agent) {
        int node = rules.lock() == Sn2Spec.Lock.GLOBAL ? 0 : kernel.blade(agent);
        return Objects.requireNonNull(locks[node]);
    }

    private void write(Agent agent, CpuMask mask) {
        int index = nextNode(mask, (int) agent.local(INDEX));
        if (index == mask.size()) {
            agent.next(ISSUED, 0, Why.SHOOTDOWN);
            return;
        }
        long nowPs = kernel.engine().nowPs();
        long[] own = doneAtPs[agent.id()];
        int free = 0;
        for (int i = 1; i < own.length; i++) {
            free = own[i] < own[free] ? i : free;
        }
        if (own[free] > nowPs) {
            kernel.counters().add(VmCounter.PURGE_WINDOW_WAIT, own[free] - nowPs);
            agent.next(WRITE, own[free] - nowPs, Why.SHOOTDOWN);
            return;
        }
        kernel.counters().add(VmCounter.PURGE_WRITES);
        PurgePort port = Objects.requireNonNull(ports[kernel.blade(mask.cpu(index))]);
        long queuedPs = port.write(agent);
        if (kernel.engine().isTimed()) {
            own[free] = nowPs + queuedPs + rules.writeLatencyPs();
        }
        agent.local(INDEX, index + 1L);
        agent.next(WRITE, rules.writeCostPs(), Why.SHOOTDOWN);
    }

    /** The first index from {@code from} on of a CPU of the mask whose node none before it in the mask is on, or the size. */
    private int nextNode(CpuMask mask, int from) {
        int index = mask.next(from);
        while (index < mask.size() && isOnEarlierNode(mask, index)) {
            index = mask.next(index + 1);
        }
        return index;
    }

    private boolean isOnEarlierNode(CpuMask mask, int index) {
        for (int i = mask.next(0); i < index; i = mask.next(i + 1)) {
            if (kernel.blade(mask.cpu(i)) == kernel.blade(mask.cpu(index))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void state(StateIo io) {
        if (io.timed()) {
            for (long[] own : doneAtPs) {
                io.array(own);
            }
        }
    }
}
