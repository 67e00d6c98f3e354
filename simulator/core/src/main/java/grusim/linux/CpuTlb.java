package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.workload.CpuTlbSpec;

/**
 * What a CPU knows of its own TLB (Linux cpu_tlbstate): the address space it has loaded, up to which of that one's flushes
 * it has followed, and whether it runs no thread of it (lazy TLB). Only the CPU itself changes it; who flushes may look
 * whether it is lazy.
 *
 * <p>Which translations the TLB holds is not modelled, only what flushing costs; so the numbers of flushes are known in timed
 * runs alone.
 */
final class CpuTlb extends Shared {
    /** A flush of everything, as a number of pages. */
    static final int ALL = 0;

    private static final int KERNEL_ONLY = -1;

    private final Shootdown shootdown;
    private final CpuTlbSpec spec;
    private final VmCounters counters;
    private int loaded = KERNEL_ONLY;
    private boolean lazy;
    private long generation;

    CpuTlb(Engine engine, String name, Shootdown shootdown, CpuTlbSpec spec, VmCounters counters) {
        super(engine, name);
        this.shootdown = shootdown;
        this.spec = spec;
        this.counters = counters;
    }

    /** Loads an address space while the machine is being built. */
    void put(Mm mm) {
        loaded = mm.id();
        generation = mm.tlbGeneration();
    }

    /** Loads an address space, of whose mask the CPU is a member already, and runs a thread of it. */
    void load(Agent cpu, Mm mm) {
        access(cpu, Access.UPDATE);
        put(mm);
        lazy = false;
        counters.add(VmCounter.MM_SWITCHES);
    }

    /** Loads the kernel's page table, which needs none of these flushes. */
    void unload(Agent cpu) {
        access(cpu, Access.UPDATE);
        loaded = KERNEL_ONLY;
    }

    /** Says whether the CPU runs a thread of the address space it has loaded. */
    void runs(Agent cpu, boolean runs) {
        access(cpu, Access.UPDATE);
        lazy = !runs;
    }

    /** Whether another agent finds the CPU lazy. */
    boolean looksLazy(Agent other) {
        access(other, Access.READ);
        return lazy;
    }

    /** Whether the CPU is lazy with an address space loaded, as it knows of itself. */
    boolean lazyWith(Mm mm) {
        return lazy && loaded == mm.id();
    }

    /** The address space loaded, negative if none, as the CPU knows of itself. */
    int loaded() {
        return loaded;
    }

    /** Picoseconds that the CPU takes to do a flush of some pages, by its number; it has then followed it. */
    long flushPs(Mm mm, int pages, long flush) {
        if (!spec.generations() || loaded != mm.id() || flush == 0) {
            return pages == ALL || pages > spec.singlePageCeiling() ? whole() : single(pages);
        }
        if (generation >= mm.tlbGeneration()) {
            counters.add(VmCounter.TLB_FLUSHES_SKIPPED);
            return 0;
        }
        boolean next = flush == generation + 1 && flush == mm.tlbGeneration();
        generation = mm.tlbGeneration();
        if (pages == ALL || pages > spec.singlePageCeiling()) {
            return whole();
        }
        if (!next) {
            counters.add(VmCounter.TLB_FLUSHES_UPGRADED);
            return whole();
        }
        return single(pages);
    }

    /** Picoseconds that the CPU, which has just begun to run a thread again, takes to follow the flushes it was spared. */
    long catchUpPs(Mm mm) {
        if (!spec.generations() || generation >= mm.tlbGeneration()) {
            return 0;
        }
        generation = mm.tlbGeneration();
        counters.add(VmCounter.TLB_FLUSHES_LATE);
        return whole();
    }

    private long single(int pages) {
        counters.add(VmCounter.TLB_PAGES_FLUSHED, pages);
        return pages * spec.pageFlushCostPs();
    }

    private long whole() {
        counters.add(VmCounter.TLB_FULL_FLUSHES);
        return spec.fullFlushCostPs();
    }

    @Override
    public void state(StateIo io) {
        if (shootdown.switching()) {
            loaded = io.i32(loaded);
            lazy = io.bool(lazy);
        }
        if (io.timed()) {
            generation = io.i64(generation);
        }
    }
}
