package grusim.result.chart;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two backgrounds a chart is made for. The series colours are the Okabe-Ito set, which stays apart under every common
 * form of colour blindness, darkened for white and lightened for dark paper so that each has contrast; after the seven
 * hues come seven of another lightness. Colours are numbers here and become objects of the toolkit only when drawn, so
 * that naming a theme does not start the toolkit.
 */
public enum Theme {
    LIGHT(
            "light",
            0xFFFFFF,
            0x1B1F24,
            0x5B6570,
            0xE3E7EB,
            List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x4D4D4D),
            List.of(0x003B5C, 0x7F3300, 0x9BD8C0, 0x7A3B69, 0xB9D9EC, 0xF5D98B, 0xA6A6A6)),
    DARK(
            "dark",
            0x14181D,
            0xE9EDF1,
            0x9AA6B2,
            0x2B323A,
            List.of(0x56B4E9, 0xF07D32, 0x1FC794, 0xE49AC3, 0x5B7FE0, 0xF2BE3C, 0xC9CFD6),
            List.of(0x3A7CA5, 0xB0683A, 0x3B8F72, 0xA5658C, 0xB5E0F8, 0xF7E3A1, 0x858E98));

    private static final int[] LIGHT_HEAT = {0xFFF3C4, 0xF5C75B, 0xE08A3C, 0xB04A4A, 0x6B2A63, 0x2A1450};
    private static final int[] DARK_HEAT = {0x2A1A52, 0x6B2A63, 0xB04A4A, 0xE08A3C, 0xF5C75B, 0xFFF3C4};

    private final String key;
    private final int background;
    private final int text;
    private final int faint;
    private final int grid;

    @SuppressWarnings("ImmutableEnumChecker") // a list of constants made by Stream.toList
    private final List<Integer> series;

    Theme(String key, int background, int text, int faint, int grid, List<Integer> first, List<Integer> second) {
        this.key = key;
        this.background = background;
        this.text = text;
        this.faint = faint;
        this.grid = grid;
        this.series = Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The name in file names. */
    public String key() {
        return key;
    }

    Color background() {
        return new Color(background);
    }

    Color text() {
        return new Color(text);
    }

    Color faint() {
        return new Color(faint);
    }

    Color grid() {
        return new Color(grid);
    }

    /** How many series have a colour of their own. */
    int colours() {
        return series.size();
    }

    /** The colour of the n-th series. */
    Color series(int n) {
        return new Color(series.get(n % series.size()));
    }

    /** The colour of a share of the largest value, from 0 to 1: zero is the grid's grey, then ever lighter or darker. */
    Color heat(double share) {
        if (share <= 0) {
            return grid();
        }
        int[] stops = this == LIGHT ? LIGHT_HEAT : DARK_HEAT;
        double place = Math.min(1, share) * (stops.length - 1);
        int lower = Math.min(stops.length - 2, (int) place);
        Color from = new Color(stops[lower]);
        Color to = new Color(stops[lower + 1]);
        double part = place - lower;
        return new Color(
                mix(from.getRed(), to.getRed(), part),
                mix(from.getGreen(), to.getGreen(), part),
                mix(from.getBlue(), to.getBlue(), part));
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }

    /** Black or white, whichever reads better on a colour. */
    Color inkOn(Color fill) {
        double brightness = 0.299 * fill.getRed() + 0.587 * fill.getGreen() + 0.114 * fill.getBlue();
        return brightness > 130 ? new Color(0x14181D) : Color.WHITE;
    }
}
