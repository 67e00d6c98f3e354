package grusim.result.chart;

import grusim.result.ChipletCounts;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * Heat maps, one per statistic: blades across, the chiplets of a blade down. The colours run from the grid's grey at zero
 * over yellow to violet, the other way on dark paper, by lightness, so that they read without hue too.
 */
final class HeatPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final Font FONT = House.SMALL;
    private static final double GAP = 8;
    private static final double COLUMN_GAP = 24;
    private static final double USUAL_CELL = 60;
    private static final double LEAST_WIDTH = 200;
    private static final double TALLEST_CELL = 72;
    private static final double LEAST_MAP = 34;
    private static final double NUMBERS = 18;

    private final transient List<ChipletCounts> maps;

    HeatPlot(Theme theme, List<ChipletCounts> maps) {
        super(theme);
        this.maps = List.copyOf(maps);
    }

    /** The name of a statistic in words: {@code tlbHits} is "TLB hits". */
    static String name(ChipletCounts counts) {
        return counts.declaration()
                .key()
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\btlb\\b", "TLB");
    }

    @Override
    boolean isEmpty() {
        return maps.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        Grid grid = grid(pen, area);
        for (int n = 0; n < grid.shown(); n++) {
            ChipletCounts map = maps.get(n);
            int column = n % grid.columns();
            int row = n / grid.columns();
            double left = area.getX() + column * (grid.width() + COLUMN_GAP);
            double top = area.getY() + row * (grid.height() + GAP);
            heading(pen, map, left, grid.width(), top + grid.text() / 2 - 2);
            double cellHeight = Math.min(TALLEST_CELL, (grid.height() - grid.text()) / map.chipletsPerBlade());
            Rectangle2D place = new Rectangle2D.Double(
                    left + grid.names(),
                    top + grid.text(),
                    grid.width() - grid.names(),
                    cellHeight * map.chipletsPerBlade());
            cells(pen, map, place, place.getWidth() / map.blades(), cellHeight);
            if (n + grid.columns() >= grid.shown()) {
                numbers(pen, map.blades(), place);
            }
        }
    }

    /**
     * How maps are placed.
     *
     * @param shown how many there is room for
     * @param columns how many stand side by side
     * @param width of one map with the names of its chiplets
     * @param height of one map with its heading
     * @param names width of the chiplets' names
     * @param text height of a heading
     */
    private record Grid(int shown, int columns, double width, double height, double names, double text) {}

    /** Maps of few blades stand side by side, so that they fill the picture without becoming wide. */
    private Grid grid(Pen pen, Rectangle2D area) {
        double text = pen.height(FONT) + 4;
        double names = pen.width("chiplet 0", FONT) + GAP;
        int blades = maps.stream().mapToInt(ChipletCounts::blades).max().orElse(1);
        double wanted = Math.max(LEAST_WIDTH, names + blades * USUAL_CELL) + COLUMN_GAP;
        int most = Math.max(1, (int) ((area.getWidth() + COLUMN_GAP) / wanted));
        int rows = Math.max(1, (int) ((area.getHeight() - NUMBERS) / (text + LEAST_MAP)));
        int shown = Math.min(maps.size(), rows * most);
        rows = (shown + most - 1) / most;
        int columns = (shown + rows - 1) / rows;
        double width = (area.getWidth() - (columns - 1) * COLUMN_GAP) / columns;
        double height = (area.getHeight() - NUMBERS - (rows - 1) * GAP) / rows;
        return new Grid(shown, columns, width, height, names, text);
    }

    private void heading(Pen pen, ChipletCounts map, double x, double width, double y) {
        long least = map.values().stream().mapToLong(Long::longValue).min().orElse(0);
        String unit = map.declaration().unit();
        String range = least == most(map)
                ? ": " + Quantity.of(least, unit) + " everywhere"
                : ": " + Quantity.of(least, unit) + " to " + Quantity.of(most(map), unit);
        String name = pen.fit(name(map), FONT, width - pen.width(range, FONT));
        pen.left(name + range, FONT, theme().text(), x, y);
    }

    private void cells(Pen pen, ChipletCounts map, Rectangle2D place, double width, double height) {
        double most = (double) Math.max(1, most(map));
        double gap = width > 6 ? 1 : 0;
        for (int chiplet = 0; chiplet < map.chipletsPerBlade(); chiplet++) {
            double y = place.getY() + chiplet * height;
            if (height >= pen.height(FONT) - 2) {
                pen.left(
                        "chiplet " + chiplet,
                        FONT,
                        theme().faint(),
                        place.getX() - GAP - pen.width("chiplet 0", FONT),
                        y + height / 2);
            }
            for (int blade = 0; blade < map.blades(); blade++) {
                long value = map.value(blade, chiplet);
                Color colour = theme().heat(value / most);
                double x = place.getX() + blade * width;
                pen.box(x, y, x + width - gap, y + height - 1, colour);
                String label = Quantity.shortCount(value);
                boolean room = width >= pen.width(label, FONT) + 8 && height >= pen.height(FONT) + 2;
                if (room && value != 0) {
                    pen.centre(label, FONT, theme().inkOn(colour), x + width / 2, y + height / 2);
                }
            }
        }
    }

    private void numbers(Pen pen, int blades, Rectangle2D place) {
        double width = place.getWidth() / blades;
        double y = place.getMaxY() + NUMBERS / 2;
        pen.right("blade", FONT, theme().faint(), place.getX() - GAP, y);
        double room = pen.width(Integer.toString(blades), FONT) + GAP;
        int every = 1;
        while (every * width < room) {
            every = Integer.toString(every).startsWith("2") ? every / 2 * 5 : every * 2;
        }
        for (int blade = 0; blade < blades; blade += every) {
            pen.centre(Integer.toString(blade), FONT, theme().faint(), place.getX() + (blade + 0.5) * width, y);
        }
    }

    private static long most(ChipletCounts map) {
        return map.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
