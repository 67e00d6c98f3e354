package grusim.result.chart;

import grusim.result.ChipletCounts;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * Heat maps below each other, one per statistic: blades across, the chiplets of a blade down. The colours run from the
 * grid's grey at zero over blue to yellow, or to white on dark paper, by lightness, so that they read without hue too.
 */
final class HeatPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final Font FONT = House.SMALL;
    private static final double GAP = 8;
    private static final double WIDEST_CELL = 72;
    private static final double TALLEST_CELL = 44;
    private static final double LEAST_MAP = 34;
    private static final double NUMBERS = 18;

    private final transient List<ChipletCounts> maps;

    HeatPlot(Theme theme, List<ChipletCounts> maps) {
        super(theme);
        this.maps = List.copyOf(maps);
    }

    /** The name of a statistic in words: {@code tlbHits} is "tlb hits". */
    static String name(ChipletCounts counts) {
        return counts.declaration().key().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    @Override
    boolean isEmpty() {
        return maps.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        double text = pen.height(FONT) + 4;
        int most = Math.max(1, (int) ((area.getHeight() - NUMBERS) / (text + LEAST_MAP)));
        List<ChipletCounts> shown = maps.subList(0, Math.min(most, maps.size()));
        double height = (area.getHeight() - NUMBERS - (shown.size() - 1) * GAP) / shown.size();
        double names = pen.width("chiplet 0", FONT) + GAP;
        double top = area.getY();
        Rectangle2D last = area;
        for (ChipletCounts map : shown) {
            double cellHeight = Math.min(TALLEST_CELL, (height - text) / map.chipletsPerBlade());
            double cellWidth = Math.min(WIDEST_CELL, (area.getWidth() - names) / map.blades());
            last = new Rectangle2D.Double(
                    area.getX() + names, top + text, cellWidth * map.blades(), cellHeight * map.chipletsPerBlade());
            heading(pen, map, area, top + text / 2 - 2);
            cells(pen, map, last, cellWidth, cellHeight);
            top += height + GAP;
        }
        numbers(pen, shown.get(shown.size() - 1).blades(), last);
    }

    private void heading(Pen pen, ChipletCounts map, Rectangle2D area, double y) {
        long least = map.values().stream().mapToLong(Long::longValue).min().orElse(0);
        String unit = map.declaration().unit();
        String range = least == most(map)
                ? ": " + Quantity.of(least, unit) + " everywhere"
                : ": " + Quantity.of(least, unit) + " to " + Quantity.of(most(map), unit);
        String name = pen.fit(name(map), FONT, area.getWidth() - pen.width(range, FONT));
        pen.left(name + range, FONT, theme().text(), area.getX(), y);
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
