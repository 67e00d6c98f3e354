package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.workload.KernelSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a kernel has the CPUs' TLBs flushed. By purge, the hardware does it and nobody is interrupted (Linux
 * arch/ia64/sn/kernel/sn2). By interrupt, the sender waits until every other CPU that runs the address space has
 * acknowledged, which one that masks interrupts does not.
 *
 * <p>What CPU TLBs hold is not modelled, only who waits for whom. A CPU of the mask is interrupted whether idle or not (no
 * lazy TLB).
 */
final class Shootdown {
    private final Kernel kernel;
    private final boolean interrupts;
    private final FlushOthers flushOthers;
    private final FlushInterrupt handler;
    private FlushAcknowledgements[] acknowledgements = {};

    /** Requests and interrupt line of a CPU, by its number. */
    private @Nullable FlushRequests[] requests = {};

    private int[] lines = {};

    Shootdown(Kernel kernel) {
        this.kernel = kernel;
        this.interrupts = kernel.spec().shootdown() == KernelSpec.Shootdown.IPI;
        this.flushOthers = new FlushOthers(this, kernel);
        this.handler = new FlushInterrupt(this, kernel);
    }

    /** Connects the interrupt to a CPU that runs one of the kernel's address spaces, while the machine is being built. */
    void connect(Cpu cpu) {
        int id = cpu.id();
        if (!interrupts || (id < requests.length && requests[id] != null)) {
            return;
        }
        if (acknowledgements.length == 0) {
            acknowledgements = new FlushAcknowledgements[FlushAcknowledgements.SLOTS];
            Arrays.setAll(
                    acknowledgements, i -> new FlushAcknowledgements(kernel.engine(), kernel.name() + ".flush" + i));
        }
        if (id >= requests.length) {
            requests = Arrays.copyOf(requests, id + 1);
            lines = Arrays.copyOf(lines, id + 1);
        }
        requests[id] = new FlushRequests(kernel.engine(), kernel.name() + ".flushes of " + cpu.name());
        lines[id] = cpu.connect(handler);
    }

    /** Ends the step: the TLBs of the CPUs that run the address space are flushed, then it goes on at {@code next}. */
    void flush(Agent agent, Mm mm, int next) {
        kernel.counters().add(VmCounter.SHOOTDOWNS);
        int first = mm.cpuMask().nextOther(0, agent);
        if (interrupts && first < mm.cpuMask().size()) {
            agent.call(flushOthers, next, mm.id(), first);
        } else {
            agent.next(next, kernel.spec().cpuShootdownCostPs(), Why.SHOOTDOWN);
        }
    }

    /** Asks a CPU for a flush; the one access of the step. */
    void ask(Agent agent, Cpu target, Mm mm) {
        if (requests(target).post(agent, mm.id())) {
            target.raise(lines[target.id()], 0);
        }
        kernel.counters().add(VmCounter.IPIS_SENT);
    }

    /** Acknowledges a request to its sender; the one access of the step. */
    void acknowledge(Agent agent, long request) {
        int sender = FlushRequests.sender(request);
        CpuMask mask = kernel.mm(FlushRequests.mm(request)).cpuMask();
        acknowledgements(sender).acknowledge(agent, sender, mask.others(sender));
    }

    FlushRequests requests(Agent cpu) {
        return Objects.requireNonNull(requests[cpu.id()], cpu.name());
    }

    FlushAcknowledgements acknowledgements(int sender) {
        return acknowledgements[sender % FlushAcknowledgements.SLOTS];
    }
}
