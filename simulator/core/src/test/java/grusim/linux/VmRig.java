package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec;
import grusim.workload.KernelSpec.ReclaimNotifier;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kernel on a small machine, with a CPU that calls its routines and a log of what it announces. */
final class VmRig {
    static final long PAGE = 4096;
    static final long NS = 1000;

    /** Costs that add up to readable sums: a plain fault 750 ns, zeroing 950 ns, a lock 20 ns, and so on. */
    static final KernelSpec SPEC = spec(ReclaimNotifier.PAGE, false, 0, 0);

    final Engine engine;
    final PhysicalMemory memory;
    final Kernel kernel;
    final Mm mm;
    final Cpu cpu;

    /** Notifier callouts and observed facts, in order. */
    final List<String> log = new ArrayList<>();

    static KernelSpec spec(ReclaimNotifier notifier, boolean reclaim, long lowFrames, long highFrames) {
        return spec(settings(notifier, reclaim, lowFrames, highFrames));
    }

    /** As {@link #spec(ReclaimNotifier, boolean, long, long)}, as settings. */
    static String[] settings(
            ReclaimNotifier notifier, boolean reclaim, long lowFrames, long highFrames, String... more) {
        return Stream.concat(
                        Stream.of(
                                "kernel.reclaimNotifier=" + (notifier == ReclaimNotifier.PAGE ? "page" : "range"),
                                "kernel.reclaim.enabled=" + reclaim,
                                "kernel.reclaim.lowWatermark=" + lowFrames * PAGE + " B",
                                "kernel.reclaim.highWatermark=" + highFrames * PAGE + " B",
                                "kernel.reclaim.batch=4"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** The defaults, with settings; a flush of a CPU's own TLB takes 2,700 ns, like asking another, unless set. */
    static KernelSpec spec(String... settings) {
        String whole =
                "{\"name\": \"vm\", \"kernel\": {\"cpuTlb\": {\"singlePageCeiling\": 0, \"fullFlushCost\": \"2.7 us\"}}}";
        return SpecLoader.fromJson(whole, settings).kernel();
    }

    /** As {@link #spec(String...)}, but flushes of a CPU's own TLB take no time. */
    static KernelSpec ownFlushesFree(String... settings) {
        return spec(Stream.concat(
                        Stream.of(
                                "kernel.cpuTlb.singlePageCeiling=33",
                                "kernel.cpuTlb.pageFlushCost=0 ns",
                                "kernel.cpuTlb.fullFlushCost=0 ns"),
                        Stream.of(settings))
                .toArray(String[]::new));
    }

    VmRig() {
        this(SPEC, 64);
    }

    VmRig(KernelSpec spec, long frames) {
        this(spec, frames, cpu -> 0);
    }

    VmRig(KernelSpec spec, long frames, CpuPlaces places) {
        this(Engine.timed(new SequentialMemory(), 1), spec, 1, frames, Partition.X86_64_TABLE_BITS, places);
        mm.runsOn(cpu);
    }

    VmRig(Engine engine, KernelSpec spec, int blades, long framesPerBlade, int tableBits) {
        this(engine, spec, blades, framesPerBlade, tableBits, agent -> agent.id() % blades);
    }

    private VmRig(Engine engine, KernelSpec spec, int blades, long framesPerBlade, int tableBits, CpuPlaces places) {
        this.engine = engine;
        this.memory = new PhysicalMemory(blades, framesPerBlade * PAGE, true);
        engine.component(memory);
        this.kernel = new Kernel(engine, memory, spec, new Partition("linux", 0, blades, tableBits), places);
        this.cpu = new Cpu(engine, "cpu0");
        this.mm = kernel.createMm();
        kernel.observer(new Log());
    }

    /** Runs a routine to its end on the CPU and returns its result. */
    long call(Routine routine, long... arguments) {
        Caller caller = new Caller(routine, arguments);
        cpu.start(caller, 0);
        engine.timed().run(Long.MAX_VALUE);
        if (!cpu.idle()) {
            throw new AssertionError(engine.waitGraph());
        }
        return caller.result;
    }

    long fault(long vaddr, boolean write) {
        return call(kernel.handleFault(), mm.id(), vaddr, write ? 1 : 0);
    }

    /** Registers a notifier that writes its callouts to the log, each 10 ns long. */
    void notifier() {
        mm.register(new Notifier(false));
    }

    /** As {@link #notifier}, with the callouts under locks, at flushes and around reclaim too. */
    void curiousNotifier() {
        mm.register(new Notifier(true));
    }

    /** A routine that takes a reference to the frame in slot 0 and keeps it. */
    Routine pin() {
        return new Routine(engine, "pin", 1) {
            @Override
            public String stepName(int pc) {
                return "take a reference";
            }

            @Override
            public void step(Agent agent, int pc) {
                kernel.frames().reference(agent, agent.local(0));
                agent.done(0);
            }
        };
    }

    /** Calls a routine with any number of arguments. */
    private final class Caller extends Routine {
        private final Routine callee;
        private final long[] arguments;
        private long result;

        Caller(Routine callee, long... arguments) {
            super(VmRig.this.engine, "caller", 1);
            this.callee = callee;
            this.arguments = arguments;
        }

        @Override
        public String stepName(int pc) {
            return "call";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                agent.call(callee, 1);
                for (int i = 0; i < arguments.length; i++) {
                    agent.local(i, arguments[i]);
                }
            } else {
                result = agent.result();
                agent.done(result);
            }
        }
    }

    private final class Notifier implements SecondaryMmu {
        private final Routine start = callout("start", true);
        private final Routine end = callout("end", true);
        private final Routine page = callout("page", false);
        private final Routine release = new Callout("release", false, false);
        private final @Nullable Routine cleared;
        private final @Nullable Routine flushed;
        private final @Nullable Routine beforeUnmap;
        private final @Nullable Routine afterUnmap;

        Notifier(boolean curious) {
            cleared = curious ? callout("cleared", true) : null;
            flushed = curious ? callout("flushed", true) : null;
            beforeUnmap = curious ? callout("before", false) : null;
            afterUnmap = curious ? callout("after", false) : null;
        }

        private Routine callout(String name, boolean range) {
            return new Callout(name, true, range);
        }

        @Override
        public Routine rangeStart() {
            return start;
        }

        @Override
        public Routine rangeEnd() {
            return end;
        }

        @Override
        public Routine invalidatePage() {
            return page;
        }

        @Override
        public @Nullable Routine cleared() {
            return cleared;
        }

        @Override
        public @Nullable Routine flushed() {
            return flushed;
        }

        @Override
        public @Nullable Routine beforeUnmap() {
            return beforeUnmap;
        }

        @Override
        public @Nullable Routine afterUnmap() {
            return afterUnmap;
        }

        @Override
        public Routine release() {
            return release;
        }
    }

    private final class Callout extends Routine {
        private final boolean address;
        private final boolean range;

        Callout(String name, boolean address, boolean range) {
            super(VmRig.this.engine, name, 3);
            this.address = address;
            this.range = range;
        }

        @Override
        public String stepName(int pc) {
            return "log";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                String where = address ? " " + page(agent.local(1)) : "";
                log.add("notifier " + name() + where + (range ? "-" + page(agent.local(2)) : ""));
                agent.next(1, 10 * NS, Why.INVALIDATE);
            } else {
                agent.done(0);
            }
        }
    }

    private static String page(long vaddr) {
        return Long.toHexString(vaddr >>> PhysicalMemory.FRAME_SHIFT);
    }

    private final class Log implements VmObserver {
        @Override
        public void frameFreed(Agent agent, long pfn) {
            log.add("free frame " + pfn);
        }

        @Override
        public void pteSet(Agent agent, int id, long vaddr, long pte, boolean fresh) {
            log.add("set " + page(vaddr) + " frame " + Pte.pfn(pte) + (fresh ? " fresh" : " kept"));
        }

        @Override
        public void pteChanged(Agent agent, int id, long vaddr, long oldPte, long newPte) {
            log.add("change " + page(vaddr) + " " + rights(oldPte) + " to " + rights(newPte));
        }

        @Override
        public void pteCleared(Agent agent, int id, long vaddr, long oldPte, boolean kept) {
            log.add("clear " + page(vaddr) + " frame " + Pte.pfn(oldPte) + (kept ? " kept" : " dropped"));
        }

        @Override
        public void tableFreed(Agent agent, long table) {
            log.add("free table " + table);
        }

        @Override
        public void tableReadAfterFree(Agent agent, long table) {
            log.add("stale read of table " + table);
        }

        @Override
        public void rangeStart(Agent agent, int id, long start, long end) {
            log.add("range start " + page(start) + "-" + page(end));
        }

        @Override
        public void rangeEnd(Agent agent, int id, long start, long end) {
            log.add("range end " + page(start) + "-" + page(end));
        }

        @Override
        public void pageInvalidated(Agent agent, int id, long vaddr) {
            log.add("page invalidated " + page(vaddr));
        }

        @Override
        public void mmGone(Agent agent, int id) {
            log.add("mm gone");
        }
    }

    static String rights(long pte) {
        return (Pte.writable(pte) ? "w" : "-") + (Pte.dirty(pte) ? "d" : "-") + (Pte.accessed(pte) ? "a" : "-");
    }
}
