package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import grusim.workload.Protocol;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table that compares the protocols is what the shipped specs give; after a change write it again with {@code mvn -pl
 * simulator/core -am test -Dtest=ProtocolTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
final class ProtocolTableTest {
    private static final Path SPECS = Path.of("../../workloads/specs/protocols");
    private static final Path FILE = Path.of("../../results/PROTOCOLS.md");
    private static final String BEGIN = "<!-- rows: made by ProtocolTableTest -->\n\n";
    private static final String END = "\n<!-- end of rows -->";
    private static final long PS_PER_US = 1_000_000;
    private static final long PS_PER_MS = 1_000_000_000;

    /** What a row shows, in a sentence. */
    private static final Map<Protocol, String> SENTENCES = Map.ofEntries(
            Map.entry(
                    Protocol.PIN_ONLY,
                    "Nothing is ever invalidated, so nothing is wasted on it; but every page the device has used stays, also"
                            + " when the process has dropped it, and reclaim gets none of them."),
            Map.entry(
                    Protocol.EXPORT_NOTIFIER,
                    "Pages are recalled and unpinned before they are unmapped; fills of the address space wait meanwhile."),
            Map.entry(
                    Protocol.CLEAR_FLUSH,
                    "The device is flushed and filled under the page-table lock: all fills of a process queue for one"
                            + " lock."),
            Map.entry(
                    Protocol.UNMAP_AT_FLUSH,
                    "As the hook at the clear, at the place of the CPUs' flush: the same lock decides."),
            Map.entry(
                    Protocol.RANGE_KILL_BITS,
                    "The interrupt fills, nothing is locked across a fill; the price is the hold-off and the fills that kill"
                            + " bits throw away."),
            Map.entry(
                    Protocol.INVALIDATE_BEFORE_FINISH,
                    "No fill is ever held off, but each goes through the user's call to the OS."),
            Map.entry(
                    Protocol.KVM_SEQ,
                    "Fills never wait for a range; what they found is thrown away if one ended meanwhile, and the mmu lock"
                            + " is held until the device has the entry."),
            Map.entry(
                    Protocol.SLEEPABLE_BEGIN,
                    "Fills sleep while a range changes, pins are dropped at its start: memory is held only between fills and"
                            + " the next change."),
            Map.entry(
                    Protocol.END_ONLY,
                    "Pins keep the frames alive until the range's end revokes them; reclaim, which looks at references"
                            + " first, gets none."),
            Map.entry(
                    Protocol.CROSS_PARTITION_IPI,
                    "Every invalidate interrupts the CPU that serves the device and waits for its answer."),
            Map.entry(
                    Protocol.GATHER_OUTSIDE_LOCKS,
                    "The invalidate may sleep, since no spinlock is held; fills take the page lock."),
            Map.entry(
                    Protocol.SRCU_BLOCKABLE,
                    "As the range callouts, with a mutex that may sleep; reclaim may not, is told so, and passes the page"
                            + " over."),
            Map.entry(Protocol.INTERVAL, "Only fills whose interval is being changed wait or try again."),
            Map.entry(
                    Protocol.ATS,
                    "The IOMMU walks the tables itself: no interrupt, no system call unless the page is absent; each miss"
                            + " pays the translation request."));

    private static String name(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String row(Protocol protocol) {
        RunResult result = RunRig.run(SPECS.resolve(name(protocol) + ".json"));
        assertThat(result.contract().failures()).as(name(protocol)).isZero();
        assertThat(result.dataChecks().failures()).as(name(protocol)).isZero();
        return "| %s | %s | %s | %,d | %s | %,d | %,d | %s | %,d | %s |%n"
                .formatted(
                        name(protocol),
                        scaled(result.simulatedPs(), PS_PER_MS),
                        scaled(result.counter("invalidation.throughput"), 1_000_000),
                        result.counter("invalidation.fillRetries"),
                        scaled(result.counter("invalidation.holdOff"), PS_PER_US),
                        result.counter("invalidation.invalidates"),
                        result.counter("invalidation.pinsAtOnce"),
                        scaled(result.counter("invalidation.lockWait"), PS_PER_US),
                        result.counter("vm.pagesReclaimed"),
                        SENTENCES.get(protocol));
    }

    private static String scaled(long value, long unit) {
        return new BigDecimal(value)
                .divide(new BigDecimal(unit), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    @Test
    void table_isWhatTheSpecsGive() throws IOException {
        String rows = Arrays.stream(Protocol.values())
                .parallel()
                .map(ProtocolTableTest::row)
                .collect(Collectors.joining());
        String text = Files.readString(FILE);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        begin = text.indexOf("|---", begin);
        begin = text.indexOf('\n', begin) + 1;
        int end = text.indexOf(END);
        if (Boolean.getBoolean("write")) {
            Files.writeString(FILE, text.substring(0, begin) + rows + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end)).isEqualTo(rows);
    }
}
