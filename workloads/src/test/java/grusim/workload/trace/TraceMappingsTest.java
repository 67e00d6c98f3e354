package grusim.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceMappingsTest {
    @TempDir
    private Path directory;

    private TraceMappings scan(String trace) throws IOException {
        return TraceMappings.scan(Files.writeString(directory.resolve("t"), trace), -1);
    }

    private static String initial(TraceMappings mappings) {
        return mappings.initial().stream()
                .map(r -> Long.toHexString(r.start()) + "-" + Long.toHexString(r.end()))
                .collect(Collectors.joining(" "));
    }

    private static String ok(String call, String result) {
        return "SYSCALL[7,1](0) sys_" + call + " --> [pre-success] Success(" + result + ") \n";
    }

    @Test
    void initial_isWhatIsTouchedBeforeItIsMapped() throws IOException {
        // 1ffc + 8 bytes touches pages 1 and 2; page 3 is their neighbour, page 5 is not; page 8 is mapped by the trace
        TraceMappings mappings = scan(" L 1ffc,8\n S 3000,1\n M 5fff,1\n" + ok("mmap ( 0x0, 1, 3, 34, 0, 0 )", "0x8000")
                + " S 8ff8,8\n L 1000,8\n");
        assertThat(initial(mappings)).isEqualTo("1000-4000 5000-6000");
        assertThat(mappings.pages()).isEqualTo(5);
        assertThat(mappings.accesses()).isEqualTo(5);
        assertThat(mappings.calls()).isEqualTo(1);
        assertThat(mappings.initialBreak()).isEmpty();
    }

    @Test
    void initial_leavesOutWhatIsTouchedOnlyAfterItsUnmapping() throws IOException {
        TraceMappings mappings = scan(ok("munmap ( 0x1000, 8192 )", "0x0") + " L 1000,8\n L 2000,8\n L 3000,8\n");
        assertThat(initial(mappings)).isEqualTo("3000-4000");
    }

    @Test
    void initial_keepsWhatWasTouchedBeforeItsUnmapping() throws IOException {
        TraceMappings mappings = scan(" L 1000,8\n" + ok("munmap ( 0x1000, 4096 )", "0x0")
                + ok("mmap ( 0x0, 8192, 3, 34, 0, 0 )", "0x1000") + " L 1000,8\n L 2000,8\n");
        assertThat(initial(mappings)).isEqualTo("1000-2000");
    }

    @Test
    void initial_holdsWhatSuccessfulCallsName() throws IOException {
        TraceMappings mappings =
                scan(ok("mmap ( 0x0, 4096, 3, 34, 0, 0 )", "0x2000") + ok("mprotect ( 0x1000, 12288, 1 )", "0x0")
                        + "SYSCALL[7,1](0) sys_mprotect ( 0x9000, 4096, 1 )[sync] --> Failure(0xc) \n"
                        + ok("mremap ( 0x5000, 4096, 8192, 0x1 )", "0x6000") + " L 5000,8\n L 6000,8\n L 7000,8\n");
        assertThat(initial(mappings)).isEqualTo("1000-2000 3000-4000 5000-6000");
    }

    @Test
    void initial_breakIsTheFirstAnswerAndTheHeapAboveItIsNotInitial() throws IOException {
        // the heap ends at 4800, so page 4 exists; brk to 6000 maps page 5, brk back to 5000 unmaps it
        TraceMappings mappings = scan(ok("brk ( 0x0 )", "0x4800") + ok("brk ( 0x6000 )", "0x6000")
                + " S 5000,8\n S 4000,8\n" + ok("brk ( 0x5000 )", "0x5000") + " L 5000,8\n L 6000,8\n");
        assertThat(mappings.initialBreak()).hasValue(0x4800);
        assertThat(initial(mappings)).isEqualTo("4000-5000 6000-7000");
    }

    @Test
    void scan_stopsAtTheLimit() throws IOException {
        Path file = Files.writeString(directory.resolve("t"), " L 1000,8\n L 5000,8\n L 9000,8\n");
        assertThat(initial(TraceMappings.scan(file, 2))).isEqualTo("1000-2000 5000-6000");
    }

    /** Ranges and counts by an independent script that keeps sets of pages. */
    @Test
    void scan_readsTheShippedTraces() {
        TraceMappings sort = TraceMappings.scan(Path.of("traces/sort-services.lackey.gz"), -1);
        assertThat(sort.pages()).isEqualTo(125);
        assertThat(sort.accesses()).isEqualTo(502_511);
        assertThat(sort.initialBreak()).hasValue(0x4035000);
        assertThat(initial(sort))
                .isEqualTo("108000-10b000 11d000-120000 123000-125000 4000000-4001000 4027000-402b000"
                        + " 402c000-402d000 4031000-4035000 1ffeffd000-1fff001000");
        TraceMappings churn = TraceMappings.scan(Path.of("traces/vm-churn.lackey.gz"), -1);
        assertThat(churn.pages()).isEqualTo(7593);
        assertThat(churn.accesses()).isEqualTo(279_309);
        assertThat(churn.calls()).isEqualTo(232);
        assertThat(initial(churn))
                .isEqualTo("108000-109000 10a000-10d000 4000000-4001000 4027000-402b000 402c000-402d000"
                        + " 4031000-4035000 1ffeffe000-1fff001000");
    }
}
