package grusim.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Records lives of one kind of operation, so that the slow ones can be told apart at the end: the phases' sums are kept by
 * steps of the whole, {@value #STEPS} to each power of two, so each step is at most 3.2% wide.
 *
 * <p>Recording allocates nothing, except when a life falls into a power of two for the first time: then it is {@value
 * #STEPS} times (phases + 3) longs, 12 KiB for 45 phases, at most 64 times. One thread records.
 */
public final class WaterfallHistogram {
    private static final int STEP_BITS = 5;

    private static final int STEPS = 1 << STEP_BITS;

    private static final int COUNT = 0;
    private static final int LEAST = 1;
    private static final int WHOLE = 2;
    private static final int PHASES = 3;

    private final String name;
    private final List<String> phases;
    /** By power of two; empty until there is a life. */
    private final long[][] octaves = new long[Long.SIZE][0];

    private final int width;

    private long[] open = {};
    private int at;

    /** Phases are given by position, in the order of a life. */
    public WaterfallHistogram(String name, List<String> phases) {
        this.name = name;
        this.phases = List.copyOf(phases);
        this.width = PHASES + phases.size();
    }

    /** Records a life that took the given time as a whole; its phases are added by {@link #add}. */
    public void begin(long wholePs) {
        if (wholePs < 0) {
            throw new IllegalArgumentException(name + ": duration " + wholePs + " ps is negative");
        }
        int octave = Long.SIZE - Long.numberOfLeadingZeros(wholePs | STEPS - 1) - STEP_BITS;
        long[] steps = octaves[octave];
        if (steps.length == 0) {
            steps = new long[STEPS * width];
            octaves[octave] = steps;
        }
        open = steps;
        at = (int) (wholePs >>> Math.max(0, octave - 1) & STEPS - 1) * width;
        if (open[at + COUNT] == 0 || wholePs < open[at + LEAST]) {
            open[at + LEAST] = wholePs;
        }
        open[at + COUNT]++;
        open[at + WHOLE] += wholePs;
    }

    /** Adds time of a phase to the life that was begun last. */
    public void add(int phase, long partPs) {
        open[at + PHASES + phase] += partPs;
    }

    /** How many lives there are. */
    public long count() {
        long count = 0;
        for (long[] steps : octaves) {
            for (int from = 0; from < steps.length; from += width) {
                count += steps[from + COUNT];
            }
        }
        return count;
    }

    /**
     * An immutable copy without the phases that took no time; the slow lives are those of the step that holds the 99th
     * percentile and of those above. Throws with both numbers when parts do not add up to the whole.
     */
    public Waterfall waterfall() {
        long count = count();
        long[] all = new long[width];
        long[] tail = new long[width];
        long below = 0;
        long tailFromPs = 0;
        for (long[] steps : octaves) {
            for (int from = 0; from < steps.length; from += width) {
                long cases = steps[from + COUNT];
                if (cases == 0) {
                    continue;
                }
                add(steps, from, all);
                below += cases;
                if (below >= rankOfTail(count)) {
                    tailFromPs = tail[COUNT] == 0 ? steps[from + LEAST] : tailFromPs;
                    add(steps, from, tail);
                }
            }
        }
        check(all);
        List<String> names = new ArrayList<>();
        List<Long> allPs = new ArrayList<>();
        List<Long> tailPs = new ArrayList<>();
        for (int phase = 0; phase < phases.size(); phase++) {
            if (all[PHASES + phase] != 0) {
                names.add(phases.get(phase));
                allPs.add(all[PHASES + phase]);
                tailPs.add(tail[PHASES + phase]);
            }
        }
        return new Waterfall(name, names, allPs, count, tailFromPs, tailPs, tail[COUNT]);
    }

    /** The rank of the 99th percentile, from 1 on. */
    private static long rankOfTail(long count) {
        return count - count / 100;
    }

    private void add(long[] steps, int from, long[] sums) {
        for (int i = 0; i < width; i++) {
            sums[i] = Math.addExact(sums[i], steps[from + i]);
        }
    }

    private void check(long[] sums) {
        long parts = 0;
        for (int phase = 0; phase < phases.size(); phase++) {
            parts += sums[PHASES + phase];
        }
        if (parts != sums[WHOLE]) {
            throw new IllegalStateException(
                    name + ": phases add up to " + parts + " ps, the whole is " + sums[WHOLE] + " ps");
        }
    }
}
