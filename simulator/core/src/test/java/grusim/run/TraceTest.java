package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import grusim.workload.trace.TraceMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TraceTest {
    private static final Path SHIPPED = Path.of("../../workloads/traces").toAbsolutePath();

    @TempDir
    private Path directory;

    private static RunResult replay(Path trace, String... settings) {
        return RunRig.run(RunRig.oneThread("", "{\"op\": \"trace\", \"file\": \"%s\"}".formatted(trace), ""), settings);
    }

    private RunResult replay(String trace) throws IOException {
        return replay(Files.writeString(directory.resolve("trace"), trace));
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String call(int number, String call, String result) {
        return "SYSCALL[1,1](%d) sys_%s[sync] --> Success(%s)\n".formatted(number, call, result);
    }

    @Test
    void page_missesOnceAndOnceMoreForItsFirstStore() throws IOException {
        RunResult result = replay("""
                 S 00010000,8
                 L 00010008,4
                 L 00020000,8
                 S 00020000,8
                 L 00020ffc,2
                 M 00030000,8
                 L 00040ffc,8
                """);
        // 10 written: one. 20 read, then written: two. 30 read and written by one modify: two. 40 and 41 by one load:
        // two.
        assertThat(result.counter("device.tlbMisses")).isEqualTo(7);
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(7);
        assertThat(result.counter("device.tlbModifyMisses")).isEqualTo(2);
        assertThat(result.counter("device.instructions.vload")).isEqualTo(5);
        assertThat(result.counter("device.instructions.vstore")).isEqualTo(3);
        // pages do not exist: their first misses are handed to the user; the first stores find a writable page
        assertThat(result.counter("driver.tlb_dropin_fail_upm")).isEqualTo(5);
        assertThat(result.counter("driver.call_os")).isEqualTo(5);
        assertThat(result.counter("driver.intr_tfh")).isEqualTo(7);
        assertThat(result.counter("vm.faultsZeroing")).isEqualTo(5);
        assertThat(result.counter("driver.mmu_invalidate_range")).isZero();
    }

    @Test
    void calls_invalidateWhatTheyChange() throws IOException {
        RunResult result = replay(call(12, "brk ( 0x0 )", "0x4000000")
                + call(9, "mmap ( 0x0, 8192, 3, 34, 4294967295, 0 )", "0x7000000")
                + lines(" S 07000000,8", " S 07001000,8") // 2 misses
                + call(10, "mprotect ( 0x7000000, 4096, 1 )", "0x0")
                + lines(" L 07000000,8", " L 07001000,8") // 1: the second page was not touched
                + call(10, "mprotect ( 0x7000000, 4096, 3 )", "0x0")
                + lines(" S 07000000,8") // 1
                + call(25, "mremap ( 0x7000000, 8192, 12288, 0x1 )", "0x9000000")
                + lines(" L 09000000,8", " L 09001000,8", " S 09002000,8") // 3
                + call(28, "madvise ( 0x9000000, 4096, 4 )", "0x0")
                + lines(" L 09000000,8", " L 09001000,8") // 1
                + call(12, "brk ( 0x4002000 )", "0x4002000")
                + lines(" S 04001ff8,8") // 1
                + call(11, "munmap ( 0x9000000, 12000 )", "0x0"));
        assertThat(result.counter("device.tlbMisses")).isEqualTo(9);
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(9);
        assertThat(result.counter("vm.mmaps")).isOne();
        assertThat(result.counter("vm.mprotects")).isEqualTo(2);
        assertThat(result.counter("vm.mremaps")).isOne();
        assertThat(result.counter("vm.madvises")).isOne();
        assertThat(result.counter("vm.munmaps")).isOne();
        assertThat(result.counter("vm.brks")).as("one only asks").isEqualTo(2);
        assertThat(result.counter("vm.callsRefused")).isZero();
        // two mprotects, mremap's move and its unmapping of the old place, madvise, munmap
        assertThat(result.counter("driver.mmu_invalidate_range")).isEqualTo(6);
        assertThat(result.counter("driver.flush_tlb_gru_tgh")).isEqualTo(6);
        // 1 + 1, the 2 that moved, 1, and 3 at the end
        assertThat(result.counter("device.entriesInvalidated")).isEqualTo(8);
        assertThat(result.counter("device.exceptions")).isZero();
    }

    @Test
    void callThatFailedInTheTrace_isNotMade() throws IOException {
        RunResult result = replay(lines(" S 00010000,8")
                + "SYSCALL[1,1](11) sys_munmap ( 0x10000, 4096 )[sync] --> Failure(0x16)\n"
                + lines(" L 00010000,8"));
        assertThat(result.counter("vm.munmaps")).isZero();
        assertThat(result.counter("device.tlbMisses")).isOne();
    }

    @Test
    void callTheKernelRefuses_isCountedByItsError() throws IOException {
        RunResult result = replay(call(9, "mmap ( 0x0, 4096, 3, 34, 4294967295, 0 )", "0x7000000")
                + call(11, "munmap ( 0x7000000, 4096 )", "0x0")
                + call(28, "madvise ( 0x7000000, 4096, 4 )", "0x0")
                + call(11, "munmap ( 0x7000001, 4096 )", "0x0")
                + call(10, "mprotect ( 0x7000000, 4096, 1 )", "0x0"));
        assertThat(result.counter("vm.refused_errno_12")).isEqualTo(2);
        assertThat(result.counter("vm.refused_errno_22")).isOne();
        assertThat(result.counter("vm.callsRefused")).isEqualTo(3);
    }

    @Test
    void accessToWhatTheTraceUnmapped_failsACheck() throws IOException {
        RunResult result = replay(call(9, "mmap ( 0x0, 4096, 3, 34, 4294967295, 0 )", "0x7000000")
                + lines(" S 07000000,8")
                + call(11, "munmap ( 0x7000000, 4096 )", "0x0")
                + lines(" L 07000000,8"));
        assertThat(result.counter("device.exceptions")).isOne();
        assertThat(result.dataChecks().failures()).isOne();
    }

    @Test
    void limit_stopsAfterSoManyAccesses() throws IOException {
        Path trace =
                Files.writeString(directory.resolve("t"), lines(" S 00010000,8", " M 00020000,8", " L 00030000,8"));
        RunResult result = replay(trace, "processes.p.threads.t.program[0].limit=2");
        assertThat(result.counter("device.instructions.vload")).isOne();
        assertThat(result.counter("device.instructions.vstore")).isEqualTo(2);
    }

    @Test
    void sortTrace_missesOncePerPageAndFirstStore() {
        Path trace = SHIPPED.resolve("sort-services.lackey.gz");
        TraceMappings known = TraceMappings.scan(trace, -1);
        RunResult result = replay(trace);
        long misses = result.counter("device.tlbMisses");
        assertThat(misses)
                .isBetween(known.pages(), 2 * known.pages() + 2 * result.counter("device.entriesInvalidated"));
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(misses);
        assertThat(result.counter("device.evictions")).isZero();
        assertThat(result.counter("device.exceptions")).isZero();
        assertThat(result.counter("vm.callsRefused")).isZero();
        assertThat(result.counter("device.instructions.vload")).isEqualTo(known.loads() + known.modifies());
        assertThat(result.counter("device.instructions.vstore")).isEqualTo(known.stores() + known.modifies());
    }

    @Test
    void churnTrace_overflowsTheTlbAndInvalidates() {
        Path trace = SHIPPED.resolve("vm-churn.lackey.gz");
        TraceMappings known = TraceMappings.scan(trace, -1);
        RunResult result = replay(trace);
        assertThat(known.pages()).isGreaterThan(6000);
        assertThat(result.counter("device.tlbMisses"))
                .isGreaterThan(known.pages())
                .isEqualTo(result.counter("driver.tlb_dropin"));
        assertThat(result.counter("device.evictions")).isGreaterThan(6000 - 4096);
        assertThat(result.counter("vm.munmaps")).isPositive();
        assertThat(result.counter("device.entriesInvalidated")).isPositive();
        assertThat(result.counter("driver.mmu_invalidate_range")).isPositive();
        assertThat(result.counter("device.exceptions")).isZero();
        assertThat(result.counter("vm.callsRefused")).isZero();
    }
}
