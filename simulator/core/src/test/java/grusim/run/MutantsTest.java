package grusim.run;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.engine.Shared;
import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes away every barrier and every lock of driver and device, one at a time: some scenario breaks without it, or it is
 * said why nothing can. What there is to take away is found by playing all scenarios, so that a new barrier or lock asks
 * for its place here. The device's kill bits and its hold on faulting contexts are knobs, and so are the orders of the
 * range callouts.
 */
@Timeout(300)
final class MutantsTest {
    private static final Path CHECKS = Path.of("../../workloads/checks");
    private static final int RANDOM_SCHEDULES = 30;
    private static final int MOST_STEPS = 2_000;

    /** What is missing, and the scenario with its settings that breaks without it. */
    record Mutant(String missing, String scenario, List<String> settings) {
        @Override
        public String toString() {
            return missing + " | " + scenario + " " + String.join(" ", settings);
        }
    }

    private static final String WORDS_IN_LINE =
            "The unit reads the command's words from the line the command is in, and nothing else the CPU wrote.";

    private static final List<Mutant> BARRIERS = List.of(
            new Mutant(
                    "gru_try_dropin 5 range active? READ", "fill-vs-invalidate", List.of("kernel.memoryModel=relaxed")),
            new Mutant("gru_try_dropin 6 find vma READ", "fill-vs-invalidate", List.of("kernel.memoryModel=relaxed")),
            new Mutant(
                    "gru_handle_user_call_os range still active? FULL",
                    "lost-wakeup",
                    List.of("kernel.memoryModel=tso")),
            new Mutant(
                    "gru_handle_user_call_os range still active? FULL",
                    "lost-wakeup",
                    List.of("kernel.memoryModel=relaxed")),
            new Mutant(
                    "gru_flush_tlb_range TGH invalidate WRITE",
                    "fill-vs-invalidate",
                    List.of("kernel.memoryModel=relaxed")));

    /** Barriers without which nothing breaks, and why. */
    private static final Map<String, String> EQUIVALENT_BARRIERS = Map.ofEntries(
            entry("gru_try_dropin 9 write and restart WRITE", WORDS_IN_LINE),
            entry("gru_try_dropin hand the miss to the user WRITE", WORDS_IN_LINE),
            entry("gru_try_dropin raise an exception WRITE", WORDS_IN_LINE),
            entry("gru_preload_tlb 8 write only WRITE", WORDS_IN_LINE),
            entry("gru_load_context CCH ALLOCATE WRITE", WORDS_IN_LINE),
            entry("gru_load_context CCH START WRITE", WORDS_IN_LINE),
            entry("gru_update_cch CCH INTERRUPT WRITE", WORDS_IN_LINE),
            entry("gru_update_cch CCH START WRITE", WORDS_IN_LINE),
            entry("gru_load_kernel_context CCH ALLOCATE WRITE", WORDS_IN_LINE),
            entry("gru_load_kernel_context CCH START WRITE", WORDS_IN_LINE),
            entry("gru_read_gpa start the load FULL", "The load of a word reads nothing that its own CPU has written."),
            entry(
                    "gru_send_message_gpa start the MESQ FULL",
                    "A sender has written nothing but the message, which lies in the data segment."),
            entry("gru_flush_all_tlb TGH invalidate, global WRITE", WORDS_IN_LINE),
            entry(
                    "gru_try_dropin enter the fill READ",
                    "A fill by such rules reads the entry under the page-table lock."),
            entry("gru_unload_context CCH DEALLOCATE WRITE", WORDS_IN_LINE),
            entry("gru_unload_context CCH INTERRUPT_SYNC WRITE", WORDS_IN_LINE),
            entry("program: start a load of A FULL", "A load of one line reads nothing that its own CPU has written."),
            entry(
                    "program: start a copy of 2 lines from the end of A to C FULL",
                    "The copy reads nothing that its own CPU has written."));

    private static final List<Mutant> LOCKS = List.of(
            new Mutant("mmap_sem", "irq-off-walk", List.of("driver.walkProtection=mmap-sem")),
            new Mutant("mmap_sem", "munmap-downgrade", List.of("kernel.era=2.6.28", "driver.interruptWalk=false")),
            new Mutant("ms_asid_lock", "load-vs-flush", List.of()),
            new Mutant("gs_asid_lock", "asid-wrap", List.of()),
            new Mutant("ts_ctxlock", "unload-vs-call", List.of()),
            new Mutant("tgh", "shared-handle", List.of()),
            new Mutant("mmu_lock", "kvm-seq", List.of()),
            new Mutant("user_lock", "interval-retry", List.of()),
            new Mutant("subscriptions_lock", "interval-retry", List.of()),
            new Mutant("device_lock", "ipi-in-flight-reply", List.of()),
            new Mutant("recall_mutex", "end-only", List.of()),
            new Mutant("umem_mutex", "srcu-blockable", List.of()));

    /** Locks without which nothing breaks, and why. */
    private static final Map<String, String> EQUIVALENT_LOCKS = Map.of(
            "bs_kgts_sema", "Nobody takes a kernel's context away in these scenarios.",
            "cch", "Whoever takes a context handle's lock bit holds the thread state's lock.",
            "bs_lock", "Under it only the start of a search moves on; the victim is held by its own lock.");

    /** Locks of the kernel, which are not in question here. */
    private static final Set<String> KERNELS_OWN = Set.of("page_table_lock", "rmap_lock");

