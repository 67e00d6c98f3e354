package grusim.result.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The faces that texts of a picture are set in. Which font a viewer has for a generic family is not known; widths are
 * those of DejaVu, the widest of the usual ones, so that a text never grows out of its box. Sizes and widths in pixels.
 */
enum Face {
    TITLE("title", 17, true, false),
    STRONG("strong", 12, true, false),
    TEXT("text", 12, false, false),
    SMALL("small", 11, false, false),
    SMALL_STRONG("small strong", 11, true, false),
    MONO("mono", 11, false, true);

    /** Widths of the characters from space to tilde, in thousandths of the size. */
    private static final int[] PLAIN = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636,
                636,
        636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557,
                863,
        748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550,
                635,
        615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525,
                636,
        337, 636, 838
    };

    private static final int[] BOLD = {
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696,
                696,
        696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637,
                995,
        837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593,
                716,
        678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582,
                712,
        365, 712, 838
    };

    private static final int FIXED = 603;
    private static final int OTHER = 1000;
    private static final int WIDE = 1400;
    private static final int FIRST_WIDE = 0x1100;

    private final String css;
    private final int size;
    private final boolean bold;
    private final boolean fixed;

    Face(String css, int size, boolean bold, boolean fixed) {
        this.css = css;
        this.size = size;
        this.bold = bold;
        this.fixed = fixed;
    }

    /** The classes of the style sheet that set this face. */
    String css() {
        return css;
    }

    int size() {
        return size;
    }

    /** From one line to the next. */
    int lineHeight() {
        return size + 4;
    }

    /** How far a text reaches at most. */
    int width(String text) {
        long thousandths = text.codePoints().mapToLong(this::advance).sum();
        return (int) ((thousandths * size + 999) / 1000);
    }

    /** The text in lines no wider than that. */
    List<String> wrap(String text, int most) {
        return Wrap.lines(text, most, this::width);
    }

    /** The text in at most that many lines, cut with three dots if it needs more. */
    List<String> wrap(String text, int most, int lines) {
        List<String> all = wrap(text, most);
        if (all.size() <= lines) {
            return all;
        }
        String last = all.get(lines - 1);
        while (!last.isEmpty() && width(last + "...") > most) {
            last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
        }
        List<String> kept = new ArrayList<>(all.subList(0, lines - 1));
        kept.add(last + "...");
        return kept;
    }

    private long advance(int point) {
        if (point >= ' ' && point <= '~') {
            return fixed ? FIXED : (bold ? BOLD : PLAIN)[point - ' '];
        }
        if (point == Wrap.HARD_SPACE) {
            return advance(' ');
        }
        return point >= FIRST_WIDE && !arrow(point) ? WIDE : OTHER;
    }

    private static boolean arrow(int point) {
        return point >= 0x2010 && point < 0x2300;
    }
}
