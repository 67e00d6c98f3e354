package grusim.result.proof;

import grusim.result.page.Markup;
import grusim.result.page.Paper;
import java.util.ArrayList;
import java.util.List;

/**
 * A counterexample as one self-contained HTML page for a review: the verdict, the picture, all steps with their values, the
 * command that replays it. No script and nothing from elsewhere; light and dark; a narrow window scrolls the picture in its
 * own box; paper gets the picture cut between boxes. Same input, same bytes.
 */
public final class ProofPage {
    private static final String STYLE = """
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 sans-serif}
            main{max-width:1320px;margin:0 auto;padding:20px 24px 48px}
            h1{font-size:24px;line-height:1.25;margin:0 0 8px;overflow-wrap:anywhere}
            h2{font-size:17px;margin:28px 0 8px}
            p,dd,td,li{overflow-wrap:anywhere}
            code,pre,.value{font-family:monospace;font-size:13px}
            .verdict{margin:0 0 12px;padding:10px 14px;border-left:6px solid var(--red);background:var(--redtint)}
            .verdict p{margin:0}
            .verdict .sentence{white-space:pre-line}
            .facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 16px;margin:0}
            .facts dt{color:var(--faint)}
            .facts dd{margin:0}
            .missing-order{margin:10px 0 0;padding:8px 14px;border:2px dashed var(--red);border-radius:5px}
            .missing-order b{color:var(--redtext)}
            .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:5px;padding:14px}
            .scroll svg,.legend svg{display:block}
            .legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:8px 0 0;padding:0;list-style:none;font-size:13px;\
            color:var(--faint)}
            .legend li{display:flex;align-items:center;gap:7px}
            .legend svg{flex:none}
            .sheets{display:none}
            details{margin-top:14px}
            summary{cursor:pointer;color:var(--faint)}
            details[open] summary{margin-bottom:8px}
            .steps{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:13px}
            th,td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid var(--line)}
            th{color:var(--faint);font-weight:normal}
            td:first-child,th:first-child{text-align:right;padding-left:6px}
            .agent{white-space:nowrap}
            .routine-cell{color:var(--faint);font-style:italic}
            tr.racing{background:var(--bluetint)}
            tr.stale-read{background:var(--oldtint)}
            tr.violating{background:var(--redtint)}
            tr.racing td,tr.stale-read td,tr.violating td{font-weight:bold}
            pre{margin:0;padding:10px 14px;background:var(--panel);border:1px solid var(--line);border-radius:5px;\
            white-space:pre-wrap;overflow-wrap:anywhere}
            @media screen and (max-width:760px){
            main{padding:14px 12px 32px}
            h1{font-size:20px}
            .facts{grid-template-columns:minmax(0,1fr)}
            .facts dd{margin-bottom:5px}
            .scroll{padding:8px}
            table,tbody{display:block}
            thead{display:none}
            tr{display:grid;grid-template-columns:32px minmax(0,1fr);padding:4px 0;border-bottom:1px solid var(--line)}
            td{grid-column:2;border:0;padding:0 4px}
            td:first-child{grid-column:1;grid-row:1 / span 6;padding:0 6px 0 0}
            td:empty{display:none}
            .agent{white-space:normal}
            }
            @media print{
            @page{size:A4 landscape;margin:12mm}
            :root{@white@}
            main{max-width:none;padding:0}
            .scroll{border:0;padding:0;overflow:visible}
            .scroll>svg,details{display:none}
            .sheets{display:block}
            .sheets svg{display:block;width:100%;height:auto;break-inside:avoid}
            .steps{overflow:visible}
            table,.value{font-size:11px}
            tr,.missing-order,.verdict{break-inside:avoid}
            h2{break-after:avoid}
            *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
            }
            """;

    private final Counterexample proof;
    private final Story story;
    private final StringBuilder out = new StringBuilder(64 * 1024);

    private ProofPage(Counterexample proof) {
        this.proof = proof;
        story = new Story(proof);
    }

    /** The page. */
    public static String render(Counterexample proof) {
        ProofPage page = new ProofPage(proof);
        page.head();
        page.verdict();
        page.pictures();
        page.table();
        page.replay();
        page.out.append("</main>\n</body>\n</html>\n");
        return page.out.toString();
    }

