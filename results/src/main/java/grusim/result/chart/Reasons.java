package grusim.result.chart;

import java.util.List;

/**
 * The look of each reason for waiting, the same in every chart: the reasons that matter most often have plain colours,
 * the others have the same colours with stripes. Greys are left out; they stand for what is put together.
 */
final class Reasons {
    private static final int GREY = 6;
    private static final int GREYS_APART = 7;

    /** Which reasons have the first colours. */
    private static final List<String> FIRST = List.of(
            "memory",
            "interrupt delivery",
            "older ones first",
            "range-active hold-off",
            "NUMAlink hop",
            "interrupt handler",
            "page fault",
            "dropin",
            "call to the OS",
            "other faults first",
            "status write",
            "start to decode");

    private Reasons() {}

    /** The look of a reason of a model that knows all these reasons. */
    static Look of(String reason, List<String> all) {
        int place = FIRST.indexOf(reason);
        if (place < 0) {
            List<String> others =
                    all.stream().filter(each -> !FIRST.contains(each)).toList();
            place = FIRST.size() + others.indexOf(reason);
        }
        int hues = 2 * GREY;
        int hue = place % hues;
        return new Look(hue < GREY ? hue : hue - GREY + GREYS_APART, place / hues);
    }

    /** The look of several reasons together. */
    static Look rest() {
        return new Look(GREY + GREYS_APART, 0);
    }

    /**
     * How an area is filled.
     *
     * @param colour the number of a colour of the theme
     * @param stripes 0 for none, else which of the ways of striping
     */
    record Look(int colour, int stripes) {}
}
