package grusim.workload;

import java.util.Arrays;
import java.util.List;

/**
 * What each {@link Era} says about the rules that a spec does not set itself.
 *
 * <p>Tags of the sources: V read in the primary document, V2 in a secondary one, M from memory.
 */
public final class EraRules {
    // rule | 2.6.26-review | 2.6.28 | 4.20 | 6.1.192 | source
    private static final String TABLE = """
            kernel.munmapDowngrade   | false           | false        | true         | true         | Linux mm/mmap.c: munmap downgrades from 4.20 on (V2)
            kernel.reclaimNotifier   | page            | page         | range        | range        | Linux: invalidate_page until 4.13 (M)
            kernel.cowNotifier       | page            | page         | range        | range        | Linux mm/memory.c: ptep_clear_flush_notify calls by page in 2.6.28 (V2); a range around it from 4.14 on (M)
            kernel.cpuTlb.generations | false          | false        | true         | true         | Linux arch/x86/mm/tlb.c: tlb_gen from 4.14 on (M)
            kernel.cpuTlb.lazy       | leave           | leave        | skip         | skip         | Linux arch/x86/mm/tlb.c: lazy CPUs are passed over from 4.20 on (M)
            kernel.ipiRequests       | shared-word     | shared-word  | per-cpu      | per-cpu      | Linux arch/x86/kernel/tlb_64.c until 3.5, then smp_call_function_many (M)
            kernel.exitLock          | none            | none         | none         | mmap-lock    | Linux mm/mmap.c, exit_mmap (V2)
            driver.rangeEnd          | plain-decrement | full-barrier | full-barrier | full-barrier | review of 24 and 30 Jul 2008; later grutlbpurge.c: decrement and test (V)
            driver.barrierTfhToCount | true            | true         | true         | true         | Linux driver sgi-gru, grufault.c (V)
            driver.barrierCountToPte | false           | true         | true         | true         | Piggin, 30 Jul 2008; later Linux driver sgi-gru, grufault.c (V)
            driver.interruptWalk     | true            | true         | true         | false        | Linux driver sgi-gru, grufault.c; removed for CVE-2026-90383 (V2)
            driver.userWalk          | true            | true         | true         | false        | Linux driver sgi-gru, grufault.c; removed for CVE-2026-90383 (V2)
            driver.release           | teardown        | flag         | flag         | none         | Holt, 30 Jul 2008 (V); grutlbpurge.c to 5.3 (M); none from 5.4 on (V2)
            driver.placementDropsLastReference | true | true     | true         | false        | Linux driver sgi-gru, grumain.c, gru_check_context_placement; CVE-2022-3424, fixed in 6.1.2 (V)
            """;

    private static final List<Rule> ALL = TABLE.lines().map(EraRules::rule).toList();

    /** One rule: its path in a spec, its value in each era in the order of {@link Era}, and where that is known from. */
    public record Rule(String path, List<String> values, String source) {
        /** The value in an era, as a spec would write it. */
        public String value(Era era) {
            return values.get(era.ordinal());
        }
    }

    private EraRules() {}

    /** The rules in order. */
    public static List<Rule> all() {
        return ALL;
    }

    /** The rule of a path. */
    public static Rule of(String path) {
        return ALL.stream()
                .filter(rule -> rule.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no era says anything about " + path));
    }

    private static Rule rule(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        int last = cells.size() - 1;
        if (last != Era.values().length + 1) {
            throw new IllegalStateException("not one cell per era: " + line);
        }
        return new Rule(cells.get(0), cells.subList(1, last), cells.get(last));
    }
}
