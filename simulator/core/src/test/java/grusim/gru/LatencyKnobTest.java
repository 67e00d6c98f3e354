package grusim.gru;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;
import grusim.workload.GruSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every latency of the device counts, as often as it should and to the picosecond: a nanosecond more makes what it is part
 * of exactly so much later, a nanosecond less exactly so much earlier.
 */
@Tag("timing")
final class LatencyKnobTest {
    private static final long PAGE = 4096;
    private static final int BASE_NS = 10;

    /** A knob, how often it is waited out, what takes how long on a machine, and what is set on it besides. */
    record Case(String knob, int times, ToLongFunction<Rig> duration, List<String> settings) {
        Case(String knob, int times, ToLongFunction<Rig> duration) {
            this(knob, times, duration, List.of());
        }

        @Override
        public String toString() {
            return knob;
        }

        long takes(int nanoseconds) {
            Stream<String> all = Stream.concat(settings.stream(), Stream.of("gru." + knob + "=" + nanoseconds + " ns"));
            return duration.applyAsLong(new Rig(all.toArray(String[]::new)));
        }
    }

    static List<Case> cases() {
        ToLongFunction<Rig> hit = rig -> load(rig, 1);
        ToLongFunction<Rig> miss = LatencyKnobTest::answeredMiss;
        ToLongFunction<Rig> loading = rig -> lasts(rig, script -> rig.load(script, Rig.CONTEXT, configuration(rig)));
        return List.of(
                new Case("tlbLookupLatency", 1, hit),
                new Case("decodeLatency", 1, hit),
                new Case("statusWriteLatency", 1, hit),
                new Case("issueInterval", 3, rig -> load(rig, 4)),
                new Case("tfhStartLatency", 1, miss),
                new Case("tfhRestartLatency", 1, miss),
                new Case("missRecordLatency", 1, miss),
                new Case("interruptLatency", 1, LatencyKnobTest::interrupt),
                new Case("tghFixedLatency", 1, rig -> invalidate(rig, 1)),
                new Case("tghPerPageLatency", 3, rig -> invalidate(rig, 3)),
                new Case("cchAllocateLatency", 1, loading),
                new Case("cchStartLatency", 1, loading),
                new Case("cchInterruptLatency", 1, rig -> command(rig, CchOpcode.INTERRUPT)),
                new Case("cchDeallocateLatency", 1, LatencyKnobTest::deallocate),
                new Case("amoLatency", 1, LatencyKnobTest::increment),
                new Case("tlb.invalidateStall", 1, LatencyKnobTest::stalled),
                new Case("errors.requestTimeout", 1, hit, unanswered("ra-request-timeout")),
                new Case("errors.homeTimeout", 1, hit, unanswered("ha-request-timeout")));
    }

    private static List<String> unanswered(String error) {
        return List.of("gru.errors.inject=[{\"error\": \"" + error + "\", \"count\": 1}]");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void latency_countsToThePicosecond(Case knob) {
        long basePs = knob.takes(BASE_NS);
        assertThat(knob.takes(BASE_NS + 1) - basePs).isEqualTo(knob.times() * Rig.NS);
        assertThat(basePs - knob.takes(BASE_NS - 1)).isEqualTo(knob.times() * Rig.NS);
    }

    @Test
    void everyLatencyOfTheDevice_hasACase() {
        List<String> latencies = LatencyKnobs.of(GruSpec.class).toList();
        assertThat(latencies).contains("amoLatency", "tlb.invalidateStall", "errors.homeTimeout");
        assertThat(cases()).extracting(Case::knob).containsExactlyInAnyOrderElementsOf(latencies);
    }

    private static ContextConfiguration configuration(Rig rig) {
        return rig.configuration(Rig.Mode.INTERRUPT, Rig.CBR_MAP, Rig.DSR_MAP);
    }

    private static long lasts(Rig rig, Function<Script, Script> does) {
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", does.apply(rig.script()));
        rig.run();
        return script.endPs() - startPs;
    }

    private static long load(Rig rig, int lines) {
        rig.loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        return lasts(rig, script -> rig.execute(script, Rig.CB, Rig.vload(PAGE, lines, TransferType.CACHE_LINE)));
    }

    /** A load whose lookup comes 5 ns after an invalidate of another context has removed its page. */
    private static long stalled(Rig rig) {
        rig.loaded(Rig.Mode.MAP_ONLY).mapped(3, 3, false);
        rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, 1, 1 << (Rig.CONTEXT + 1)));
        // the removal: hub 60, fixed part 2,000, 2 for the page; the lookup: hub 60, decode 20
        Script user = rig.script().pause((2062 + 5 - 80) * Rig.NS);
        rig.play("user", rig.execute(user, Rig.CB, Rig.vload(3 * PAGE, 1, TransferType.CACHE_LINE)));
        long startPs = rig.engine.nowPs();
        rig.run();
        return user.endPs() - startPs;
    }

    private static long increment(Rig rig) {
        rig.loaded(Rig.Mode.INTERRUPT).mapped(1, 1, true);
        return lasts(
                rig,
                script -> rig.execute(
                        script,
                        Rig.CB,
                        Rig.amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE, TransferType.DOUBLEWORD)));
    }

    private static long answeredMiss(Rig rig) {
        rig.loaded(Rig.Mode.MAP_ONLY);
        rig.play("os", rig.dropin(rig.missed(rig.script(), Rig.CB), Rig.CB, TfhOpcode.WRITE_RESTART));
        return lasts(rig, script -> rig.execute(script, Rig.CB, Rig.vload(PAGE, 1, TransferType.CACHE_LINE)));
    }

    /** From the start of a load that misses to its interrupt's handler. */
    private static long interrupt(Rig rig) {
        Cpu cpu = new Cpu(rig.engine, "cpu");
        Script handler = rig.script();
        rig.chiplet.tfm(1).connect(cpu, cpu.connect(handler));
        rig.loaded(Rig.Mode.INTERRUPT);
        long startPs = rig.engine.nowPs();
        rig.play("user", rig.execute(rig.script(), Rig.CB, Rig.vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        return handler.endPs() - startPs;
    }

    private static long invalidate(Rig rig, int pages) {
        rig.loaded(Rig.Mode.INTERRUPT);
        return lasts(rig, script -> rig.invalidate(script, 0, PAGE, pages, 1 << Rig.CONTEXT));
    }

    private static long command(Rig rig, CchOpcode opcode) {
        rig.loaded(Rig.Mode.INTERRUPT);
        return lasts(rig, script -> rig.command(script, Rig.CONTEXT, opcode));
    }

    private static long deallocate(Rig rig) {
        command(rig, CchOpcode.INTERRUPT_SYNC);
        return lasts(rig, script -> rig.command(script, Rig.CONTEXT, CchOpcode.DEALLOCATE));
    }
}
