package grusim.result.text;

/** Emphasis on a terminal by ANSI codes, or none for files and pipes. */
enum Ink {
    PLAIN(false),
    ANSI(true);

    private final boolean codes;

    Ink(boolean codes) {
        this.codes = codes;
    }

    String heading(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    String good(String text) {
        return wrap("32", text);
    }

    String bad(String text) {
        return wrap("1;31", text);
    }

    private String wrap(String code, String text) {
        return codes ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
