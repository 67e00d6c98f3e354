package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.CpuTlbSpec;
import grusim.workload.DriverSpec;
import grusim.workload.DriverSpec.RangeEnd;
import grusim.workload.DriverSpec.Release;
import grusim.workload.EraRules;
import grusim.workload.KernelSpec;
import grusim.workload.KernelSpec.ExitLock;
import grusim.workload.KernelSpec.ReclaimNotifier;
import grusim.workload.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An era fills in the rules that the spec leaves open, and no others. */
final class EraTest {
    private static final String SPEC = "{\"name\": \"a\", \"kernel\": {\"era\": \"%s\"}}";

    private static Stream<String> eraKnobs(String record, Class<?> type) {
        return Shape.of(type).fields().stream().filter(f -> f.knob().era()).map(f -> Paths.child(record, f.key()));
    }

    @Test
    void everyEra_saysEveryRuleItIsAskedFor() {
        assertThat(EraRules.all())
                .extracting(EraRules.Rule::path)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                eraKnobs("kernel", KernelSpec.class),
                                eraKnobs("kernel.cpuTlb", CpuTlbSpec.class),
                                eraKnobs("driver", DriverSpec.class))
                        .flatMap(knobs -> knobs)
                        .toList());
    }

    /** In the order of the table: downgrade, reclaim, copy on write, generations, lazy TLB, requests for flushes, exit, range end, both barriers, both walks, release, placement. */
    @ParameterizedTest
    @CsvSource({
        "2.6.26-review, false page page false leave shared-word none plain-decrement true false true true teardown true",
        "2.6.28, false page page false leave shared-word none full-barrier true true true true flag true",
        "4.20, true range range true skip per-cpu none full-barrier true true true true flag true",
        "6.1.192, true range range true skip per-cpu mmap-lock full-barrier true true false false none false"
    })
    void era_fillsTheRulesInAndNamesItself(String era, String expected) {
        ResolvedSpec resolved = SpecLoader.resolveJson(SPEC.formatted(era));
        assertThat(EraRules.all().stream()
                        .map(rule -> resolved.json()
                                .at("/" + rule.path().replace('.', '/'))
                                .asString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(EraRules.all())
                .allSatisfy(rule -> assertThat(resolved.origins())
                        .containsEntry(rule.path(), new Origin("era " + era, rule.source())));
        assertThat(SpecLoader.fromJson(resolved.json().toString())).isEqualTo(resolved.spec());
    }

    @Test
    void era_isThatOfTheMergedDriverUnlessGiven() {
        Spec open = SpecLoader.fromJson("{\"name\": \"a\"}");
        assertThat(open).isEqualTo(SpecLoader.fromJson(SPEC.formatted("2.6.28")));
        assertThat(SpecLoader.resolveJson("{\"name\": \"a\"}").origins())
                .containsEntry("kernel.era", new Origin("default", "choice"))
                .extractingByKey("driver.release")
                .extracting(Origin::origin)
                .isEqualTo("era 2.6.28");
    }

    @Test
    void givenRules_winOverTheEraInAnyOrder(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("a.json");
        Files.writeString(file, """
                {"name": "a", "driver": {"release": "teardown"},
                 "kernel": {"reclaimNotifier": "page", "era": "4.20", "exitLock": "mmap-lock"}}
                """);
        ResolvedSpec resolved = SpecLoader.load(file, List.of("driver.rangeEnd=store-decrement"));
        assertThat(resolved.spec().driver().release()).isEqualTo(Release.TEARDOWN);
        assertThat(resolved.spec().driver().rangeEnd()).isEqualTo(RangeEnd.STORE_DECREMENT);
        assertThat(resolved.spec().kernel().reclaimNotifier()).isEqualTo(ReclaimNotifier.PAGE);
        assertThat(resolved.spec().kernel().exitLock()).isEqualTo(ExitLock.MMAP_LOCK);
        assertThat(resolved.spec().kernel().munmapDowngrade()).isTrue();
        assertThat(resolved.origins())
                .containsEntry("driver.release", new Origin(file + ":1", "choice"))
                .containsEntry("kernel.exitLock", new Origin(file + ":2", "choice"))
                .containsEntry("driver.rangeEnd", new Origin("--set driver.rangeEnd=store-decrement", "choice"));

        for (List<String> settings : List.of(
                List.of("kernel.era=6.1.192", "driver.userWalk=true"),
                List.of("driver.userWalk=true", "kernel.era=6.1.192"),
                List.of("driver={\"userWalk\": true}", "kernel={\"era\": \"6.1.192\"}"))) {
            DriverSpec driver = SpecLoader.fromJson("{\"name\": \"a\"}", settings.toArray(String[]::new))
                    .driver();
            assertThat(driver.userWalk()).isTrue();
            assertThat(driver.interruptWalk()).isFalse();
        }
    }

    @Test
    void setEra_replacesTheFilesEraButNotItsRules(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("a.json");
        Files.writeString(file, """
                {"name": "a", "kernel": {"era": "4.20", "munmapDowngrade": false}}
                """);
        Spec spec = SpecLoader.load(file, List.of("kernel.era=6.1.192")).spec();
        assertThat(spec.kernel().munmapDowngrade()).isFalse();
        assertThat(spec.kernel().exitLock()).isEqualTo(ExitLock.MMAP_LOCK);
        assertThat(spec.driver().release()).isEqualTo(Release.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"era\": \"2.6.27\"} | kernel.era: \"2.6.27\" is unknown; accepted: 2.6.26-review, 2.6.28, 4.20, 6.1.192; did you mean \"2.6.28\"?",
                "{\"era\": 4.20} | kernel.era: 4.20 is not a string; accepted: 2.6.26-review, 2.6.28, 4.20, 6.1.192",
                "{\"memoryModel\": \"pso\"} | kernel.memoryModel: \"pso\" is unknown; accepted: sc, tso, relaxed; did you mean \"tso\"?",
                "{\"memoryWindow\": \"2 ms\"} | kernel.memoryWindow: \"2 ms\" is out of range; accepted: a duration such as \"1.5 us\" in 0 ns .. 1 ms (ps, ns, us, ms, s)",
                "{\"munmapDowngrade\": 1} | kernel.munmapDowngrade: 1 is not a truth value; accepted: true or false",
                "{\"shootdown\": \"none\"} | kernel.shootdown: \"none\" is unknown; accepted: ipi, purge, uv-bau, sn2",
                "{\"exitLock\": \"mmap_lock\"} | kernel.exitLock: \"mmap_lock\" is unknown; accepted: none, mmap-lock; did you mean \"mmap-lock\"?"
            })
    void kernel_refuses(String kernel, String message) {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\", \"kernel\": " + kernel + "}"))
                .hasMessage("spec:1: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rangeStart\": \"count-flush\"} | driver.rangeStart: \"count-flush\" is unknown; accepted: count-then-flush, flush-then-count",
                "{\"rangeEnd\": \"atomic\"} | driver.rangeEnd: \"atomic\" is unknown; accepted: full-barrier, plain-decrement, acquire-decrement, store-decrement",
                "{\"release\": \"tear-down\"} | driver.release: \"tear-down\" is unknown; accepted: teardown, flag, none; did you mean \"teardown\"?",
                "{\"walkProtection\": \"rcu\"} | driver.walkProtection: \"rcu\" is unknown; accepted: mmap-sem, mmap-sem-wait, irq-off",
                "{\"waitBarier\": true} | driver.waitBarier: unknown key; accepted: interruptEntryCost, handlerCost, ...; did you mean \"waitBarrier\"?",
                "{\"interruptWalk\": false, \"walkProtection\": \"irq-off\"} | driver.walkProtection: irq-off protects the interrupt's walk, but driver.interruptWalk is false (spec:1); accepted: mmap-sem, or driver.interruptWalk true"
            })
    void driver_refuses(String driver, String message) {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\", \"driver\": " + driver + "}"))
                .hasMessageMatching(Messages.pattern("spec:1: " + message));
    }

    @Test
    void contradiction_namesTheEraThatSaysTheOtherThing() {
        assertThatThrownBy(() ->
                        SpecLoader.fromJson("{\"name\": \"a\"}", "kernel.era=6.1.192", "driver.walkProtection=irq-off"))
                .hasMessage("--set driver.walkProtection=irq-off: driver.walkProtection: irq-off protects the"
                        + " interrupt's walk, but driver.interruptWalk is false (era 6.1.192); accepted: mmap-sem, or"
                        + " driver.interruptWalk true");
    }

    @Test
    void of_knowsOnlyRulesOfEras() {
        assertThat(EraRules.of("driver.release").values()).containsExactly("teardown", "flag", "flag", "none");
        assertThatThrownBy(() -> EraRules.of("driver.waitBarrier"))
                .hasMessage("no era says anything about driver.waitBarrier");
    }
}