    private void head() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        element("title", proof.scenario() + " " + Words.verdict(proof));
        String light = Paper.LIGHT.declarations();
        out.append("<style>\n:root{color-scheme:light dark;").append(light).append("}\n");
        out.append("@media (prefers-color-scheme:dark){:root{")
                .append(Paper.DARK.declarations())
                .append("}}\n");
        out.append(Sheet.properties())
                .append(STYLE.replace("@white@", light))
                .append("</style>\n</head>\n<body>\n<main>\n");
    }

    private void verdict() {
        element("h1", proof.scenario() + ": violated");
        Finding finding = proof.finding();
        out.append("<div class=\"verdict\">\n<p class=\"sentence\"><strong>Point ")
                .append(finding.point())
                .append(" of the contract does not hold:</strong> ")
                .append(Markup.text(finding.sentence()))
                .append("</p>\n</div>\n<dl class=\"facts\">\n");
        fact("memory model", proof.model());
        fact("settings", proof.settings().isEmpty() ? "as in the scenario" : String.join(", ", proof.settings()));
        fact("length", Words.length(proof));
        fact("first", finding.first());
        fact("second", finding.second());
        out.append("</dl>\n");
        for (Missing order : proof.missing()) {
            out.append("<p class=\"missing-order\"><b>")
                    .append(Markup.text(Words.missing(order)))
                    .append("</b>: ")
                    .append(Markup.text(order.sentence()))
                    .append(" (step ")
                    .append(order.earlier())
                    .append(" before step ")
                    .append(order.later())
                    .append(")</p>\n");
        }
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            element("dt", name);
            element("dd", value);
        }
    }

    // ---- pictures ----

    private void pictures() {
        element("h2", "What happened");
        Scene scene = Timeline.of(proof, Detail.STORY);
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"timeline\">\n");
        picture(scene, "story");
        sheets(scene, "story");
        out.append("</div>\n<ul class=\"legend\">\n");
        for (Legend.Item item : Legend.items(scene)) {
            out.append("<li><svg width=\"%d\" height=\"%d\" aria-hidden=\"true\">\n"
                    .formatted(Legend.SAMPLE_WIDTH, Legend.SAMPLE_HEIGHT));
            Strokes.append(out, List.of(item.sample()), 0, 0);
            out.append("</svg>").append(Markup.text(item.words())).append("</li>\n");
        }
        out.append("</ul>\n");
        if (!story.runs(Detail.STORY).equals(story.runs(Detail.SHARED))) {
            out.append("<details>\n<summary>the same with every access to shared state</summary>\n")
                    .append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"longer timeline\">\n");
            picture(Timeline.of(proof, Detail.SHARED), "shared");
            out.append("</div>\n</details>\n");
        }
    }

    private void picture(Scene scene, String id) {
        int width = scene.width() + 4;
        int height = scene.height() + 4;
        out.append(
                "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n<g id=\"%s\">\n"
                        .formatted(width, height, width, height, Markup.text(Words.verdict(proof)), id));
        Strokes.append(out, scene.shapes(), 2, 2);
        out.append("</g>\n</svg>\n");
    }

    /** The picture once more for paper, in pieces that a page break may separate. */
    private void sheets(Scene scene, String id) {
        List<Integer> cuts = new ArrayList<>(scene.cuts());
        cuts.add(scene.height() + 4);
        int from = 0;
        out.append("<div class=\"sheets\" aria-hidden=\"true\">\n");
        for (int to : cuts) {
            out.append("<svg viewBox=\"0 %d %d %d\"><use href=\"#%s\"/></svg>\n"
                    .formatted(from, scene.width() + 4, to - from, id));
            from = to;
        }
        out.append("</div>\n");
    }

    // ---- steps ----

    private void table() {
        element("h2", "All steps");
        out.append(
                        "<div class=\"steps\">\n<table>\n<thead><tr><th>step</th><th>agent</th><th>routine</th><th>what it does</th>")
                .append("<th>access</th><th>note</th></tr></thead>\n<tbody>\n");
        for (Step step : proof.steps()) {
            Touch touch = step.touch();
            boolean last = step.number() == proof.steps().size();
            String look = last ? " class=\"violating\"" : story.old(step) ? " class=\"stale-read\"" : "";
            out.append("<tr")
                    .append(look.isEmpty() && story.racing(step) ? " class=\"racing\"" : look)
                    .append("><td>")
                    .append(step.number())
                    .append("</td>");
            cell(" class=\"agent\"", proof.lanes().get(step.lane()).name());
            cell(" class=\"routine-cell\"", step.routine());
            cell("", step.text());
            cell(" class=\"value\"", touch == null ? "" : access(step, touch));
            cell("", step.note());
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }

    private String access(Step step, Touch touch) {
        String from = touch.reads() && touch.writtenAt() > 0 ? " (from step " + touch.writtenAt() + ")" : "";
        String old = Words.old(touch, story.missedBy(step));
        return Words.access(touch, Block.ARROW) + from + (old.isEmpty() ? "" : "; " + old);
    }

    private void cell(String attributes, String text) {
        out.append("<td")
                .append(attributes)
                .append('>')
                .append(Markup.text(text))
                .append("</td>");
    }

    private void replay() {
        if (!proof.replay().isEmpty()) {
            element("h2", "Replay");
            element("pre", proof.replay());
        }
    }

    private void element(String name, String text) {
        out.append('<')
                .append(name)
                .append('>')
                .append(Markup.text(text))
                .append("</")
                .append(name)
                .append(">\n");
    }
}
