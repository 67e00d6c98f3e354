package grusim.workload.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.Spec;
import grusim.workload.SpecException;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalibrationDataTest {
    private static final Path SHIPPED = Path.of("calibration");

    /** The only targets to which parameters may be fitted: fitting all would prove nothing. */
    private static final Set<String> FITTED = Set.of("C08", "C14", "C15", "C17", "C20", "C21");

    private static final String PART =
            "{\"what\": \"w\", \"simulated\": \"{simulatedPs}\", \"published\": [10], \"within\": \"10%\", \"basis\": \"prediction\"}";

    @TempDir
    private Path directory;

    @Test
    void shippedTargets_areC01ToC26() {
        assertThat(CalibrationData.read(SHIPPED).targets())
                .extracting(Target::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 26)
                        .mapToObj("C%02d"::formatted)
                        .toList());
    }

    @Test
    void shippedTargets_areFittedOnlyWhereThatIsAllowed() {
        for (Target target : CalibrationData.read(SHIPPED).targets()) {
            boolean fitted = target.parts().stream().anyMatch(part -> part.basis() == Basis.FITTED);
            assertThat(fitted).as(target.id()).isEqualTo(FITTED.contains(target.id()));
        }
        for (Profile profile : CalibrationData.read(SHIPPED).profiles()) {
            for (Profile.ProfileSetting setting : profile.settings()) {
                if (setting.source().startsWith("fitted to ")) {
                    assertThat(FITTED).contains(setting.source().substring(10, 13));
                }
                assertThat(setting.source()).hasSizeGreaterThan(10);
            }
        }
    }

    @Test
    void shippedTargets_haveTheControlsThatMustSpoilThem() {
        assertThat(CalibrationData.read(SHIPPED).targets().stream()
                        .filter(target -> !target.controls().isEmpty())
                        .map(Target::id))
                .contains("C04", "C05", "C06", "C09", "C22");
    }

    @Test
    void shippedSpecs_areAllUsed_underTheirOwnNames() throws IOException {
        Set<Path> used = CalibrationData.read(SHIPPED).targets().stream()
                .flatMap(target -> target.trials().stream())
                .map(trial -> SHIPPED.resolve(trial.spec()).normalize())
                .collect(Collectors.toCollection(TreeSet::new));
        CalibrationData data = CalibrationData.read(SHIPPED);
        data.headlines().forEach(headlines -> used.add(data.spec(headlines.trial())));
        try (Stream<Path> files = Files.list(SHIPPED.resolve("specs"))) {
            assertThat(files).allSatisfy(file -> {
                Spec spec = SpecLoader.load(file, List.of()).spec();
                assertThat(file.getFileName()).hasToString(spec.name() + ".json");
                assertThat(spec.description()).hasSizeGreaterThan(40);
                assertThat(used).contains(file);
            });
        }
    }

    private void write(String trials, String parts, String more) throws IOException {
        Files.createDirectories(directory.resolve("targets"));
        Files.createDirectories(directory.resolve("profiles"));
        Files.writeString(directory.resolve("profiles/m.json"), """
                {"name": "m", "description": "d", "settings": [{"set": "gru.tlb.ways=2", "source": "assumed"}]}""");
        Files.writeString(directory.resolve("s.json"), "{\"name\": \"s\"}");
        Files.writeString(directory.resolve("targets/T1.json"), """
                {"id": "T1", "observable": "o", "quoted": "q", "source": "s", "tag": "V", "kind": "Q", "profile": "m",
                 "trials": [%s], "parts": [%s]%s}""".formatted(trials, parts, more));
    }

    @Test
    void profileSettings_applyBeforeTheTrialsAndTheControls() throws IOException {
        write(
                "{\"name\": \"a\", \"spec\": \"s.json\", \"profile\": \"m\", \"set\": [\"gru.tlb.sets=64\"]}",
                PART,
                ", \"controls\": [{\"name\": \"c\", \"set\": [\"gru.killBits=false\"]}]");
        CalibrationData data = CalibrationData.read(directory);
        Target target = data.targets().get(0);
        Trial trial = target.trials().get(0);
        assertThat(data.settings(trial, null)).containsExactly("gru.tlb.ways=2", "gru.tlb.sets=64");
        assertThat(data.settings(trial, target.controls().get(0)))
                .containsExactly("gru.tlb.ways=2", "gru.tlb.sets=64", "gru.killBits=false");
    }

    @Test
    void tolerance_isAroundThePublishedValue() throws IOException {
        write("{\"name\": \"a\", \"spec\": \"s.json\"}", PART, "");
        Part part = CalibrationData.read(directory).targets().get(0).parts().get(0);
        // 10% of 10 on either side: 9 .. 11
        assertThat(part.accepted().holds(new BigDecimal("9"))).isTrue();
        assertThat(part.accepted().holds(new BigDecimal("8.999"))).isFalse();
        assertThat(part.accepted().holds(new BigDecimal("11"))).isTrue();
        assertThat(part.accepted().holds(new BigDecimal("11.001"))).isFalse();
        assertThat(part.accepted().divides(new BigDecimal("10"), new BigDecimal("11")))
                .isFalse();
        assertThat(part.accepted().divides(new BigDecimal("10"), new BigDecimal("11.1")))
                .isTrue();
        assertThat(part.accepted().divides(new BigDecimal("8.9"), new BigDecimal("9")))
                .isTrue();
        assertThat(part.accepted().divides(new BigDecimal("8"), new BigDecimal("8.9")))
                .isFalse();
        assertThat(part.accepted().divides(new BigDecimal("11.1"), new BigDecimal("12")))
                .isFalse();
        assertThat(part.error(new BigDecimal("12"))).isEqualByComparingTo("0.2");
        assertThat(Objects.requireNonNull(part.error(BigDecimal.TEN))).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"name\": \"a\", \"spec\": \"s.json\", \"sets\": []} | P | N | T1.json:",
                "{\"name\": \"a\"} | P | N | T1.json: trials: one without name or spec",
                "{\"name\": \"a\", \"spec\": \"no.json\"} | P | N | no.json: does not exist",
                "{\"name\": \"a\", \"spec\": \"s.json\", \"set\": [\"gru.killBit=1\"]} | P | N | gru.killBit: unknown key",
                "{\"name\": \"a\", \"spec\": \"s.json\", \"profile\": \"x\"} | P | N | profile \"x\"; accepted: m",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | {\"what\": \"w\", \"simulated\": \"{b x}\", \"low\": 1, \"basis\": \"built\"} | N | names the trial \"b\"; accepted: a",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | {\"what\": \"w\", \"simulated\": \"1 +\", \"low\": 1, \"basis\": \"built\"} | N | unreadable at character 4",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | {\"what\": \"w\", \"simulated\": \"1\", \"basis\": \"built\"} | N | accepts everything",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | {\"what\": \"w\", \"simulated\": \"1\", \"within\": \"5%\", \"basis\": \"built\"} | N | within \"5%\"",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | P | , \"notSimulated\": \"later\" | accepted: parts to compare, or notSimulated",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | P | , \"controls\": [{\"name\": \"c\", \"set\": []}] | without name or set",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | P | , \"id\": \"T2\" | T1.json:",
                "{\"name\": \"a\", \"spec\": \"s.json\"} | P | M | T1.json: kind: Q of a figure from memory (M-)",
            })
    void badData_isRefused(String trials, String parts, String more, String message) throws IOException {
        write(trials, parts.equals("P") ? PART : parts, more.equals("N") || more.equals("M") ? "" : more);
        if (more.equals("M")) {
            Path target = directory.resolve("targets/T1.json");
            Files.writeString(target, Files.readString(target).replace("\"tag\": \"V\"", "\"tag\": \"M-\""));
        }
        assertThatThrownBy(() -> CalibrationData.read(directory))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }
}
