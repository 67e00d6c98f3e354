package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.load.SpecLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What large machines cost the host; `grusim bench` measures the same at full size. */
@Tag("validation")
final class CapacityTest {
    private static final long LOADED_PS = 900_000_000L;
    private static final int THREADS = 32;

    /** A thread that works from 1 ms on, and on every blade as many idle ones as are needed to load all contexts. */
    private static HeldRun machine(int blades) {
        String context = "\"context\": {\"cbrs\": 8, \"dsr\": \"2 KiB\"}";
        String region = "\"regions\": [{\"name\": \"data\", \"size\": \"4 KiB\"}]";
        String busy = """
                {"name": "busy", %s, "threads": [{"name": "t", %s, "program": [
                 {"op": "vload", "region": "data"}, {"op": "think", "time": "1 ms"},
                 {"op": "repeat", "times": 1000000, "body": [
                  {"op": "madvise", "region": "data"}, {"op": "vload", "region": "data"}]}]}]}""".formatted(region, context);
        String idle = IntStream.range(0, blades)
                .mapToObj(blade -> """
                        {"name": "p%d", %s, "threads": [{"name": "t", "count": %d, "blade": %d, %s, "program": [
                         {"op": "vload", "region": "data"}, {"op": "think", "time": "1 s"}]}]}""".formatted(blade, region, THREADS - (blade == 0 ? 1 : 0), blade, context))
                .collect(Collectors.joining(",\n"));
        return HeldRun.build(SpecLoader.resolveJson("""
                        {"name": "capacity", "machine": {"blades": %d, "coresPerSocket": 16}, "processes": [%s, %s]}""".formatted(blades, busy, idle)), RunOptions.standard("test"));
    }

    @Test
    void everyContextOfEveryChiplet_isLoadedAtOnce() {
        HeldRun run = machine(3);
        run.advance(LOADED_PS);
        assertThat(run.chiplets()).isEqualTo(6);
        assertThat(run.loadedContexts()).isEqualTo(96);
    }

    @Test
    void steps_doNotDependOnIdleChiplets() {
        HeldRun small = machine(1);
        HeldRun large = machine(8);
        small.advance(LOADED_PS);
        large.advance(LOADED_PS);
        long smallSteps = small.steps();
        long largeSteps = large.steps();
        small.advance(LOADED_PS + 2_000_000_000L);
        large.advance(LOADED_PS + 2_000_000_000L);
        // dropping a page, flushing it and missing it again: over 100 times, at the same simulated speed
        assertThat(small.instructions() - 32).isGreaterThan(100).isEqualTo(large.instructions() - 256);
        assertThat(large.steps() - largeSteps).isEqualTo(small.steps() - smallSteps);
    }

    @Test
    void aLoadedChiplet_takesLessThanItsShareOf1500MB() {
        long before = heapBytes();
        HeldRun run = machine(16);
        run.advance(LOADED_PS);
        long perChiplet = (heapBytes() - before) / run.chiplets();
        assertThat(run.loadedContexts()).isEqualTo(512);
        // 256 blades have 512 chiplets: 1.5 GB are 2.9 MB for each with its 16 contexts and threads
        assertThat(perChiplet).isLessThan(1_500_000_000L / 512);
    }

    private static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
