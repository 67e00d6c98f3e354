package grusim.result.report;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.ExampleRun;
import grusim.result.Replications;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunReportTest {
    private static final Provenance PROVENANCE = new Provenance(
            "./grusim run example.json",
            Map.of(
                    "name", new Provenance.Origin("example.json:1", "choice"),
                    "exponent", new Provenance.Origin("default", "assumed")));

    private static final String PAGE =
            RunReport.render(Replications.of(ExampleRun.small()), PROVENANCE, "22 of 24 targets met", false);

    @Test
    void render_saysTheVerdictBeforeAnythingElse() {
        assertThat(PAGE)
                .containsSubsequence(
                        "<h1>example</h1>",
                        "<b>Contract</b> 1 violated of 9 checks",
                        "<b>Data</b> ok, 4 checks",
                        "<b>Calibration</b> 22 of 24 targets met",
                        "frame 5 read after its free",
                        "In short",
                        "Charts",
                        "What failed",
                        "Latencies",
                        "Where time went",
                        "Counters",
                        "All figures",
                        "The spec as it was run",
                        "How to get this again",
                        "<pre>./grusim run example.json</pre>",
                        "000000000000cafe");
    }

    /** Of 210 ns of twenty loads 150 were service: 71.4%; one load spent 150 / 20 = 7.5 ns so. */
    @Test
    void time_isSharedOutByReason() {
        String time = section("time");
        assertThat(row(time, "service")).contains(">71.4%<", "width:71.4%", ">150 ns<");
        assertThat(row(time, "miss detect")).contains(">28.6%<", ">60 ns<");
        assertThat(time.substring(time.indexOf("By instruction"))).contains(">7.5 ns<", ">3 ns<");
    }

    @Test
    void latency_isEmptyWhereTooFewSamplesAreKnown() {
        String loads = row(section("latency"), "instruction.vload");
        assertThat(loads).contains("data-key=\"10.5\" data-label=\"mean\" title=\"no interval: ", ">10 ns<");
        assertThat(loads).contains("data-key=\"\" data-label=\"p99.9\" title=\"no interval: too few samples\"></td>");
        assertThat(section("latency")).doesNotContain(">invalidate<");
    }

    @Test
    void counters_areSeparatedFromThoseAtZero() {
        String counters = section("counters");
        assertThat(counters)
                .containsSubsequence(
                        "driver.tlb_dropin",
                        "memory.bytes_copied",
                        "1.5 MiB",
                        "Counters at zero: 1",
                        "vm.minor_faults");
        assertThat(counters)
                .contains("Entries dropped into a TLB.", "tgh_invalidate")
                .doesNotContain("tfh_write_restart");
    }

    @Test
    void spec_showsWhatWasChosenBeforeTheDefaults() {
        assertThat(section("spec"))
                .containsSubsequence(
                        "Chosen for this run",
                        "example.json:1",
                        "Left at their defaults: 1 values",
                        "exponent",
                        "0.99");
        String unknown = RunReport.render(Replications.of(ExampleRun.small()), Provenance.UNKNOWN, "", false);
        assertThat(unknown).contains("exponent").doesNotContain("Left at their defaults", "<pre>");
    }

    @Test
    void figures_listEachNumberOnce() {
        String figures = section("figures");
        assertThat(count(figures, ">latency.instruction.vload.p50Ns<")).isEqualTo(1);
        assertThat(count(figures, ">counters.driver.tlb_dropin<")).isEqualTo(1);
        assertThat(figures).contains("no interval: ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void page_needsNothingFromElsewhere(boolean charts) {
        String page = RunReport.render(HostileRun.busy(), Provenance.UNKNOWN, "", charts);
        assertThat(page).doesNotContain("http:", "https:", "//", "src=", "@import", "<link", "<base", "<iframe");
        Matcher reference = Pattern.compile("url\\((.)").matcher(page);
        while (reference.find()) {
            assertThat(reference.group(1)).isEqualTo("#");
        }
        Matcher link = Pattern.compile("href=\"(.)").matcher(page);
        while (link.find()) {
            assertThat(link.group(1)).isEqualTo("#");
        }
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void page_hasEachIdentifierOnceAndNoLinkToNowhere() {
        String page = RunReport.render(HostileRun.busy(), Provenance.UNKNOWN, "", true);
        List<String> ids = all(page, " id=\"([^\"]+)\"");
        assertThat(ids).doesNotHaveDuplicates().contains("latency", "summary");
        assertThat(all(page, "(?:href=\"#|url\\(#)([^\")]+)")).isNotEmpty().isSubsetOf(ids);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hostileTexts_areEscapedEverywhere(boolean charts) {
        String page = RunReport.render(HostileRun.of(), HostileRun.provenance(), "<b>calibrated</b>", charts);
        assertThat(count(page, "<script")).isEqualTo(1);
        assertThat(count(page, "</style")).isEqualTo(1);
        assertThat(page)
                .doesNotContain("<img", "\u0000", "\u0007", "<b>calibrated")
                .contains("<title>&lt;script&gt;window.hostile=1&lt;/script&gt;</title>", "{{title}}");
        assertThat(count(page, "<svg")).isEqualTo(count(page, "</svg"));
    }

    @Test
    void render_isTheSameEveryTime() {
        assertThat(RunReport.render(Replications.of(ExampleRun.small()), PROVENANCE, "22 of 24 targets met", false))
                .isEqualTo(PAGE);
    }

    @Test
    void replications_areListedWithTheirSeeds() {
        String page = RunReport.render(
                new Replications(List.of(ExampleRun.small(), ExampleRun.small())), Provenance.UNKNOWN, "", false);
        assertThat(page)
                .contains(
                        "2 replications, the first with seed 7",
                        "2 violated of 18 checks",
                        "<dt>seeds</dt><dd>7, 7</dd>");
    }

    private static String section(String id) {
        int from = PAGE.indexOf("<section id=\"" + id + "\">");
        return PAGE.substring(from, PAGE.indexOf("</section>", from));
    }

    private static String row(String table, String heading) {
        int at = table.indexOf(">" + heading + "<");
        return table.substring(at, table.indexOf("</tr>", at));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
