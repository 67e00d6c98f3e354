package grusim.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LackeyReaderTest {
    private static final Path SORT = Path.of("traces/sort-services.lackey.gz");
    private static final Path CHURN = Path.of("traces/vm-churn.lackey.gz");

    @TempDir
    private Path directory;

    private Path write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(directory.resolve("t"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    private static List<String> events(Path file) {
        List<String> events = new ArrayList<>();
        try (LackeyReader reader = LackeyReader.open(file)) {
            while (reader.next()) {
                events.add(
                        reader.event() == LackeyReader.Event.CALL
                                ? reader.line() + " " + reader.call()
                                : reader.line() + " " + reader.event() + " " + Long.toHexString(reader.address()) + " "
                                        + reader.size());
            }
        }
        return events;
    }

    private static final String SMALL = """
            ==7== Lackey, an example Valgrind tool
            I  04000000,3
             S 1fff000668,8
             L 00001000,16
            --7-- REDIR: 0x4 redirected
             M 0403abcd,1
            SYSCALL[7,1](257) sys_openat ( 1, 0x40290b1(/etc/a,b), 5 ) --> [async] ...\s
            SYSCALL[7,1](257) ... [async] --> Success(0x4)\s
            SYSCALL[7,1](9) sys_mmap ( 0x0, 8192, 3, 34, 4294967295, 0 ) --> [pre-success] Success(0x4835000)\s
            SYSCALL[7,1](334) unimplemented (by the kernel) syscall: 334! (ni_syscall)
             --> [pre-fail] Failure(0x26)\s
            """;

    @Test
    void next_readsAccessesAndCalls() {
        assertThat(events(write(SMALL)))
                .containsExactly(
                        "3 STORE 1fff000668 8",
                        "4 LOAD 1000 16",
                        "6 MODIFY 403abcd 1",
                        "9 Mmap[address=0, length=8192, protection=3, flags=34, result=75714560, error=0]");
    }

    @Test
    void open_tellsGzipByItsContent() throws IOException {
        List<String> plain = events(write(SMALL));
        assertThat(events(write(gzip(SMALL)))).isEqualTo(plain).hasSize(4);
    }

    @Test
    void next_acceptsALastLineWithoutLineFeed() {
        assertThat(events(write(" L 10,1"))).containsExactly("1 LOAD 10 1");
    }

    @Test
    void next_readsEveryVmCall() {
        Path file = write("""
                SYSCALL[7,1](12) sys_brk ( 0x4056000 ) --> [pre-success] Success(0x4056000)\s
                SYSCALL[7,1](11) sys_munmap ( 0x4a8a000, 835584 )[sync] --> Success(0x0)\s
                SYSCALL[7,1](10) sys_mprotect ( 0x4031000, 8192, 1 )[sync] --> Success(0x0)\s
                SYSCALL[7,1](25) sys_mremap ( 0x620c000, 4096, 8192, 0x1 ) --> [pre-success] Success(0x620c000)\s
                SYSCALL[7,1](25) sys_mremap ( 0x620c000, 4096, 8192, 0x3, 0x700000 ) --> [pre-success] Success(0x700000)\s
                SYSCALL[7,1](9) sys_mmap ( 0x0, 0, 3, 34, 4294967295, 0 ) --> [pre-fail] Failure(0x16)\s
                """);
        assertThat(events(file))
                .containsExactly(
                        "1 Brk[address=67461120, result=67461120, error=0]",
                        "2 Munmap[address=78159872, length=835584, result=0, error=0]",
                        "3 Mprotect[address=67309568, length=8192, protection=1, result=0, error=0]",
                        "4 Mremap[address=102809600, oldLength=4096, newLength=8192, flags=1, newAddress=0,"
                                + " result=102809600, error=0]",
                        "5 Mremap[address=102809600, oldLength=4096, newLength=8192, flags=3, newAddress=7340032,"
                                + " result=7340032, error=0]",
                        "6 Mmap[address=0, length=0, protection=3, flags=34, result=0, error=22]");
    }

    @Test
    void next_joinsSplitCallsByThread() {
        Path file = write("""
                SYSCALL[7,1](28) sys_madvise ( 0x1000, 4096, 4 ) --> [async] ...\s
                SYSCALL[7,2](28) sys_madvise ( 0x2000, 4096, 4 ) --> [async] ...\s
                 L 10,1
                SYSCALL[7,2](28) ... [async] --> Failure(0xc)\s
                SYSCALL[7,1](28) ... [async] --> Success(0x0)\s
                SYSCALL[7,1](28) sys_madvise ( 0x3000, 4096, 4 )[sync]
                 --> [pre-success] Success(0x0)\s
                """);
        assertThat(events(file))
                .containsExactly(
                        "3 LOAD 10 1",
                        "4 Madvise[address=8192, length=4096, advice=4, result=0, error=12]",
                        "5 Madvise[address=4096, length=4096, advice=4, result=0, error=0]",
                        "7 Madvise[address=12288, length=4096, advice=4, result=0, error=0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hello | not a line of Lackey's",
                "\" X 10,1\" | not a line of Lackey's",
                "\" L\" | not a line of Lackey's",
                "\"L 10,1\" | not a line of Lackey's",
                "\"Success(0x0)\" | not a line of Lackey's",
                "\" L 1g,1\" | address is not hexadecimal",
                "\" L ,1\" | address is not one of user space (47 bits)",
                "\" L 800000000000,1\" | address is not one of user space (47 bits)",
                "\" L 00000000000000010,1\" | address is not one of user space (47 bits)",
                "\" L 10\" | size is not 1 .. 512",
                "\" L 10,\" | size is not 1 .. 512",
                "\" L 10,0\" | size is not 1 .. 512",
                "\" L 10,513\" | size is not 1 .. 512",
                "\" L 10,99999999999999999999\" | size is not 1 .. 512",
                "\" L 10,-1\" | size is not a number",
                "\" L 10,8 \" | size is not a number",
                "\"SYSCALL[7](9) sys_brk ( 0x0 )\" | system call without process, thread and number",
                "\"SYSCALL[7,1](9) sys_mmap ( 0x0, 81\" | VM call without arguments",
                "\"SYSCALL[7,1](9) sys_brk ( zero ) --> [pre-success] Success(0x0) \" | argument \"zero\" of a VM call is not a number",
                "\"SYSCALL[7,1](9) sys_munmap ( 0x0 )[sync] --> Success(0x0) \" | munmap with 1 arguments",
                "\"SYSCALL[7,1](9) sys_munmap ( 0x0, 1 )[sync] --> Success(0xz) \" | VM call without a result",
                "\"SYSCALL[7,1](9) sys_munmap ( 0x0, 1 )[sync] --> Failure(0x0) \" | errno 0 out of range",
                "\"SYSCALL[7,1](9) sys_madvise ( 0x0, 1, 99999999999 )[sync] --> Success(0x0) \" | argument 99999999999 of a VM call is out of range",
                "\"SYSCALL[7,1](9) sys_munmap ( 0x0, 0x800000000000 )[sync] --> Success(0x0) \" | VM call that succeeded outside user space"
            })
    void next_refusesBadLines(String bad, String message) {
        assertThatThrownBy(() -> events(write(" L 10,1\n" + bad + "\n L 20,1\n")))
                .isInstanceOf(TraceException.class)
                .hasMessage(directory.resolve("t") + ":2: " + message + "; accepted: the output of valgrind"
                        + " --tool=lackey --trace-mem=yes --trace-syscalls=yes");
    }

    @Test
    void open_refusesFilesThatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> events(directory)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> events(directory.resolve("none"))).hasMessageContaining("none: does not exist");
        assertThatThrownBy(() -> events(write(""))).hasMessageContaining("empty trace");
        assertThatThrownBy(() -> events(write(new byte[] {0x1f, (byte) 0x8b, 8})))
                .hasMessageContaining("truncated");
    }

    @Test
    void next_refusesTruncatedAndCorruptGzip() throws IOException {
        byte[] whole = Files.readAllBytes(SORT);
        Path file = write(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> events(file))
                .isInstanceOf(TraceException.class)
                .hasMessageMatching(".*:1\\d{5}: truncated gzip after this line; accepted: a whole gzip file");
        byte[] corrupt = gzip(SMALL);
        corrupt[corrupt.length - 6] ^= 1; // the checksum
        assertThatThrownBy(() -> events(write(corrupt))).hasMessageContaining("cannot be read beyond this line");
    }

    @Test
    void next_refusesEndlessLines() throws IOException {
        assertThatThrownBy(() -> events(write(gzip("a".repeat(10_000_000)))))
                .hasMessageContaining(":1: line of more than 65536 bytes");
    }

    /** Counts by {@code zcat | awk}; the sums by a script of its own. */
    @Test
    void next_readsTheShippedTraces() {
        assertThat(digest(SORT)).isEqualTo("L 314041 S 185604 M 2866 bytes 3721413 addresses 9a4fac94f0e4fd calls 35");
        assertThat(digest(CHURN)).isEqualTo("L 232836 S 44738 M 1735 bytes 604287 addresses c00419a0e0c70 calls 232");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void scan_neverFailsOtherwiseThanWithOneLine(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = gzip(SMALL);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = (random.nextBoolean() ? SMALL.getBytes(StandardCharsets.ISO_8859_1) : whole).clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                TraceMappings.scan(write(damaged), -1);
            } catch (TraceException e) {
                assertThat(e)
                        .as("seed %d, %d", seed, i)
                        .message()
                        .contains("accepted: ")
                        .doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + i, e);
            }
        }
    }

    private static String digest(Path trace) {
        long[] counts = new long[4];
        long bytes = 0;
        long addresses = 0;
        try (LackeyReader reader = LackeyReader.open(trace)) {
            while (reader.next()) {
                switch (reader.event()) {
                    case LOAD -> counts[0]++;
                    case STORE -> counts[1]++;
                    case MODIFY -> counts[2]++;
                    case CALL -> counts[3]++;
                }
                if (reader.event() != LackeyReader.Event.CALL) {
                    bytes += reader.size();
                    addresses += reader.address();
                }
            }
        }
        return "L " + counts[0] + " S " + counts[1] + " M " + counts[2] + " bytes " + bytes + " addresses "
                + Long.toHexString(addresses) + " calls " + counts[3];
    }

    @Test
    void next_allocatesNothingPerAccess() {
        Path file = write(" L 1fff000668,8\n".repeat(500_000));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (LackeyReader reader = LackeyReader.open(file)) {
            reader.next();
            long before = threads.getCurrentThreadAllocatedBytes();
            long count = 1;
            while (reader.next()) {
                count++;
            }
            assertThat(count).isEqualTo(500_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        }
    }
}
