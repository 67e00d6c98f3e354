package grusim.run;

import static grusim.run.RunRig.oneThread;
import static grusim.run.RunRig.run;
import static grusim.run.RunRig.threads;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ProgramTest {
    private static final String PAGE = "{\"name\": \"r\", \"size\": \"4 KiB\"}";

    private static void assertPassed(RunResult result, long checks) {
        assertThat(result.dataChecks().texts()).isEmpty();
        assertThat(result.dataChecks().failures()).isZero();
        assertThat(result.dataChecks().checks()).isEqualTo(checks);
    }

    /** Instructions of a kind that ended. */
    private static long ended(RunResult result, String mnemonic) {
        return Objects.requireNonNull(result.latency().get("instruction." + mnemonic))
                .count();
    }

    // ---- instructions ----

    @Test
    void fiftyThreads_incrementOneDoubleword() {
        String spec = threads(
                50,
                PAGE,
                "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\"}",
                "{\"region\": \"r\", \"equals\": 50}");
        RunResult result = run(
                spec,
                "machine.blades=4",
                "processes.p.threads.t.blade=spread",
                "processes.p.threads.t.context.dsr=1 KiB",
                "processes.p.threads.t.context.cbrs=2");
        assertPassed(result, 1);
        assertThat(result.counter("device.atomics")).isEqualTo(50);
        assertThat(result.counter("driver.load_user_context")).isEqualTo(50);
    }

    @Test
    void oneIncrement_returnsTheOldValue() {
        assertPassed(
                run(oneThread(
                        PAGE,
                        "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\", \"expect\": 0}",
                        "{\"region\": \"r\", \"equals\": 1}")),
                2);
    }

    @Test
    void everyAtomicOperation_doesWhatItSays() {
        String program = """
                {"op": "gamer", "exopc": "swap", "region": "r", "operand1": 12, "expect": 0},
                {"op": "gamer", "exopc": "or", "region": "r", "operand1": 3, "expect": 12},
                {"op": "gamer", "exopc": "and", "region": "r", "operand1": 6, "expect": 15},
                {"op": "gamer", "exopc": "xor", "region": "r", "operand1": 5, "expect": 6},
                {"op": "gamer", "exopc": "add", "region": "r", "operand1": 97, "expect": 3},
                {"op": "gamer", "exopc": "cas", "region": "r", "operand1": 1, "operand2": 99, "expect": 100},
                {"op": "gamer", "exopc": "cas", "region": "r", "operand1": 41, "operand2": 100, "expect": 100},
                {"op": "gamir", "exopc": "inc", "region": "r", "expect": 41},
                {"op": "gamir", "exopc": "dec", "region": "r", "expect": 42},
                {"op": "gamir", "exopc": "fetch", "region": "r", "expect": 41},
                {"op": "gamir", "exopc": "clear", "region": "r", "expect": 41}""";
        assertPassed(run(oneThread(PAGE, program, "{\"region\": \"r\", \"equals\": 0}")), 12);
    }

    @Test
    void everyStep_runs() {
        String regions = """
                {"name": "r", "size": "64 KiB", "content": {"seed": 4}},
                {"name": "s", "size": "64 KiB"},
                {"name": "ring", "size": "4 KiB", "content": {"permutation": 1}},
                {"name": "late", "size": "8 KiB", "mapped": false}""";
        String program = """
                {"op": "nop", "count": 3},
                {"op": "vload", "region": "r", "count": 10, "nelem": 4, "stride": 2, "xtype": "w", "expect": "content"},
                {"op": "vstore", "region": "s", "count": 16, "value": 9, "pattern": {"kind": "strided", "step": "4 KiB"}},
                {"op": "vset", "region": "s", "offset": "64 B", "nelem": 8, "xtype": "dw", "value": 77},
                {"op": "bcopy", "from": "r", "to": "s", "fromOffset": "8 KiB", "toOffset": "8 KiB", "length": "4 KiB", "bufsize": 64},
                {"op": "gamir", "exopc": "inc", "region": "s", "offset": "128 B"},
                {"op": "gamer", "exopc": "add", "operand1": 4, "region": "s", "offset": "128 B"},
                {"op": "vload", "region": "ring", "count": 512, "xtype": "dw", "pattern": {"kind": "chase"}},
                {"op": "think", "time": "1 us"},
                {"op": "barrier"},
                {"op": "repeat", "times": 2, "body": [{"op": "nop"}]},
                {"op": "mmap", "region": "late"},
                {"op": "mprotect", "region": "late", "protection": "r"},
                {"op": "madvise", "region": "late"},
                {"op": "munmap", "region": "late"},
                {"op": "mremap", "region": "r", "newLength": "32 KiB"},
                {"op": "brk", "length": "4 KiB"}""";
        String checks = """
                {"region": "s", "equals": 9},
                {"region": "s", "offset": "120 B", "equals": 77},
                {"region": "s", "offset": "128 B", "equals": 5},
                {"region": "s", "offset": "60 KiB", "equals": 9}""";
        RunResult result = run(oneThread(regions, program, checks));
        assertPassed(result, 10 + 4);
        assertThat(result.counter("device.exceptions")).isZero();
        assertThat(result.counter("vm.callsRefused")).isZero();
        assertThat(result.counter("vm.mmaps")).isOne();
        assertThat(result.counter("vm.mremaps")).isOne();
        assertThat(ended(result, "nop")).isEqualTo(5);
        assertThat(ended(result, "vload")).isEqualTo(522);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void copySlices_coverEveryByte(int threads) {
        // 40,040 bytes: no whole number of lines
        String regions = """
                {"name": "from", "size": "40040 B", "content": {"seed": 2}}, {"name": "to", "size": "40040 B"}""";
        String program = """
                {"op": "bcopy", "from": "from", "to": "to", "xtype": "dw", "bufsize": 16, "slice": "thread"}""";
        RunResult result = run(threads(threads, regions, program, "{\"region\": \"to\", \"equalsRegion\": \"from\"}"));
        assertPassed(result, 1);
        assertThat(ended(result, "bcopy")).isEqualTo(threads);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,2", "8,8", "3,8", "64,7"})
    void instructionsInFlight_areAllIssuedAndChecked(int count, int inFlight) {
        RunResult result = run(oneThread(
                "{\"name\": \"r\", \"size\": \"16 KiB\", \"content\": {\"seed\": 1}}",
                "{\"op\": \"vload\", \"region\": \"r\", \"count\": %d, \"inFlight\": %d, \"expect\": \"content\"}"
                        .formatted(count, inFlight),
                ""));
        assertPassed(result, count);
        assertThat(ended(result, "vload")).isEqualTo(count);
    }

    // ---- control ----

    @Test
    void repeat_nestsAndMayBeEmpty() {
        String program = """
                {"op": "repeat", "times": 3, "body": [
                  {"op": "gamir", "exopc": "inc", "region": "r"},
                  {"op": "repeat", "times": 4, "body": [{"op": "gamir", "exopc": "inc", "region": "r", "offset": "8 B"}]},
                  {"op": "repeat", "times": 0, "body": [{"op": "gamir", "exopc": "inc", "region": "r", "offset": "16 B"}]}
                ]}""";
        String checks = """
                {"region": "r", "equals": 3}, {"region": "r", "offset": "8 B", "equals": 12},
                {"region": "r", "offset": "16 B", "equals": 0}""";
        assertPassed(run(oneThread(PAGE, program, checks)), 3);
    }

    @Test
    void barrier_holdsTheFastThreadBack() {
        String spec = """
                {
                  "name": "barrier",
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "4 KiB"}],
                      "threads": [
                        {"name": "writer", "program": [
                          {"op": "think", "time": "500 us"},
                          {"op": "gamir", "exopc": "inc", "region": "r"},
                          {"op": "barrier"},
                          {"op": "barrier"},
                          {"op": "gamir", "exopc": "fetch", "region": "r", "expect": 2}]},
                        {"name": "reader", "program": [
                          {"op": "barrier"},
                          {"op": "gamir", "exopc": "inc", "region": "r", "expect": 1},
                          {"op": "barrier"}]},
                        {"name": "gone", "program": []}
                      ]
                    }
                  ]
                }
                """;
        assertPassed(run(spec), 2);
    }

    @Test
    void until_cutsOffExactly() {
        String spec = oneThread(PAGE, "{\"op\": \"vload\", \"region\": \"r\", \"count\": 100000}", "");
        RunResult cut = run(spec, "run.until=123457 ns");
        assertThat(cut.simulatedPs()).isEqualTo(123_457_000);
        RunResult longer = run(spec, "run.until=246914 ns");
        assertThat(longer.events()).isGreaterThan(cut.events());
        RunResult whole = run(spec, "run.until=none");
        assertThat(whole.simulatedPs()).isGreaterThan(longer.simulatedPs());
    }

    @Test
    void untilAfterTheEnd_changesNothing() {
        String spec = oneThread(PAGE, "{\"op\": \"vload\", \"region\": \"r\"}", "{\"region\": \"r\", \"equals\": 0}");
        RunResult cut = run(spec, "run.until=1 s");
        assertThat(cut.simulatedPs()).isEqualTo(run(spec).simulatedPs());
        assertPassed(cut, 1);
    }

    @Test
    void cutOffRun_makesNoFinalChecks() {
        String spec = oneThread(
                PAGE,
                "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\", \"count\": 100000}",
                "{\"region\": \"r\", \"equals\": 100000}");
        assertPassed(run(spec, "run.until=100 us"), 0);
    }

    // ---- VM calls ----

    @Test
    void refusedCall_isCountedByItsErrorNumber() {
        String program = """
                {"op": "munmap", "region": "r"},
                {"op": "mprotect", "region": "r", "protection": "r"},
                {"op": "mprotect", "region": "r", "protection": "rw"}""";
        RunResult result = run(oneThread(PAGE, program, ""));
        assertThat(result.counter("vm.refused_errno_12")).isEqualTo(2);
        assertThat(result.counter("vm.callsRefused")).isEqualTo(2);
    }

    @Test
    void regionMovedByMremap_isFollowed() {
        // 3 GiB do not fit in front of the next region
        String regions = """
                {"name": "r", "size": "8 KiB"}, {"name": "next", "size": "4 KiB"}""";
        String program = """
                {"op": "vstore", "region": "r", "value": 5},
                {"op": "mremap", "region": "r", "newLength": "3 GiB"},
                {"op": "gamir", "exopc": "inc", "region": "r", "expect": 5}""";
        RunResult result = run(oneThread(regions, program, "{\"region\": \"r\", \"equals\": 6}"));
        assertPassed(result, 2);
        assertThat(result.counter("vm.ptesMoved")).isOne();
        assertThat(result.counter("device.exceptions")).isZero();
    }

    @Test
    void callOfAnotherThreadThatReturnsDuringAnMremap_doesNotMisleadTheRegion() {
        // the mremap waits for mmap_sem while the long madvise of the other thread ends
        String spec = """
                {
                  "name": "remap",
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "8 KiB"}, {"name": "s", "size": "2 MiB"}],
                      "threads": [
                        {"name": "mover", "program": [
                          {"op": "vstore", "region": "r", "value": 5},
                          {"op": "barrier"},
                          {"op": "think", "time": "1 us"},
                          {"op": "mremap", "region": "r", "newLength": "3 GiB"},
                          {"op": "gamir", "exopc": "inc", "region": "r", "expect": 5}]},
                        {"name": "caller", "program": [
                          {"op": "vset", "region": "s", "nelem": 512, "xtype": "dw", "stride": 512},
                          {"op": "barrier"},
                          {"op": "madvise", "region": "s"}]}
                      ],
                      "checks": [{"region": "r", "equals": 6}]
                    }
                  ]
                }
                """;
        RunResult result = run(spec);
        assertPassed(result, 2);
        assertThat(result.counter("vm.mmapSemWriteWaits")).isOne();
        assertThat(result.counter("device.exceptions")).isZero();
    }

    // ---- where time goes ----

    @Test
    void ledgerParts_addUpToEveryInstruction() {
        RunResult result = run(RunRig.BUSY);
        long instructions = result.latency().entrySet().stream()
                .filter(e -> e.getKey().startsWith("instruction."))
                .mapToLong(e -> e.getValue().count())
                .sum();
        assertThat(instructions).isGreaterThan(1000);
        assertThat(result.attribution().kinds()).isNotEmpty();
    }
}
