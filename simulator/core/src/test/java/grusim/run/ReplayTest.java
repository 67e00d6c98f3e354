package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.RunResult;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayTest {
    /** One thread loads from a region of which parts are dropped all the time, on a device without kill bits. */
    private static final String DROPPED = """
            {"name": "dropped", "gru": {"killBits": false, "tlb": {"sets": 8, "ways": 2}},
             "processes": [{"name": "p", "regions": [{"name": "r", "size": "1 MiB"}],
              "threads": [{"name": "t", "count": 4, "context": {"cbrs": 8, "dsr": "4 KiB"}, "program": [
               {"op": "vload", "region": "r", "count": 2000, "inFlight": 8, "pattern": {"kind": "uniform"}}]}]}],
             "disturbances": [{"name": "d", "op": "madvise-dontneed", "process": "p", "region": "r",
              "length": "64 KiB", "rate": "50000/s"}]}""";

    private static ResolvedSpec spec(String... settings) {
        return SpecLoader.resolveJson(DROPPED, settings);
    }

    private static List<String> violations(RunOptions options) {
        RunResult result = Runs.simulate(spec(), options, RunProgress.NONE, null);
        return result.contract().texts();
    }

    private static String token(String violation) {
        return violation.substring(violation.lastIndexOf(' ') + 1);
    }

    private static boolean replay(StringWriter out, ResolvedSpec spec, String token) {
        return new Replay(spec, RunRig.STANDARD, ReplayToken.parse(token)).print(out);
    }

    @Test
    void everyToken_leadsBackToItsViolation() {
        List<String> violations = violations(RunRig.STANDARD);
        assertThat(violations).isNotEmpty();
        for (String violation : violations) {
            StringWriter out = new StringWriter();
            assertThat(replay(out, spec(), token(violation))).as(violation).isTrue();
            String words = violation.substring(0, violation.indexOf("; replay"));
            assertThat(out.toString().lines().filter(line -> line.contains("VIOLATED")))
                    .as(violation)
                    .anySatisfy(line -> assertThat(line).endsWith(words));
        }
    }

    @Test
    void trace_showsStepsAndFacts_upToTheViolationAndALittleOn() {
        String violation = violations(RunRig.STANDARD).stream()
                .filter(each -> each.contains("blade0.cpu4 announced the end of its clear"))
                .findFirst()
                .orElseThrow();
        Matcher read = Pattern.compile("(blade0\\.cpu\\d) read the PTE of (0x10000\\p{XDigit}+)000 ")
                .matcher(violation);
        assertThat(read.find()).as(violation).isTrue();
        String reader = read.group(1);
        String page = read.group(2);
        StringWriter out = new StringWriter();
        replay(out, spec(), token(violation));
        List<String> lines = out.toString().lines().toList();
        int at = -1;
        for (int i = 0; i < lines.size(); i++) {
            at = lines.get(i).contains("VIOLATED") ? i : at;
        }
        while (lines.get(at - 1).contains("VIOLATED")) {
            at--; // the end of one clear may leave several entries behind
        }
        assertThat(lines.get(at - 1))
                .contains("blade0.cpu4", "  -  ", "range end " + page.substring(0, page.length() - 1) + "0000..0x");
        assertThat(lines.get(at - 2)).contains("blade0.cpu4", "unmap_vmas");
        assertThat(lines.subList(0, at))
                .anySatisfy(line -> assertThat(line).contains(reader, "read the PTE of " + page))
                .anySatisfy(line -> assertThat(line).contains("blade0.cpu4", "PTE of " + page + "000 cleared"))
                .anySatisfy(line -> assertThat(line).contains(".cbr", "wrote the entry asid", page));
        assertThat(lines.subList(at, lines.size())).hasSizeBetween(2, 200);
    }

    @Test
    void tokens_areTheSame_withAndWithoutRunAhead() {
        assertThat(violations(new RunOptions("test", true, false))).isEqualTo(violations(RunRig.STANDARD));
    }

    @Test
    void aStepAtWhichNothingIsViolated_saysSo() {
        ReplayToken token = ReplayToken.of(spec(), "test", 100);
        assertThat(replay(new StringWriter(), spec(), token.text())).isFalse();
    }

    @Test
    void tokenOfAnotherSeed_isRefused() {
        ReplayToken token = ReplayToken.of(spec(), "test", 100);
        assertThatThrownBy(() -> replay(new StringWriter(), spec("seed=2"), token.text()))
                .isInstanceOf(SpecException.class)
                .hasMessage(
                        "replay token %s is of seed 1, dropped has seed 2; accepted: --seed 1".formatted(token.text()));
    }

    @Test
    void tokenOfAnotherSpecOrVersion_isRefused() {
        ReplayToken token = ReplayToken.of(spec(), "test", 100);
        assertThatThrownBy(() -> replay(new StringWriter(), spec("gru.tlb.ways=4"), token.text()))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("is not of dropped as it is now");
        assertThatThrownBy(() -> replay(
                        new StringWriter(),
                        spec(),
                        ReplayToken.of(spec(), "other", 100).text()))
                .hasMessageContaining("is not of dropped as it is now");
    }

    @Test
    void stepAfterTheEnd_isRefused() {
        ReplayToken token = ReplayToken.of(spec(), "test", 1L << 40);
        assertThatThrownBy(() -> replay(new StringWriter(), spec(), token.text()))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("names step 1099511627776; accepted: up to ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t1",
                "t1.1234.1.1",
                "t1.0123456789ABCDEF.1.1",
                "t1.0123456789abcdef.1.-1",
                "t2.0123456789abcdef.1.1",
                "t1.0123456789abcdef.9999999999999999999.1"
            })
    void whatIsNoToken_isRefused(String text) {
        assertThatThrownBy(() -> ReplayToken.parse(text))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("replay token \"" + text + "\"; accepted: ");
    }

    @Test
    void token_readsBack() {
        ReplayToken token = new ReplayToken(-1, Long.MIN_VALUE, 4711);
        assertThat(token.text()).isEqualTo("t1.ffffffffffffffff.-9223372036854775808.4711");
        assertThat(ReplayToken.parse(token.text())).isEqualTo(token);
    }
}
