package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.DriverSpec.WalkProtection;
import grusim.workload.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations that claim nothing, or set what cannot be set. */
final class ExpectationChecksTest {
    private static void load(String expect) {
        SpecLoader.fromJson("""
                {"name": "a",
                 "scenario": {
                   "pages": [{"name": "A", "space": "p", "at": "0x1000"}],
                   "agents": [{"name": "user", "space": "p", "does": [{"act": "touch", "page": "A"}]}],
                   "expect": [%s]}}
                """.formatted(expect));
    }

    @Test
    void claims_ofDifferentSettingsOrModelsStandSideBySide() {
        load("""
                {"sc": "safe", "why": "w"}, {"tso": "violated", "why": "w"},
                {"set": {"gru.killBits": false}, "sc": "violated", "tso": "violated", "relaxed": "violated", "why": "w"}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"sc\": \"safe\"} | [0]: \"why\" is missing; accepted: a string",
                "{\"sc\": \"safe\", \"why\": \" \"} | [0].why: is empty; accepted: the reason in one sentence",
                "{\"why\": \"w\"} | [0]: claims nothing; accepted: safe or violated for at least one of sc, tso, relaxed",
                "{\"why\": \"w\", \"pso\": \"safe\"} | [0].pso: unknown key; accepted: set, sc, tso, relaxed, why; did you mean \"tso\"?",
                "{\"why\": \"w\", \"sc\": \"save\"} | [0].sc: \"save\" is unknown; accepted: safe, violated, none; did you mean \"safe\"?",
                "{\"why\": \"w\", \"sc\": \"safe\"}, {\"why\": \"w\", \"tso\": \"safe\", \"sc\": \"violated\"} | [1].sc: the same settings have a claim in scenario.expect[0]; accepted: one claim for each memory model",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": []} | [0].set: an array is not an object; accepted: paths and single values, such as {\"gru.killBits\": false}",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"gru.tlb\": {\"ways\": 1}}} | [0].set.\"gru.tlb\": an object is not a single value; accepted: paths and single values, such as {\"gru.killBits\": false}",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"gru.killBits\": null}} | [0].set.\"gru.killBits\": null is not a single value; accepted: paths and single values, such as {\"gru.killBits\": false}",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"seed\": 2}} | [0].set.seed: is no knob of device, kernel, driver or protocol; accepted: paths such as gru.killBits, below gru, kernel, driver or invalidation, or those of a context",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"kernel[memoryModel]\": \"tso\"}} | [0].set.\"kernel[memoryModel]\": is no knob of device, kernel, driver or protocol; accepted: paths such as gru.killBits, below gru, kernel, driver or invalidation, or those of a context",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"kernel.memoryModel\": \"tso\"}} | [0].set.\"kernel.memoryModel\": is what the claims are made for; accepted: claims sc, tso and relaxed",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"gru.killBit\": false}} | [0].set: gru.killBit: unknown key; accepted: killBits, killScope, faultLocksContext, tlb, linesInFlightPerCbr, linesInFlightPerChiplet, dropinPortWidth, tlbLookupLatency, decodeLatency, issueInterval, tfhStartLatency, tfhRestartLatency, missRecordLatency, interruptLatency, tghFixedLatency, tghPerPageLatency, cchAllocateLatency, cchStartLatency, cchInterruptLatency, cchDeallocateLatency, statusWriteLatency, amoLatency, errors; did you mean \"killBits\"?",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"gru.killBits\": 0}} | [0].set: gru.killBits: 0 is not a truth value; accepted: true or false",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"kernel.era.x\": 0}} | [0].set: kernel.era: an object is not a string; accepted: 2.6.26-review, 2.6.28, 4.20, 6.1.192",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"gru.tlb.sets\": 3}} | [0].set: gru.tlb.sets: 3 is not a power of two; accepted: 1, 2, 4 .. 65536",
                "{\"why\": \"w\", \"sc\": \"safe\", \"set\": {\"driver.walkProtection\": \"irq-off\", \"kernel.era\": \"6.1.192\"}} | [0].set: driver.walkProtection: irq-off protects the interrupt's walk, but driver.interruptWalk is false (era 6.1.192); accepted: mmap-sem, or driver.interruptWalk true"
            })
    void expect(String expect, String message) {
        assertThatThrownBy(() -> load(expect))
                .isInstanceOf(SpecException.class)
                .hasMessage("spec:5: scenario.expect" + message);
    }

    @Test
    void expect_countsTheFilesOwnSettingsIn() {
        String json = """
                {"name": "a", "driver": {"walkProtection": "irq-off"},
                 "scenario": {"agents": [{"name": "u", "space": "p", "does": [{"act": "touch", "page": "A"}]}],
                   "pages": [{"name": "A", "space": "p", "at": 0}],
                   "expect": [{"set": {"driver.interruptWalk": false}, "sc": "safe", "why": "w"}]}}
                """;
        assertThatThrownBy(() -> SpecLoader.fromJson(json))
                .hasMessage("spec:4: scenario.expect[0].set: spec:1: driver.walkProtection: irq-off protects the"
                        + " interrupt's walk, but driver.interruptWalk is false (spec:4: scenario.expect[0].set);"
                        + " accepted: mmap-sem, or driver.interruptWalk true");
    }

    @Test
    void expect_isAboutTheFileWhateverKnobsAreOverridden() {
        String json = """
                {"name": "a",
                 "scenario": {"agents": [{"name": "u", "space": "p", "does": [{"act": "touch", "page": "A"}]}],
                   "pages": [{"name": "A", "space": "p", "at": 0}],
                   "expect": [{"set": {"driver.interruptWalk": false}, "sc": "safe", "why": "w"}]}}
                """;
        for (String irqOff : new String[] {
            "driver.walkProtection=irq-off",
            "driver={\"walkProtection\": \"irq-off\"}",
            "driver[walkProtection]=irq-off"
        }) {
            assertThat(SpecLoader.fromJson(json, irqOff).driver().walkProtection())
                    .isEqualTo(WalkProtection.IRQ_OFF);
        }
        assertThatThrownBy(() -> SpecLoader.fromJson(json, "scenario.expect[0].set={\"gru.tlb.ways\": 0}"))
                .hasMessage("--set scenario.expect[0].set={\"gru.tlb.ways\": 0}: scenario.expect[0].set:"
                        + " gru.tlb.ways: 0 is out of range; accepted: an integer 1 .. 64");
    }
}
