package grusim.result.chart;

/** The size of a chart in CSS pixels; a PNG has twice as many pixels each way, for sharp text on fine screens. */
public record ChartSize(int width, int height) {
    /** What the command line draws: fits a page and a screen. */
    public static final ChartSize STANDARD = new ChartSize(860, 500);

    /** For a column of a report. */
    public static final ChartSize SMALL = new ChartSize(560, 360);

    public ChartSize {
        if (width < 320 || height < 240) {
            throw new IllegalArgumentException(
                    "chart of " + width + " x " + height + ": accepted are 320 x 240 and more");
        }
    }
}
