package grusim.workload.load;

/** JSON paths as printed in messages and origins: {@code processes[0].regions[1].size}. */
final class Paths {
    private static final int SHOWN = 60;

    private Paths() {}

    /** The path of a key of an object. */
    static String child(String path, String key) {
        String step = key.matches("[A-Za-z0-9_$-]{1,60}") ? key : quoted(key);
        return path.isEmpty() ? step : path + "." + step;
    }

    /** The path of an element of an array. */
    static String element(String path, int index) {
        return path + "[" + index + "]";
    }

    /** The path one step up; empty for the root. */
    static String parent(String path) {
        int dot = path.lastIndexOf('.');
        int bracket = path.lastIndexOf('[');
        return path.substring(0, Math.max(0, Math.max(dot, bracket)));
    }

    /** Whether a path is another or lies below it. */
    static boolean within(String path, String ancestor) {
        return ancestor.isEmpty()
                || path.equals(ancestor)
                || path.startsWith(ancestor + ".")
                || path.startsWith(ancestor + "[");
    }

    /** Text in quotes, cut to a length that fits a line. */
    static String quoted(String text) {
        return "\"" + cut(text) + "\"";
    }

    /** Text cut to a length that fits a line. */
    static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "..";
    }
}