    static List<Mutant> barriers() {
        return BARRIERS;
    }

    static List<Mutant> locks() {
        return LOCKS;
    }

    private static Spec spec(String scenario, List<String> settings) {
        return SpecLoader.load(CHECKS.resolve(scenario + ".json"), settings).spec();
    }

    private static Outcome outcome(Spec spec, Predicate<String> barriers, Predicate<String> locks) {
        return new Explorer(
                        () -> {
                            Scenario scenario = ScenarioBuilder.build(spec, m -> new MutantMemory(m, barriers));
                            scenario.engine().elide(locks);
                            return scenario;
                        },
                        Bounds.NONE,
                        1,
                        true,
                        Progress.SILENT)
                .outcome();
    }

    /** The kind of a lock, from the name of one. */
    private static String kind(String lock) {
        String last = lock.substring(Math.max(lock.lastIndexOf(' '), lock.lastIndexOf('.')) + 1);
        return last.replaceFirst("[0-9]+$", "");
    }

    /** The place of a barrier, whichever agent's program it is in. */
    private static String general(String place) {
        return place.replaceFirst("^program of [a-z]+", "program:");
    }

    @ParameterizedTest
    @MethodSource("barriers")
    void withoutTheBarrier_theScenarioBreaks(Mutant mutant) {
        Spec spec = spec(mutant.scenario, mutant.settings);
        assertThat(outcome(spec, place -> false, lock -> false)).isEqualTo(Outcome.SAFE);
        assertThat(outcome(spec, mutant.missing::equals, lock -> false)).isEqualTo(Outcome.VIOLATED);
    }

    @ParameterizedTest
    @MethodSource("locks")
    void withoutTheLock_theScenarioBreaks(Mutant mutant) {
        Spec spec = spec(mutant.scenario, mutant.settings);
        assertThat(outcome(spec, place -> false, lock -> false)).isEqualTo(Outcome.SAFE);
        assertThat(outcome(spec, place -> false, lock -> kind(lock).equals(mutant.missing)))
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    void withoutTheEquivalentBarriers_nothingBreaks() {
        for (String scenario : List.of(
                "fill-vs-invalidate",
                "preload-vs-invalidate",
                "unload-vs-fault",
                "steal-vs-fault",
                "exit-vs-fault",
                "invalidate-before-finish")) {
            Spec spec = spec(scenario, List.of("kernel.memoryModel=relaxed"));
            assertThat(outcome(spec, place -> EQUIVALENT_BARRIERS.containsKey(general(place)), lock -> false))
                    .as(scenario)
                    .isEqualTo(Outcome.SAFE);
        }
    }

    @Test
    void withoutTheEquivalentLocks_nothingBreaks() {
        for (String scenario :
                List.of("fill-vs-invalidate", "unload-vs-fault", "steal-vs-fault", "interval-retry", "end-only")) {
            assertThat(outcome(
                            spec(scenario, List.of()),
                            place -> false,
                            lock -> EQUIVALENT_LOCKS.containsKey(kind(lock))))
                    .as(scenario)
                    .isEqualTo(Outcome.SAFE);
        }
    }

    @Test
    void everyBarrierAndLock_isInATable() throws IOException {
        Set<String> barriers = new TreeSet<>();
        Set<String> locks = new TreeSet<>();
        try (Stream<Path> files = Files.list(CHECKS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Spec spec = SpecLoader.load(file, List.of()).spec();
                for (int seed = 0; seed < RANDOM_SCHEDULES; seed++) {
                    play(spec, seed, barriers, locks);
                }
            }
        }
        Set<String> known = new TreeSet<>(EQUIVALENT_BARRIERS.keySet());
        BARRIERS.forEach(mutant -> known.add(mutant.missing));
        assertThat(barriers).isSubsetOf(known);
        Set<String> knownLocks = new TreeSet<>(EQUIVALENT_LOCKS.keySet());
        knownLocks.addAll(KERNELS_OWN);
        LOCKS.forEach(mutant -> knownLocks.add(mutant.missing));
        assertThat(locks).isSubsetOf(knownLocks);
    }

    /** Plays a scenario in a random order, and notes the driver's barriers and locks it meets. */
    private static void play(Spec spec, int seed, Set<String> barriers, Set<String> locks) {
        Random random = new Random(seed);
        Scenario scenario = ScenarioBuilder.build(
                spec,
                memory -> new MutantMemory(memory, place -> {
                    if (place.startsWith("gru_") || place.startsWith("program")) {
                        barriers.add(general(place));
                    }
                    return false;
                }));
        Engine engine = scenario.engine();
        engine.lockObserver(new LockObserver() {
            @Override
            public void taken(Agent agent, Shared lock, boolean exclusive) {
                locks.add(kind(lock.name()));
            }
        });
        engine.choices((agent, alternatives) -> random.nextInt(alternatives));
        List<Agent> enabled = new ArrayList<>();
        int steps = 0;
        do {
            enabled.clear();
            for (Agent agent : engine.agents()) {
                if (engine.exploring().enabled(agent)) {
                    enabled.add(agent);
                }
            }
            if (!enabled.isEmpty()) {
                engine.exploring().step(enabled.get(random.nextInt(enabled.size())));
            }
            steps++;
        } while (!enabled.isEmpty() && steps < MOST_STEPS);
    }
}
