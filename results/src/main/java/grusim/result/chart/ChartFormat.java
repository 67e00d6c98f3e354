package grusim.result.chart;

/** The kinds of picture files. SVG keeps text as text. */
public enum ChartFormat {
    PNG("png"),
    SVG("svg");

    private final String extension;

    ChartFormat(String extension) {
        this.extension = extension;
    }

    /** The ending of file names, without dot. */
    public String extension() {
        return extension;
    }
}
