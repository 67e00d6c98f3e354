package grusim.result.file;

import grusim.result.Dictionary;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A data dictionary as files: {@code stats.csv} beside the figures of a run, JSON for programs, Markdown for pages. */
public final class DictionaryFile {
    private DictionaryFile() {}

    /** One row for each metric. */
    public static String csv(Dictionary dictionary) {
        return Csv.print(
                List.of("metric", "unit", "meaning", "source"),
                csv -> dictionary
                        .entries()
                        .forEach(entry ->
                                csv.writeRecord(entry.metric(), entry.unit(), entry.meaning(), entry.source())));
    }

    /** An array of objects. */
    public static String json(Dictionary dictionary) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Dictionary.Entry entry : dictionary.entries()) {
            all.addObject()
                    .put("metric", entry.metric())
                    .put("unit", entry.unit())
                    .put("meaning", entry.meaning())
                    .put("source", entry.source());
        }
        return Json.print(all);
    }

    /** A table. */
    public static String markdown(Dictionary dictionary) {
        StringBuilder text = new StringBuilder("| metric | unit | meaning | source |\n|---|---|---|---|\n");
        for (Dictionary.Entry entry : dictionary.entries()) {
            text.append("| `").append(entry.metric()).append("` | ").append(cell(entry.unit()));
            text.append(" | ").append(cell(entry.meaning())).append(" | ");
            text.append(cell(entry.source())).append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
