package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.result.LatencyHistogram;
import grusim.workload.CpuTlbSpec.Lazy;
import grusim.workload.KernelSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a kernel has the CPUs' TLBs flushed. By interrupt, the sender waits until every other CPU that has the address space
 * loaded has acknowledged, which one that masks interrupts does not. By the UV hubs' broadcast assist units, the CPUs of other
 * hubs get a message first. By purge, the hardware does it and nobody is interrupted, at a fixed cost or through the hubs of
 * an Altix.
 *
 * <p>What CPU TLBs hold is not modelled, only who waits for whom and how long flushing takes. CPUs keep the address space
 * they were given while the machine was built, unless they are declared to switch.
 */
final class Shootdown {
    private final Kernel kernel;
    private final KernelSpec.Shootdown mechanism;
    private final Lazy lazy;
    private final FlushOthers flushOthers;
    private final FlushInterrupt handler;
    private final @Nullable Bau bau;
    private final @Nullable BauFlush bauFlush;
    private final @Nullable Sn2Purge sn2Purge;
    private final LatencyHistogram durations = new LatencyHistogram();
    private FlushAcknowledgements[] acknowledgements = {};
    private boolean switching;

    /** Own TLB, requests and interrupt line of a CPU, by its number. */
    private @Nullable CpuTlb[] tlbs = {};

    private @Nullable FlushRequests[] requests = {};
    private int[] lines = {};

    Shootdown(Kernel kernel) {
        this.kernel = kernel;
        this.mechanism = kernel.spec().shootdown();
        this.lazy = kernel.spec().cpuTlb().lazy();
        this.flushOthers = new FlushOthers(this, kernel);
        this.handler = new FlushInterrupt(this, kernel);
        this.bau = mechanism == KernelSpec.Shootdown.UV_BAU ? new Bau(kernel) : null;
        this.bauFlush = bau == null ? null : new BauFlush(bau, kernel);
        this.sn2Purge = mechanism == KernelSpec.Shootdown.SN2 ? new Sn2Purge(this, kernel) : null;
    }

    // ---- building and probing ----

    /** Connects the interrupt to a CPU that may run one of the kernel's address spaces, while the machine is being built. */
    void connect(Cpu cpu) {
        kernel.addCpu(cpu);
        int id = cpu.id();
        if (mechanism == KernelSpec.Shootdown.PURGE || (id < requests.length && requests[id] != null)) {
            return;
        }
        if (acknowledgements.length == 0) {
            acknowledgements = new FlushAcknowledgements[FlushAcknowledgements.SLOTS];
            Arrays.setAll(
                    acknowledgements, i -> new FlushAcknowledgements(kernel.engine(), kernel.name() + ".flush" + i));
        }
        if (id >= requests.length) {
            tlbs = Arrays.copyOf(tlbs, id + 1);
            requests = Arrays.copyOf(requests, id + 1);
            lines = Arrays.copyOf(lines, id + 1);
        }
        String prefix = kernel.name() + ".flushes of " + cpu.name();
        requests[id] = new FlushRequests(kernel.engine(), prefix);
        tlbs[id] = new CpuTlb(
                kernel.engine(),
                kernel.name() + ".tlb of " + cpu.name(),
                this,
                kernel.spec().cpuTlb(),
                kernel.counters());
        lines[id] = cpu.connect(handler);
        if (bau != null) {
            bau.connect(cpu);
        }
        addSender(cpu);
    }

    /** The CPU has loaded the address space, while the machine is being built. */
    void loaded(Cpu cpu, Mm mm) {
        if (mechanism != KernelSpec.Shootdown.PURGE) {
            tlb(cpu).put(mm);
        }
    }

    /** Lets a CPU flush others, while the machine is being built; those that run address spaces may. */
    void addSender(Cpu cpu) {
        if (bau != null) {
            bau.addSender(cpu);
        } else if (sn2Purge != null) {
            sn2Purge.connect(kernel.blade(cpu));
            sn2Purge.addSender(cpu);
        }
    }

    /** From now on CPUs may switch address spaces and be lazy; while the machine is being built. */
    void letSwitch() {
        switching = mechanism != KernelSpec.Shootdown.PURGE && lazy != Lazy.INTERRUPT;
    }

    /** Whether CPUs switch address spaces or are lazy. */
    boolean switching() {
        return switching;
    }

    /** How long flushes took, from the first step to the last acknowledgement. */
    LatencyHistogram durations() {
        return durations;
    }

    // ---- flushing ----

    /** Ends the step: everything of the address space is flushed, for tables too, then it goes on at {@code next}. */
    void flush(Agent agent, Mm mm, int next) {
        flush(agent, mm, CpuTlb.ALL, true, next);
    }

    /** Ends the step: one page is flushed, then it goes on at {@code next}. */
    void flushPage(Agent agent, Mm mm, int next) {
        flush(agent, mm, 1, false, next);
    }

    /** Ends the step: a range of pages is flushed, then it goes on at {@code next}. */
    void flushRange(Agent agent, Mm mm, long start, long end, int next) {
        flush(agent, mm, pages(start, end), false, next);
    }

