package grusim.result.file;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures as rows: {@code figures.csv} and the same as JSON Lines. What is unknown is an empty field there, and absent
 * here.
 */
public final class FigureTable {
    /** The columns of a figure. */
    static final List<String> COLUMNS = List.of(
            "metric", "statistic", "value", "unit", "count", "low", "high", "level", "method", "samples", "noInterval");

    private static final ObjectWriter LINE = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build()
            .writer();

    private FigureTable() {}

    /** {@code figures.csv} as text. */
    public static String csv(List<Figure> figures) {
        return Csv.print(COLUMNS, csv -> figures.forEach(figure -> csv.writeRecord(row(figure))));
    }

    /** {@code figures.jsonl} as text: one object per line. */
    public static String jsonLines(List<Figure> figures) {
        StringBuilder lines = new StringBuilder();
        for (Figure figure : figures) {
            lines.append(LINE.writeValueAsString(object(figure))).append('\n');
        }
        return lines.toString();
    }

    static List<String> row(Figure figure) {
        String value = text(figure.value());
        String count = Long.toString(figure.count());
        if (figure.interval() instanceof Interval.Known known) {
            return List.of(
                    figure.name(),
                    figure.statistic(),
                    value,
                    figure.unit(),
                    count,
                    text(known.low()),
                    text(known.high()),
                    text(known.level()),
                    known.method(),
                    Long.toString(known.samples()),
                    "");
        }
        String none = ((Interval.None) figure.interval()).reason();
        return List.of(figure.name(), figure.statistic(), value, figure.unit(), count, "", "", "", "", "", none);
    }

    private static ObjectNode object(Figure figure) {
        ObjectNode object = Json.object().put("metric", figure.name()).put("statistic", figure.statistic());
        if (figure.value() != null) {
            object.put("value", figure.value());
        }
        object.put("unit", figure.unit()).put("count", figure.count());
        if (figure.interval() instanceof Interval.Known known) {
            return object.put("low", known.low())
                    .put("high", known.high())
                    .put("level", known.level())
                    .put("method", known.method())
                    .put("samples", known.samples());
        }
        return object.put("noInterval", ((Interval.None) figure.interval()).reason());
    }

    private static String text(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
