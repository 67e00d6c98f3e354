package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.workload.BauSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The broadcast assist units of a machine's hubs (Linux arch/x86/kernel/tlb_uv.c): what each hub receives, how many messages
 * each may send, what each CPU sends, and whether they are disabled for the whole machine.
 */
final class Bau extends Shared {
    private final Kernel kernel;
    private final BauSpec spec;
    private final BauInterrupt handler;

    private @Nullable BauQueue[] queues = {};
    private @Nullable BauThrottle[] throttles = {};
    private @Nullable BauSend[] sends = {};

    private long disabledUntilPs;
    private int giveUps;

    Bau(Kernel kernel) {
        super(kernel.engine(), kernel.name() + ".bau");
        this.kernel = kernel;
        this.spec = kernel.spec().bau();
        this.handler = new BauInterrupt(this, kernel);
    }

    /** Has a CPU take its hub's messages, while the machine is being built. */
    void connect(Cpu cpu) {
        int hub = kernel.blade(cpu);
        if (hub >= queues.length) {
            queues = Arrays.copyOf(queues, hub + 1);
            throttles = Arrays.copyOf(throttles, hub + 1);
        }
        BauQueue queue = queues[hub];
        if (queue == null) {
            queue = new BauQueue(kernel.engine(), name() + " queue" + hub, spec);
            queues[hub] = queue;
        }
        queue.add(cpu, cpu.connect(handler));
    }

    /** What a hub receives. */
    BauQueue queue(int hub) {
        return Objects.requireNonNull(queues[hub]);
    }

    /** How much a hub may send. */
    BauThrottle throttle(int hub) {
        return Objects.requireNonNull(throttles[hub]);
    }

    /** What a CPU sends. */
    BauSend send(int cpu) {
        return Objects.requireNonNull(sends[cpu]);
    }

    /** Makes the sending side of a CPU, while the machine is being built. */
    void addSender(Cpu cpu) {
        int hub = kernel.blade(cpu);
        if (hub >= throttles.length) {
            throttles = Arrays.copyOf(throttles, hub + 1);
        }
        if (throttles[hub] == null) {
            throttles[hub] = new BauThrottle(kernel.engine(), name() + " sends of hub" + hub, spec);
        }
        if (cpu.id() >= sends.length) {
            sends = Arrays.copyOf(sends, cpu.id() + 1);
        }
        if (sends[cpu.id()] == null) {
            sends[cpu.id()] = new BauSend(kernel.engine(), name() + " send of " + cpu.name());
        }
    }

    /** Whether the units are in use. */
    boolean enabled(Agent agent) {
        access(agent, Access.READ);
        return kernel.engine().nowPs() >= disabledUntilPs;
    }

    /** Disables the units for a while. */
    void disable(Agent agent) {
        access(agent, Access.UPDATE);
        disableNow();
    }

    /** A sender has given up; too many of them disable the units. */
    void giveUp(Agent agent) {
        access(agent, Access.UPDATE);
        if (++giveUps >= spec.giveUpLimit()) {
            giveUps = 0;
            disableNow();
        }
    }

    private void disableNow() {
        kernel.counters().add(VmCounter.BAU_DISABLED);
        if (kernel.engine().isTimed()) {
            disabledUntilPs = kernel.engine().nowPs() + spec.disabledTimePs();
        }
    }

    @Override
    public void state(StateIo io) {
        giveUps = io.i32(giveUps);
        if (io.timed()) {
            disabledUntilPs = io.i64(disabledUntilPs);
        }
    }
}
