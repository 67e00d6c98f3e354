package grusim.result.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at spaces. */
final class Lines {
    private Lines() {}

    /** Lines no wider than the limit, the first one after a mark and the others indented by as much. */
    static List<String> wrap(String mark, String text, int limit) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder(mark);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            String fitting = TextTable.shorten(word, limit - mark.length());
            if (!empty && open.length() + 1 + fitting.length() > limit) {
                lines.add(open.toString());
                open = new StringBuilder(" ".repeat(mark.length()));
                empty = true;
            }
            open.append(empty ? "" : " ").append(fitting);
            empty = false;
        }
        lines.add(open.toString());
        return lines;
    }
}
