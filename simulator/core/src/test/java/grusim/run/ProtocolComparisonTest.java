package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyDistribution;
import grusim.result.RunResult;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the sources say of the protocols, measured on the shipped patterns. */
final class ProtocolComparisonTest {
    private static final Path PATTERNS = Path.of("../../workloads/specs/patterns");
    private static final Path PROTOCOLS = Path.of("../../workloads/specs/protocols");

    private static RunResult run(Path spec, String... settings) {
        RunResult result = RunRig.run(spec, settings);
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
        return result;
    }

    private static RunResult buffers(String... settings) {
        return run(PATTERNS.resolve("malloc-free.json"), settings);
    }

    private static long invalidatingPs(RunResult result) {
        LatencyDistribution each = Objects.requireNonNull(result.latency().get("invalidate"));
        return each.count() * each.meanPs().orElseThrow();
    }

    @Test
    void rangeInvalidate_isMuchCheaperThanOnePageByPage() {
        // 60 buffers of 128 pages
        RunResult ranges = buffers();
        RunResult pages = buffers("invalidation.protocol=clear-flush", "invalidation.hookPerPage=true");
        assertThat(ranges.counter("invalidation.invalidates")).isEqualTo(60);
        assertThat(pages.counter("invalidation.invalidates")).isEqualTo(60 * 128);
        assertThat(invalidatingPs(pages)).isGreaterThan(5 * invalidatingPs(ranges));
        assertThat(pages.simulatedPs()).isGreaterThan(ranges.simulatedPs());
    }

    /** One CPU drops pages that the device never used, which mmap_sem held for reading does not keep fills out for. */
    @Test
    void holdOff_starvesFills_whenRangesRunBackToBack() {
        String[] storm = {
            "disturbances.storm.op=madvise-dontneed",
            "disturbances.storm.rate=200000/s",
            "processes.p.threads.gather.program[0].count=2000",
            "processes.p.regions.scratch.size=64 KiB"
        };
        Path spec = PATTERNS.resolve("munmap-storm.json");
        RunResult held = run(spec, storm);
        RunResult calm = run(spec, "disturbances=[]", storm[2], storm[3]);
        RunResult unheld =
                run(spec, storm[0], storm[1], storm[2], storm[3], "invalidation.protocol=invalidate-before-finish");
        assertThat(calm.counter("invalidation.holdOff")).isZero();
        assertThat(unheld.counter("invalidation.holdOff")).isZero();
        assertThat(held.counter("invalidation.holdOff")).isPositive();
        assertThat(held.simulatedPs()).isGreaterThan(4 * calm.simulatedPs());
    }

    @Test
    void pins_holdMemoryAndStopReclaim() {
        RunResult pinned = run(PROTOCOLS.resolve("pin-only.json"));
        RunResult revoked = run(PROTOCOLS.resolve("range-kill-bits.json"));
        assertThat(pinned.counter("invalidation.pinsAtOnce")).isGreaterThan(1000);
        assertThat(pinned.counter("vm.pagesReclaimed")).isZero();
        assertThat(revoked.counter("invalidation.pinsAtOnce")).isZero();
        assertThat(revoked.counter("vm.pagesReclaimed")).isPositive();
    }

    @Test
    void killBits_costNothing_whenNothingIsInvalidated() {
        Path spec = PROTOCOLS.resolve("range-kill-bits.json");
        RunResult with = run(spec, "disturbances=[]");
        RunResult without = run(spec, "disturbances=[]", "gru.killBits=false");
        assertThat(with.counter("device.dropinsKilled")).isZero();
        assertThat(with.simulatedPs()).isEqualTo(without.simulatedPs());
        assertThat(with.eventHash()).isEqualTo(without.eventHash());
    }
}
