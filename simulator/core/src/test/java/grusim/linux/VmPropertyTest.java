package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CPUs do random memory operations on parts of one address space while the reclaim thread runs and memory is short; each
 * page must always hold what was written to it last, or zero.
 */
final class VmPropertyTest {
    private static final int PAGES = 24;
    private static final int OPERATIONS = 1500;

    /** Pages that every CPU writes a word of; they are reclaimed but never dropped. */
    private static final int SHARED_PAGES = 6;

    private static final long SHARED = 0x4000_0000L;
    private static final int UNMAPPED = -1;

    /** Simulated time after which programs that have not ended hang. */
    private static final long LIMIT_PS = 10_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "1,1,PAGE,false,ipi,mm",
        "2,2,RANGE,true,ipi,mm",
        "3,3,PAGE,false,ipi,mm",
        "4,3,RANGE,true,ipi,split",
        "5,3,RANGE,false,purge,mm",
        "6,3,PAGE,true,ipi,mm",
        "7,3,PAGE,true,ipi,split",
        "8,2,RANGE,false,sn2,split",
        "9,3,RANGE,true,purge,mm"
    })
    void everyPage_holdsWhatWasWrittenLast(
            long seed, int cpus, ReclaimNotifier notifier, boolean downgrade, String shootdown, String lock) {
        String[] settings = VmRig.settings(
                notifier,
                true,
                4,
                8,
                "kernel.munmapDowngrade=" + downgrade,
                "kernel.shootdown=" + shootdown,
                "kernel.pageTableLock=" + lock,
                "kernel.ipiHandlerCost=" + (cpus == 2 ? "4 us" : "500 ns"));
        String failure = run(seed, cpus, settings, OPERATIONS);
        if (failure != null) {
            int passes = 0;
            int fails = OPERATIONS;
            while (fails - passes > 1) {
                int middle = (passes + fails) / 2;
                String smaller = run(seed, cpus, settings, middle);
                if (smaller == null) {
                    passes = middle;
                } else {
                    fails = middle;
                    failure = smaller;
                }
            }
            throw new AssertionError("seed " + seed + ", " + cpus + " CPUs, " + fails + " operations: " + failure);
        }
    }

    /** Runs the programs and returns what went wrong, or null. */
    private static @Nullable String run(long seed, int cpus, String[] settings, int operations) {
        long frames = 8L * cpus + 8;
        VmRig rig = new VmRig(Engine.timed(new SequentialMemory(), seed), VmRig.spec(settings), 1, frames, 9);
        rig.notifier();
        rig.mm.map(SHARED, SHARED_PAGES * PAGE, 3, Mm.FIRST_TOUCH, 0);
        Program[] programs = new Program[cpus];
        Cpu kswapd = new Cpu(rig.engine, "kswapd");
        rig.kernel.mayFlush(kswapd);
        rig.kernel.mayFlush(rig.cpu);
        kswapd.start(rig.kernel.kswapd(), 0);
        for (int i = 0; i < cpus; i++) {
            programs[i] = new Program(rig, i, new Random(seed * 100 + i), operations);
            Cpu cpu = new Cpu(rig.engine, "program" + i);
            rig.mm.runsOn(cpu);
            cpu.start(programs[i], i);
        }
        try {
            rig.engine.timed().run(LIMIT_PS);
            for (Program program : programs) {
                assertThat(program.left).as(rig.engine.waitGraph()).isZero();
                program.checkAll();
            }
            checkFrames(rig, programs);
            for (Program program : programs) {
                rig.call(rig.kernel.calls().munmap(), 0, program.base, PAGES * PAGE);
            }
            rig.call(rig.kernel.calls().munmap(), 0, SHARED, SHARED_PAGES * PAGE);
            checkNothingLeft(rig, frames);
            if (operations == OPERATIONS) {
                checkFlushes(
                        rig.kernel.counters(), cpus, Arrays.asList(settings).contains("kernel.shootdown=ipi"));
            }
            if (operations == OPERATIONS && cpus == 3) {
                checkCovered(rig.kernel.counters());
            }
            return null;
        } catch (AssertionError wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private static void checkFrames(VmRig rig, Program[] programs) {
        Set<Long> mapped = new HashSet<>();
        for (Program program : programs) {
            for (int page = 0; page < PAGES; page++) {
                long pte = rig.mm.peekPte(program.vaddr(page));
                if (Pte.present(pte)) {
                    assertThat(mapped.add(Pte.pfn(pte))).as("frame mapped once").isTrue();
                    assertThat(rig.kernel.frames().references(Pte.pfn(pte))).isEqualTo(1);
                }
            }
        }
    }

    private static void checkNothingLeft(VmRig rig, long frames) {
        VmCounters counters = rig.kernel.counters();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(frames);
        assertThat(rig.kernel.swap().used()).isZero();
        assertThat(rig.mm.vmas().count()).isZero();
        assertThat(counters.value(VmCounter.TABLES_FREED)).isEqualTo(counters.value(VmCounter.TABLES_ALLOCATED));
        assertThat(counters.value(VmCounter.TABLES_READ_AFTER_FREE)).isZero();
        assertThat(counters.value(VmCounter.FRAMES_FREED)).isEqualTo(counters.value(VmCounter.FRAMES_ALLOCATED));
        long starts = rig.log.stream()
                .filter(line -> line.startsWith("notifier start"))
                .count();
        long ends =
                rig.log.stream().filter(line -> line.startsWith("notifier end")).count();
        assertThat(starts).isEqualTo(ends).isPositive();
    }

    private static void checkFlushes(VmCounters counters, int cpus, boolean interrupts) {
        if (!interrupts || cpus > 1) {
            assertThat(counters.value(VmCounter.IPIS_SENT) > 100).isEqualTo(interrupts);
        }
        if (interrupts && cpus == 2) {
            assertThat(counters.value(VmCounter.IPI_WAITS)).isGreaterThan(10);
        }
    }

    private static void checkCovered(VmCounters counters) {
        assertThat(counters.value(VmCounter.SWAPPED_IN)).isGreaterThan(100);
        assertThat(counters.value(VmCounter.KSWAPD_WAKEUPS)).isGreaterThan(10);
        assertThat(counters.value(VmCounter.FAULTS_UPGRADE)).isGreaterThan(10);
        assertThat(counters.value(VmCounter.PTES_MOVED)).isGreaterThan(50);
        assertThat(counters.value(VmCounter.FAULTS_RACED)).as("raced").isPositive();
        assertThat(counters.value(VmCounter.SPINLOCK_WAITS)).as("spins").isPositive();
        assertThat(counters.value(VmCounter.MMAP_SEM_READ_WAITS)).isPositive();
    }

    /** One CPU's random operations, and what its pages must hold. */
    private static final class Program extends Routine {
        private final VmRig rig;
        private final int number;
        private final long base;
        private final long[] sharedContents = new long[SHARED_PAGES];
        private final Random random;
        private final int[] protections = new int[PAGES];
        private final long[] contents = new long[PAGES];
        private int left;
        private long expected;

        Program(VmRig rig, int number, Random random, int operations) {
            super(rig.engine, "program" + number, 4);
            this.rig = rig;
            this.number = number;
            this.base = 0x1f0000L + number * 0x100_0000L;
            this.random = random;
            this.left = operations;
            rig.mm.map(base, PAGES * PAGE, 3, Mm.FIRST_TOUCH, 0);
            Arrays.fill(protections, 3);
        }

        long vaddr(int page) {
            return base + page * PAGE;
        }

        @Override
        public String stepName(int pc) {
            return "step " + pc;
        }

        @Override
        public void step(Agent agent, int pc) {
            switch (pc) {
                case 0 -> {
                    if (left == 0) {
                        agent.done(0);
                    } else {
                        left--;
                        choose(agent);
                    }
                }
                case 1 -> {
                    assertThat(agent.result()).as("result").isEqualTo(expected);
                    agent.next(0, random.nextInt(2000), Why.THINK);
                }
                case 2 -> access(agent);
                case 3 -> faulted(agent);
                case 4 -> agent.next(0, 0, Why.THINK);
                default -> accessShared(agent);
            }
        }

        private void choose(Agent agent) {
            int from = random.nextInt(PAGES);
            int to = from + 1 + random.nextInt(Math.min(6, PAGES - from));
            long bytes = (to - from) * PAGE - random.nextInt(4000);
            Kernel kernel = rig.kernel;
            switch (random.nextInt(40)) {
                case 0 -> {
                    Arrays.fill(protections, from, to, UNMAPPED);
                    expect(0);
                    agent.call(kernel.calls().munmap(), 1, 0, vaddr(from), bytes);
                }
                case 1, 2, 3, 4 -> {
                    Arrays.fill(protections, from, to, 3);
                    Arrays.fill(contents, from, to, 0);
                    expect(vaddr(from));
                    agent.call(kernel.calls().mmap(), 1, 0, vaddr(from), bytes, 3 | Prot.FIXED);
                }
                case 5 -> {
                    expect(0);
                    for (int page = from; page < to; page++) {
                        contents[page] = 0;
                        if (protections[page] == UNMAPPED) {
                            expected = -Errno.ENOMEM;
                        }
                    }
                    agent.call(kernel.calls().madviseDontneed(), 1, 0, vaddr(from), bytes);
                }
                case 6, 7 -> protect(agent, from, to, bytes);
                case 8, 9 -> move(agent, from, to);
                case 10 -> agent.call(kernel.reclaimPages(), 4, 3, 1, vaddr(from), vaddr(to));
                case 11 -> agent.call(kernel.reclaimPages(), 4, SHARED_PAGES, 1, SHARED, SHARED + SHARED_PAGES * PAGE);
                case 12, 13, 14, 15, 16, 17, 18, 19 -> {
                    agent.local(0, random.nextInt(SHARED_PAGES));
                    agent.next(5, random.nextInt(2000), Why.THINK);
                }
                default -> {
                    agent.local(0, from);
                    agent.local(1, random.nextBoolean() ? 1 : 0);
                    agent.next(2, random.nextInt(2000), Why.THINK);
                }
            }
        }

        private void expect(long result) {
            expected = result;
        }

        private void protect(Agent agent, int from, int to, long bytes) {
            int[] choices = {Prot.NONE, Prot.READ, 3, 3};
            int protection = choices[random.nextInt(4)];
            expect(0);
            for (int page = from; page < to && expected == 0; page++) {
                if (protections[page] == UNMAPPED) {
                    expected = -Errno.ENOMEM;
                } else {
                    protections[page] = protection;
                }
            }
            agent.call(rig.kernel.calls().mprotect(), 1, 0, vaddr(from), bytes, protection);
        }

        private void move(Agent agent, int from, int to) {
            int pages = to - from;
            int target = random.nextInt(PAGES - pages + 1);
            boolean overlap = target < to && from < target + pages;
            boolean oneVma = true;
            for (int page = from; page < to; page++) {
                oneVma &= protections[page] != UNMAPPED && protections[page] == protections[from];
            }
            if (overlap) {
                expect(-Errno.EINVAL);
            } else {
                Arrays.fill(protections, target, target + pages, UNMAPPED);
                expect(-Errno.EFAULT);
                if (oneVma) {
                    System.arraycopy(protections, from, protections, target, pages);
                    System.arraycopy(contents, from, contents, target, pages);
                    Arrays.fill(protections, from, to, UNMAPPED);
                    expect(vaddr(target));
                }
            }
            agent.call(rig.kernel.calls().mremap(), 1, 0, vaddr(from), pages * PAGE, pages * PAGE);
            agent.local(4, Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED);
            agent.local(5, vaddr(target));
        }

        /** A load or store of the CPU: hardware translates, or raises a fault. */
        private void access(Agent agent) {
            int page = (int) agent.local(0);
            boolean write = agent.local(1) != 0;
            long pte = rig.mm.peekPte(vaddr(page));
            boolean usable = (pte & Pte.PRESENT) != 0 && (!write || Pte.writable(pte));
            if (!usable) {
                agent.call(rig.kernel.handleFault(), 3, 0, vaddr(page), write ? 1 : 0);
                return;
            }
            assertThat(allowed(page, write)).as("page %s is accessible", page).isTrue();
            long pfn = Pte.pfn(pte);
            assertThat(rig.memory.readWord(pfn, 16, 8)).as("page %s", page).isEqualTo(contents[page]);
            if (write) {
                contents[page] = random.nextLong();
                rig.memory.writeWord(pfn, 16, 8, contents[page]);
            }
            agent.next(0, 100, Why.THINK);
        }

        /** A load and store of this CPU's own word in a page that all CPUs write. */
        private void accessShared(Agent agent) {
            int page = (int) agent.local(0);
            long pte = rig.mm.peekPte(SHARED + page * PAGE);
            if (!Pte.present(pte) || !Pte.writable(pte)) {
                agent.call(rig.kernel.handleFault(), 5, 0, SHARED + page * PAGE, 1);
                return;
            }
            int offset = 8 * number;
            assertThat(rig.memory.readWord(Pte.pfn(pte), offset, 8)).isEqualTo(sharedContents[page]);
            sharedContents[page] = random.nextLong();
            rig.memory.writeWord(Pte.pfn(pte), offset, 8, sharedContents[page]);
            agent.next(0, 100, Why.THINK);
        }

        private void faulted(Agent agent) {
            int page = (int) agent.local(0);
            boolean write = agent.local(1) != 0;
            if (agent.result() >= 0) {
                assertThat(allowed(page, write)).isTrue();
                agent.next(2, 0, Why.THINK);
            } else {
                assertThat(allowed(page, write)).as("page %s is refused", page).isFalse();
                assertThat(agent.result()).isEqualTo(protections[page] == UNMAPPED ? -Errno.EFAULT : -Errno.EACCES);
                agent.next(0, 0, Why.THINK);
            }
        }

        private boolean allowed(int page, boolean write) {
            return protections[page] != UNMAPPED && (protections[page] & (write ? Prot.WRITE : 3)) != 0;
        }

        void checkAll() {
            for (int page = 0; page < PAGES; page++) {
                if (protections[page] != UNMAPPED) {
                    assertThat(rig.kernel.userMemory().readWord(rig.mm, vaddr(page) + 16, 8))
                            .as("page %s in the end", page)
                            .isEqualTo(contents[page]);
                }
            }
        }
    }
}
