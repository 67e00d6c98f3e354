package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ProofPageTest {
    private final Counterexample proof = Proofs.countVsPte();

    private final String page = ProofPage.render(proof);

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void render_saysWhatHappenedBeforeItShowsIt() {
        assertThat(page.indexOf("no access through a GRU translation"))
                .isLessThan(page.indexOf("these two loads had to be ordered"))
                .isGreaterThan(page.indexOf("<h1>count-vs-pte: violated</h1>"));
        assertThat(page).containsSubsequence("these two loads", "<svg", "All steps", "Replay", "--replay 1.4x2");
        assertThat(page).contains("<dd>relaxed</dd>", "<dd>driver.barrierCountToPte=false</dd>");
    }

    @Test
    void render_listsAllStepsOnce() {
        String table = page.substring(page.indexOf("<tbody>"), page.indexOf("</tbody>"));
        assertThat(count(table, "<tr")).isEqualTo(proof.steps().size());
        assertThat(table)
                .contains("<td class=\"value\">reads pte A: frame 5; OLD: it is swap slot 0 since step 21</td>")
                .contains("<td class=\"value\">reads range count: 0 (from step 25)</td>");
        assertThat(count(table, "class=\"stale-read\"")).isEqualTo(1);
        assertThat(count(table, "class=\"violating\"")).isEqualTo(1);
    }

    @Test
    void render_needsNothingFromElsewhereAndNoScript() {
        assertThat(page).doesNotContain("<script", "http", "url(", "src=", "@import", "<link");
        Matcher family =
                Pattern.compile("font(?:-family)?:[^;}]*?([a-z-]+)[;}]").matcher(page);
        int families = 0;
        while (family.find()) {
            if (family.group().contains("family") || family.group().contains("px/")) {
                assertThat(family.group(1)).isIn("sans-serif", "monospace");
                families++;
            }
        }
        assertThat(families).isGreaterThanOrEqualTo(3);
    }

    @Test
    void render_escapesEveryText() {
        String hostile = ProofPage.render(TimelineSvgTest.hostile());
        assertThat(hostile).doesNotContain("<script", "\u0000").contains("&lt;script&gt;");
        // four pictures (story, its legend's, shared is the same) and nothing a text has closed
        assertThat(count(hostile, "<svg")).isEqualTo(count(hostile, "</svg>"));
        assertThat(count(hostile, "<text")).isEqualTo(count(hostile, "</text>"));
    }

    @Test
    void render_cutsThePictureForPaperWithoutLosingAny() {
        String sheets = page.substring(page.indexOf("class=\"sheets\""));
        Matcher box = Pattern.compile("<svg viewBox=\"0 (\\d+) (\\d+) (\\d+)\"><use href=\"#story\"/>")
                .matcher(sheets);
        int next = 0;
        while (box.find()) {
            assertThat(Integer.parseInt(box.group(1))).isEqualTo(next);
            next += Integer.parseInt(box.group(3));
        }
        assertThat(next).isEqualTo(Timeline.of(proof, Detail.STORY).height() + 4);
    }

    @Test
    void render_declaresEveryColourItUses() {
        Matcher use = Pattern.compile("var\\((--[a-z]+)\\)").matcher(page);
        int uses = 0;
        while (use.find()) {
            assertThat(count(page, use.group(1) + ":#")).as(use.group(1)).isEqualTo(3);
            uses++;
        }
        assertThat(uses).isGreaterThan(20);
    }

    @Test
    void render_leavesOutTheLongerPictureIfItIsTheSame() {
        assertThat(page).contains("<details>");
        assertThat(ProofPage.render(Proofs.messagePassing())).doesNotContain("<details>");
    }

    @Test
    void render_isTheSameEveryTime() {
        assertThat(ProofPage.render(Proofs.countVsPte())).isEqualTo(page);
    }
}
