package grusim.result.report;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.compare.Comparison;
import grusim.result.compare.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/** The pages as a browser shows them; needs a Chromium on the search path. */
final class ReportBrowserTest {
    private static Optional<Browser> browser = Optional.empty();

    @TempDir
    static Path place;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Optional.of(started());
        Files.writeString(place.resolve("busy.html"), page(HostileRun.busy()));
        Files.writeString(place.resolve("hostile.html"), page(HostileRun.of()));
        Files.writeString(
                place.resolve("comparison.html"),
                ComparisonReport.render(
                        Comparison.of(HostileRun.busy(), HostileRun.of(), Terms.STANDARD),
                        List.of(),
                        HostileRun.BREAKOUT,
                        HostileRun.BREAKOUT,
                        true));
    }

    /** The browser of the machine; else one that is fetched, if that can be done here. */
    private static Browser started() throws IOException, InterruptedException {
        Optional<Path> installed = Boolean.getBoolean("chromium.fetch") ? Optional.empty() : Browser.installed();
        if (installed.isPresent()) {
            return Browser.start(installed.get());
        }
        try {
            return Browser.start(FetchedChromium.in(Path.of("target", "chromium")));
        } catch (IOException e) {
            throw new TestAbortedException(
                    "no chromium on PATH, and none to be fetched: how reports look in a browser is not tested here", e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser.isPresent()) {
            browser.get().close();
        }
    }

    private static String page(Replications runs) {
        return RunReport.render(runs, HostileRun.provenance(), RunReport.NOT_CALIBRATED, true);
    }

    private static Browser browser() {
        return browser.orElseThrow(() -> new TestAbortedException("no browser"));
    }

    @ParameterizedTest
    @CsvSource({
        "busy.html, 360, false",
        "busy.html, 360, true",
        "busy.html, 1440, false",
        "busy.html, 1440, true",
        "hostile.html, 360, false",
        "hostile.html, 1440, false",
        "comparison.html, 360, true",
        "comparison.html, 1440, false"
    })
    void page_fitsItsWindowAndIsSilent(String file, int width, boolean dark) throws InterruptedException {
        Browser tab = browser();
        tab.open(place.resolve(file), width, dark);
        assertThat(tab.evaluate("document.scrollingElement.scrollWidth").asInt())
                .as("width of the page in a window of " + width)
                .isLessThanOrEqualTo(width);
        assertThat(tab.evaluate("document.scripts.length").asInt()).isEqualTo(1);
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).hasSize(1).allMatch(address -> address.startsWith("file:"));
    }

    @Test
    void hostileNames_areShownAsTextAndDoNothing() throws InterruptedException {
        Browser tab = browser();
        tab.open(place.resolve("hostile.html"), 1440, false);
        assertThat(tab.evaluate("document.querySelector('h1').textContent").asString())
                .isEqualTo(HostileRun.NAME);
        assertThat(tab.evaluate("document.title").asString()).isEqualTo(HostileRun.NAME);
        assertThat(tab.evaluate("typeof window.hostile").asString()).isEqualTo("undefined");
        assertThat(tab.evaluate("document.querySelectorAll('img,iframe,object,embed,base,form').length")
                        .asInt())
                .isZero();
    }

    @Test
    void headings_sortTheirTableBothWays() throws InterruptedException {
        Browser tab = browser();
        tab.open(place.resolve("busy.html"), 1440, false);
        String column = "(function(){var t=document.querySelector('#latency table');"
                + "var b=t.tHead.rows[0].cells[1].querySelector('button');b.click();"
                + "return Array.from(t.tBodies[0].rows).map(r=>Number(r.cells[1].dataset.key));})()";
        List<Long> falling = numbers(tab.evaluate(column));
        assertThat(falling).hasSizeGreaterThan(3).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(numbers(tab.evaluate(column))).isSorted().containsExactlyInAnyOrderElementsOf(falling);
        assertThat(tab.evaluate("document.querySelector('#latency th[aria-sort=ascending]').textContent")
                        .asString())
                .isEqualTo("count");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void unknownValues_sortLastBothWays() throws InterruptedException {
        Browser tab = browser();
        tab.open(place.resolve("busy.html"), 1440, false);
        String last = "(function(){var t=document.querySelector('#latency table');"
                + "var heads=Array.from(t.tHead.rows[0].cells);var c=heads.findIndex(h=>h.textContent==='p99.9');"
                + "heads[c].querySelector('button').click();var rows=t.tBodies[0].rows;"
                + "return rows[rows.length-1].cells[c].dataset.key;})()";
        assertThat(tab.evaluate(last).asString()).isEmpty();
        assertThat(tab.evaluate(last).asString()).isEmpty();
    }

    @Test
    void filter_hidesOtherRows() throws InterruptedException {
        Browser tab = browser();
        tab.open(place.resolve("busy.html"), 1440, false);
        String filter = "(function(){var d=document.querySelector('#figures details');d.open=true;"
                + "var i=d.querySelector('input');i.value='DROPIN.user.p9';i.dispatchEvent(new Event('input'));"
                + "return Array.from(d.querySelectorAll('tbody tr')).filter(r=>!r.hidden).map(r=>r.cells[0].textContent);})()";
        assertThat(strings(tab.evaluate(filter)))
                .isNotEmpty()
                .allMatch(path -> path.startsWith("latency.dropin.user.p9"));
    }

    @Test
    void page_printsToPdfWithAllThatIsFolded() throws InterruptedException, IOException {
        Browser tab = browser();
        tab.open(place.resolve("busy.html"), 1440, true);
        byte[] pdf = tab.pdf();
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(pdf.length).isGreaterThan(20_000);
        assertThat(tab.complaints()).isEmpty();
        String keep = System.getProperty("report.keep", "");
        if (!keep.isEmpty()) {
            Files.write(Path.of(keep, "busy.pdf"), pdf);
        }
    }

    private static List<Long> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asLong).toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