    /** Number of pages of a range as a flush takes it, {@link CpuTlb#ALL} if there are too many to count. */
    static int pages(long start, long end) {
        long pages = (end - start + PhysicalMemory.FRAME_BYTES - 1) >>> PhysicalMemory.FRAME_SHIFT;
        return pages > FlushKind.MOST_PAGES ? CpuTlb.ALL : (int) pages;
    }

    /** Ends the step: pages are flushed, before page tables are freed or not, then it goes on at {@code next}. */
    void flush(Agent agent, Mm mm, int pages, boolean tablesFreed, int next) {
        kernel.counters().add(VmCounter.SHOOTDOWNS);
        int flushed = kernel.engine().isTimed() ? pages : CpuTlb.ALL;
        long kind = FlushKind.of(flushed, tablesFreed);
        if (mechanism == KernelSpec.Shootdown.PURGE) {
            took(kernel.spec().cpuShootdownCostPs());
            agent.next(next, kernel.spec().cpuShootdownCostPs(), Why.SHOOTDOWN);
        } else if (sn2Purge != null) {
            agent.call(sn2Purge, next, mm.id());
            agent.local(Sn2Purge.BEGAN_PS, kernel.engine().nowPs());
        } else if (bauFlush != null) {
            agent.call(bauFlush, next, mm.id());
            agent.local(BauFlush.BEGAN_PS, kernel.engine().nowPs());
            agent.local(BauFlush.KIND, kind);
            agent.local(BauFlush.NUMBER, mm.nextFlush());
        } else {
            interruptOthers(agent, mm, kernel.engine().nowPs(), kind, mm.nextFlush(), next);
        }
    }

    /** Ends the step: the CPUs that a flush of this kind interrupts are asked, then it goes on at {@code next}. */
    void interruptOthers(Agent agent, Mm mm, long beganPs, long kind, long number, int next) {
        int first = nextTarget(agent, mm.cpuMask(), 0, kind);
        if (!switching && first == mm.cpuMask().size()) {
            long costPs = flushOwnPs(agent, mm, FlushKind.pages(kind), number);
            took(kernel.engine().nowPs() - beganPs + costPs);
            agent.next(next, costPs, Why.SHOOTDOWN);
            return;
        }
        agent.call(flushOthers, next, mm.id(), switching ? 0 : first);
        agent.local(FlushOthers.BEGAN_PS, beganPs);
        agent.local(FlushOthers.KIND, kind);
        agent.local(FlushOthers.NUMBER, number);
    }

    // ---- for its routines ----

    /** The first index from {@code from} on of a CPU that a flush of this kind interrupts, or the size of the mask. */
    int nextTarget(Agent agent, CpuMask mask, int from, long kind) {
        int index = mask.nextOther(from, agent);
        while (FlushKind.ownHubOnly(kind)
                && index < mask.size()
                && kernel.blade(mask.cpu(index)) != kernel.blade(agent)) {
            index = mask.nextOther(index + 1, agent);
        }
        return index;
    }

    /** Whether a flush of this kind passes over lazy CPUs. */
    boolean passesOverLazy(long kind) {
        return switching && lazy == Lazy.SKIP && !FlushKind.freesTables(kind);
    }

    /** Whether a lazy CPU that is interrupted leaves its address space. */
    boolean lazyLeave() {
        return switching;
    }

    /** Picoseconds that the agent takes to flush its own TLB, 0 if it has not loaded the address space. */
    long flushOwnPs(Agent agent, Mm mm, int pages, long number) {
        return mm.cpuMask().contains(agent) ? tlb(agent).flushPs(mm, pages, number) : 0;
    }

    /** Asks a CPU for a flush; the one access of the step. */
    void ask(Agent agent, Cpu target, Mm mm, long extent) {
        if (requests(target).post(agent, mm.id(), extent)) {
            target.raise(lines[target.id()], 0);
        }
        kernel.counters().add(VmCounter.IPIS_SENT);
    }

    /** Acknowledges a request to its sender; the one access of the step. */
    void acknowledge(Agent agent, long request) {
        int sender = FlushRequests.sender(request);
        acknowledgements(sender).acknowledge(agent, sender);
    }

    /** The broadcast assist units, where there are any. */
    Bau bau() {
        return Objects.requireNonNull(bau);
    }

    CpuTlb tlb(Agent cpu) {
        return Objects.requireNonNull(tlbs[cpu.id()], cpu.name());
    }

    FlushRequests requests(Agent cpu) {
        return Objects.requireNonNull(requests[cpu.id()], cpu.name());
    }

    FlushAcknowledgements acknowledgements(int sender) {
        return acknowledgements[sender % FlushAcknowledgements.SLOTS];
    }

    /** A flush that began at this time has ended. */
    void ended(long beganPs) {
        took(kernel.engine().nowPs() - beganPs);
    }

    private void took(long ps) {
        if (kernel.engine().isTimed()) {
            durations.record(ps);
        }
    }
}
