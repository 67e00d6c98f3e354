package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.driver.DriverCounter;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.result.RunResult;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs, run as they are and run while their contexts are unloaded at random moments, to be loaded again to
 * whatever control blocks and chiplet are free: memory, what loads return and old values must be the same.
 */
@Tag("protocol")
final class UnloadRoundTripTest {
    private static final int PAGE = 4096;

    /** Unloads the context of a random thread at random moments until the threads have ended. */
    private static final class Robber extends Routine {
        private final Simulation simulation;
        private final RandomStream random;

        Robber(Simulation simulation, Engine engine) {
            super(engine, "robber", 0);
            this.simulation = simulation;
            this.random = engine.stream("robber");
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "pause" : "unload a context";
        }

        @Override
        public void step(Agent a, int pc) {
            if (pc == 0) {
                ((Cpu) a).pause(1, 100_000 + random.below(20_000_000), Why.IDLE);
            } else {
                int thread = random.below(simulation.threads().size());
                if (simulation.thread(thread).place > 0
                        && simulation.thread(thread).place
                                < simulation.thread(thread).code.length()) {
                    a.call(
                            simulation.driver().unloadRequest(),
                            0,
                            simulation.thread(thread).gts.id(),
                            1);
                } else {
                    a.next(0, 0, Why.IDLE);
                }
            }
        }
    }

    private final Random draw = new Random();

    private int between(int low, int high) {
        return low + draw.nextInt(high - low + 1);
    }

    private String one(String... choices) {
        return choices[draw.nextInt(choices.length)];
    }

    private String step(int thread, int cbrs) {
        String own = "d" + thread;
        int inFlight = between(1, cbrs);
        return switch (draw.nextInt(7)) {
            case 0 ->
                "{\"op\": \"vload\", \"region\": \"src\", \"count\": %d, \"inFlight\": %d, \"nelem\": %d, \"stride\": %d, \"xtype\": \"%s\", \"pattern\": {\"kind\": \"uniform\"}, \"expect\": \"content\"}"
                        .formatted(between(1, 60), inFlight, between(1, 8), between(1, 700), one("b", "s", "w", "dw"));
            case 1 ->
                "{\"op\": \"vstore\", \"region\": \"%s\", \"count\": %d, \"inFlight\": %d, \"value\": %d, \"sequence\": true, \"pattern\": {\"step\": \"576 B\"}}"
                        .formatted(own, between(1, 60), inFlight, draw.nextInt(1 << 30));
            case 2 ->
                "{\"op\": \"vset\", \"region\": \"%s\", \"offset\": \"%d B\", \"nelem\": %d, \"stride\": %d, \"xtype\": \"%s\", \"value\": %d}"
                        .formatted(
                                own,
                                8 * between(0, 12),
                                between(1, 900),
                                between(1, 3),
                                one("b", "s", "w", "dw"),
                                draw.nextInt(1 << 30));
            case 3, 4 ->
                "{\"op\": \"bcopy\", \"from\": \"src\", \"to\": \"%s\", \"fromOffset\": \"%d B\", \"toOffset\": \"%d B\", \"length\": \"%d B\", \"xtype\": \"b\", \"bufsize\": %d}"
                        .formatted(own, between(0, 5000), between(0, 5000), between(1, 40_000), between(2, 16));
            case 5 ->
                "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"counter\", \"count\": %d}"
                        .formatted(between(1, 40));
            default ->
                "{\"op\": \"gamer\", \"exopc\": \"add\", \"operand1\": %d, \"region\": \"counter\", \"offset\": \"%d B\", \"count\": %d}"
                        .formatted(between(1, 99), 8 * (1 + thread), between(1, 40));
        };
    }

    private String spec(long seed) {
        draw.setSeed(seed);
        StringBuilder regions = new StringBuilder(
                "{\"name\": \"src\", \"size\": \"64 KiB\", \"content\": {\"seed\": 9}}, {\"name\": \"counter\", \"size\": \"4 KiB\"}");
        StringBuilder threads = new StringBuilder();
        int count = between(1, 5);
        for (int t = 0; t < count; t++) {
            regions.append(", {\"name\": \"d").append(t).append("\", \"size\": \"64 KiB\"}");
            StringBuilder program = new StringBuilder();
            int cbrs = between(1, 7);
            for (int s = between(2, 6); s > 0; s--) {
                program.append(program.isEmpty() ? "" : ", ").append(step(t, cbrs));
            }
            threads.append(t == 0 ? "" : ", ")
                    .append(
                            "{\"name\": \"t%d\", \"context\": {\"cbrs\": %d, \"dsr\": \"%d KiB\", \"miss\": \"%s\"}, \"program\": [%s]}"
                                    .formatted(t, cbrs, between(2, 5), one("interrupt", "user-polling"), program));
        }
        return """
                {"name": "roundtrip", "gru": {"tlb": {"sets": 8, "ways": 2}}, "processes": [{"name": "p", "regions": [%s],
                 "threads": [%s]}]}
                """.formatted(regions, threads);
    }

    private static byte[] memory(Simulation simulation) {
        ProcessRun process = simulation.processes().get(0);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] page = new byte[PAGE];
        for (int region = 0; region < process.spec.regions().size(); region++) {
            for (long at = 0; at < process.size(region); at += PAGE) {
                if (simulation.readPage(process, process.base(region) + at, page)) {
                    all.writeBytes(page);
                } else {
                    all.writeBytes(new byte[PAGE]);
                }
            }
        }
        return all.toByteArray();
    }

    private static void assertSound(RunResult result) {
        assertThat(result.contract().failures())
                .as("%s", result.contract().texts())
                .isZero();
        assertThat(result.dataChecks().failures())
                .as("%s", result.dataChecks().texts())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void unloadsAtRandomMoments_changeNothing(long seed) {
        String spec = spec(seed);
        Simulation undisturbed = RunRig.build(spec);
        assertSound(Runs.play(undisturbed, RunRig.STANDARD, (ps, steps, instructions, expected) -> {}));
        Simulation robbed = RunRig.build(spec);
        Cpu cpu = robbed.machine().cpu(0, 9);
        robbed.addBackground(cpu);
        cpu.start(new Robber(robbed, robbed.engine()), 0);
        assertSound(Runs.play(robbed, RunRig.STANDARD, (ps, steps, instructions, expected) -> {}));
        assertThat(robbed.driver().statistics().value(DriverCounter.LOAD_USER_CONTEXT))
                .as("loads, seed %d: %s", seed, spec)
                .isGreaterThan(robbed.threads().size());
        assertThat(memory(robbed)).as("seed %d: %s", seed, spec).isEqualTo(memory(undisturbed));
    }
}
