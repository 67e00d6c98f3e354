package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LanesTextTest {
    /** The second lane begins 9 columns after the first: 60 columns less 7 of the margin less 44 for text. */
    @Test
    void render_ofMessagePassing() {
        assertThat(LanesText.render(Proofs.messagePassing(), 60, Detail.SHARED, false))
                .isEqualTo("""
                mp: violated under relaxed in 7 steps, 1 context switch

                point 1: no stale translation
                  first:   cpu0 cleared the pte
                  second:  cpu1 read it
                  missing: 4 before 7: these two loads had to be ordered

                       cpu0: writes
                       |        cpu1: reads
                       initially: pte = frame 5
                       | (w)    |
                    1  * clear  writes pte: none
                    2  * lower  writes count: 0
                       |        | (r)
                    3  |        o enter
                       2------->|
                +---4  |        * range active?  reads count: 0
                :      |        ! MISSING read barrier: these two loads had
                :      |        ! to be ordered
                :   5  |        o ... 2 steps: pgd; pmd
                :      1.......x|
                +-->7  |        * walk  reads pte: frame 5
                       |        | OLD: it is none since step 1
                       |        |
                => step 7 violates point 1

                * racing step, o other step; 7--->| the value step 7 wrote
                  is read, 7...x| it is not seen; +-- and +-> in the margin:
                  the order that was missing; ... steps that touch nothing
                  shared
                replay:
                  grusim check mp.json --replay 0.1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 81, 100, 120, 160, 200})
    void render_staysWithinTheWidth(int columns) {
        for (Counterexample proof : List.of(Proofs.countVsPte(), Proofs.munmapDowngrade(), Proofs.deadlock())) {
            for (Detail detail : Detail.values()) {
                assertThat(picture(LanesText.render(proof, columns, detail, false)))
                        .allMatch(line -> line.length() <= columns)
                        .noneMatch(line -> line.endsWith(" "));
            }
        }
    }

    /** All but the replay command, which is one line to copy however long it is. */
    private static Stream<String> picture(String text) {
        return text.substring(0, text.indexOf("replay:")).lines();
    }

    @Test
    void render_foldsOnlyWhatNobodyElseTouches() {
        Counterexample proof = Proofs.countVsPte();
        String folded = LanesText.render(proof, 100, Detail.SHARED, false);
        String full = LanesText.render(proof, 100, Detail.ALL, false);
        assertThat(folded)
                .contains("o ... 3 steps: 6 find vma; read the pgd entry; read the pmd entry")
                .contains("* read the pte  reads pte A: frame 5");
        assertThat(full).doesNotContain("steps:").containsPattern("(?m)o read the pgd entry( |$)");
        for (Step step : proof.steps()) {
            String line = "(?m)^.{4} *" + step.number() + " .*[o*] " + Pattern.quote(step.text()) + "( |$)";
            assertThat(full).containsPattern(line);
        }
    }

    @Test
    void render_pointsUpwardsIfTheLaterStepHadToBeFirst() {
        String text = LanesText.render(Proofs.munmapDowngrade(), 80, Detail.SHARED, false);
        assertThat(text)
                .containsPattern("(?m)^\\+-->45 .*free a table page")
                .containsPattern("(?m)^\\+---46 .*read the pte");
    }

    @Test
    void render_keepsTheLinesOfAFinding() {
        assertThat(LanesText.render(Proofs.deadlock(), 80, Detail.SHARED, false))
                .contains("""
                point 5: nobody can go on:
                         cpu0 waits for y, held by cpu1
                         cpu1 waits for x, held by cpu0
                """);
    }

    @Test
    void render_addsColourOnlyWhenAsked() {
        Counterexample proof = Proofs.countVsPte();
        String plain = LanesText.render(proof, 90, Detail.SHARED, false);
        String coloured = LanesText.render(proof, 90, Detail.SHARED, true);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[1;31mMISSING read barrier");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
        assertThat(LanesText.render(proof, 90, Detail.SHARED, true)).isEqualTo(coloured);
    }

    @Test
    void render_showsNoControlCharacters() {
        Lane lane = new Lane("cpu\u001b[2J", "r\u00f6le");
        Counterexample proof = new Counterexample(
                "n\u0007ame",
                "sc",
                List.of(),
                new Finding(1, "x", "", ""),
                List.of(lane),
                List.of(new Step(1, 0, "r", "do\tit", null, "")),
                List.of(),
                "",
                0);
        assertThat(LanesText.render(proof, 80, Detail.SHARED, false))
                .contains("n?ame", "cpu?[2J: r?le", "do?it")
                .matches("[ -~\n]*");
    }

    @Test
    void render_ofAViolationInTheInitialState() {
        Counterexample proof = new Counterexample(
                "s",
                "sc",
                List.of(),
                new Finding(4, "x", "", ""),
                List.of(new Lane("cpu0", "")),
                List.of(),
                List.of(),
                "",
                0);
        assertThat(LanesText.render(proof, 80, Detail.SHARED, false))
                .startsWith("s: violated under sc in 0 steps, 0 context switches\n");
    }

    @Test
    void render_ofMoreLanesThanFitStillShowsAll() {
        Script s = new Script();
        for (int lane = 0; lane < 16; lane++) {
            s.lane("cpu" + lane, "some role");
        }
        s.in(15, "r").step("one").step("two").step("three, which is long").write("four", "x", "1");
        s.in(0, "r").read("five", "x");
        Finding finding = new Finding(1, "x", "", "");
        Counterexample proof = new Counterexample(
                "s", "sc", List.of(), finding, s.lanes(), s.steps(), List.of(new Missing(5, 4, "", "x")), "", 1);
        assertThat(LanesText.render(proof, 60, Detail.SHARED, false))
                .contains("cpu15: some", "... 3 ste...", "<---", "five");
    }

    @Test
    void render_refusesTooFewColumns() {
        assertThatThrownBy(() -> LanesText.render(Proofs.deadlock(), 59, Detail.SHARED, false))
                .hasMessage("a counterexample in 59 columns, accepted are 60 or more");
    }
}
