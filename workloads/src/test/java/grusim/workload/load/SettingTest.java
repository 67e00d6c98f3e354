package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.ContentSpec;
import grusim.workload.Era;
import grusim.workload.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {
    private static final String SPEC = """
            {"name": "a", "processes": [{"name": "p", "regions": [{"name": "r", "size": "8 KiB"},
              {"name": "s", "size": "8 KiB"}]}]}
            """;

    @Test
    void setting_replacesAndAdds() {
        Spec spec = SpecLoader.fromJson(
                SPEC,
                "gru.tlb.ways=2",
                "machine.hopLatency=70 ns",
                "name=b",
                "processes[0].regions[1].content={\"seed\": 3}");
        assertThat(spec.gru().tlb().ways()).isEqualTo(2);
        assertThat(spec.machine().hopLatencyPs()).isEqualTo(70_000);
        assertThat(spec.name()).isEqualTo("b");
        assertThat(spec.processes().get(0).regions().get(1).content()).isEqualTo(new ContentSpec.Noise(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processes[0].regions[1].size=4 KiB",
                "processes.0.regions.1.size=4 KiB",
                "processes.p.regions.s.size=\"4 KiB\"",
                "processes[p].regions[s].size= 4 KiB"
            })
    void setting_findsElementsByIndexAndName(String setting) {
        assertThat(SpecLoader.fromJson(SPEC, setting)
                        .processes()
                        .get(0)
                        .regions()
                        .get(1)
                        .sizeBytes())
                .isEqualTo(4096);
    }

    @Test
    void setting_appliesInOrder() {
        assertThat(SpecLoader.fromJson(SPEC, "seed=1", "seed=2").seed()).isEqualTo(2);
        assertThat(SpecLoader.fromJson(SPEC, "gru={\"killBits\": false}", "gru.tlb.ways=8")
                        .gru()
                        .killBits())
                .isFalse();
    }

    @Test
    void setting_takesWordsAsTheyAreWritten() {
        // 4.20 reads as a JSON number; as a number it would be 4.2
        assertThat(SpecLoader.fromJson(SPEC, "kernel.era=4.20").kernel().era()).isEqualTo(Era.LINUX_4_20);
        assertThat(SpecLoader.fromJson(SPEC, "kernel.era= \"4.20\"").kernel().era())
                .isEqualTo(Era.LINUX_4_20);
        assertThat(SpecLoader.fromJson(SPEC, "kernel.era=6.1.192").kernel().era())
                .isEqualTo(Era.LINUX_6_1_192);
        assertThatThrownBy(() -> SpecLoader.fromJson(SPEC, "kernel.era=4.2"))
                .hasMessage("--set kernel.era=4.2: kernel.era: 4.2 is unknown; accepted: 2.6.26-review, 2.6.28, 4.20,"
                        + " 6.1.192");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gru.tlb.way=4 | : gru.tlb.way: unknown key; accepted: sets, ways, replacement, indexHash, writeMiss, invalidateStall; did you mean \"ways\"?",
                "gur.killBits=false | : gur: unknown key; accepted: name, description, ... run; did you mean \"gru\"?",
                "gru.killBits=maybe | : gru.killBits: \"maybe\" is not a truth value; accepted: true or false",
                "gru | : is not an override; accepted: PATH=VALUE, such as gru.killBits=false",
                "=3 | : is not an override; accepted: PATH=VALUE, such as gru.killBits=false",
                "gru..tlb=3 | : has an unreadable path; accepted: keys joined by dots, array elements as [0], .0 or by name",
                "gru[=3 | : has an unreadable path; accepted: keys joined by dots, array elements as [0], .0 or by name",
                "name.x=3 | : name holds no keys; accepted: a path to a key of the spec",
                "processes[1].name=q | : processes has 1 elements; accepted: an index below that, or an element's name",
                "processes.p.regions.t.size=4 KiB | : processes[0].regions has no element named \"t\"; accepted: an index or one of r, s",
                "disturbances[0].rate=1/s | : disturbances: an object is not an array; accepted: [ .. ]"
            })
    void setting_refuses(String setting, String message) {
        assertThatThrownBy(() -> SpecLoader.fromJson(SPEC, setting))
                .hasMessageMatching(Messages.pattern("--set " + setting + message));
    }
}
