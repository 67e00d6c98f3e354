package grusim.result.file;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many runs as one tidy table: the swept parameters are the first columns, then the columns of {@code
 * figures.csv}. Keeps the figures of each run, not the runs. Rows come in the order in which runs were added: add them in grid order, not in
 * the order in which workers finish.
 */
public final class SweepTable {
    /** One point of the grid: a value for each parameter, and every figure of the result. */
    public record Point(List<String> values, List<Figure> figures) {
        public Point {
            values = List.copyOf(values);
            figures = List.copyOf(figures);
        }

        /** The figure at a path of {@code result.json}, if this point has it. */
        public Optional<Figure> figure(String path) {
            return figures.stream().filter(f -> f.path().equals(path)).findFirst();
        }
    }

    private final List<String> parameters;
    private final List<Point> points = new ArrayList<>();

    /** A table for runs that differ in these parameters, for example {@code gru.tlb.ways}. */
    public SweepTable(List<String> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** Adds a single run with its value for each parameter. */
    public void add(List<String> values, RunResult result) {
        add(values, Replications.of(result));
    }

    /** Adds replications with their value for each parameter, in the order of the parameters. */
    public void add(List<String> values, Replications result) {
        if (values.size() != parameters.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + parameters.size() + " parameters");
        }
        points.add(new Point(values, Figures.of(result)));
    }

    public List<String> parameters() {
        return parameters;
    }

    public List<Point> points() {
        return List.copyOf(points);
    }

    /** {@code sweep.csv} as text. */
    public String csv() {
        List<String> header = new ArrayList<>(parameters);
        header.addAll(FigureTable.COLUMNS);
        return Csv.print(header, csv -> {
            for (Point point : points) {
                for (Figure figure : point.figures()) {
                    List<String> row = new ArrayList<>(point.values());
                    row.addAll(FigureTable.row(figure));
                    csv.writeRecord(row);
                }
            }
        });
    }
}
