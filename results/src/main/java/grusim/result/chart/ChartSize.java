package grusim.result.chart;

/** The size of a chart in CSS pixels; a PNG has twice as many pixels each way, for sharp text on fine screens. */
public record ChartSize(int width, int height) {
    /** What the command line draws: fits a page and a screen. */
    public static final ChartSize STANDARD = new ChartSize(860, 500);

    /** For a column of a report. */
    public static final ChartSize SMALL = new ChartSize(560, 360);

    /** For the screen of a phone held upright. */
    public static final ChartSize PHONE = new ChartSize(340, 440);

    /** For a whole wide screen. */
    public static final ChartSize WIDE = new ChartSize(1400, 640);

    /** Below this width, titles are smaller and labels shorter. */
    private static final int NARROW = 480;

    public ChartSize {
        if (width < 320 || height < 320) {
            throw new IllegalArgumentException(
                    "chart of " + width + " x " + height + ": accepted are 320 x 320 and more");
        }
    }

    boolean narrow() {
        return width < NARROW;
    }

    /** How many things a legend has room for. */
    int legendItems() {
        int rows = height / 70;
        int perRow = narrow() ? 2 : Math.max(2, width / 180);
        return Math.min(12, rows * perRow);
    }

    /** How wide a legend's label may be. */
    double legendWidth() {
        return narrow() ? (width - 106) / 2.0 : 220;
    }
}
