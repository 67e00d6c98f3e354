package grusim.result.text;

/** Emphasis on a terminal by ANSI codes, or none for files and pipes. */
public enum Ink {
    PLAIN(false),
    ANSI(true);

    private final boolean codes;

    Ink(boolean codes) {
        this.codes = codes;
    }

    public String heading(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String good(String text) {
        return wrap("32", text);
    }

    public String bad(String text) {
        return wrap("1;31", text);
    }

    private String wrap(String code, String text) {
        return codes ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
