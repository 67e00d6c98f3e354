package grusim.benchmarks;

import java.util.SplittableRandom;

/**
 * The delays of the hold model, drawn beforehand so that drawing costs nobody anything: 70% 1 to 64 ticks, 25% 65 to
 * 1,024, 5% 1,000 to 20,000, uniform within each.
 */
final class DelayTable {
    private static final int LENGTH = 1 << 16;
    private static final int MASK = LENGTH - 1;

    private final int[] ticks = new int[LENGTH];
    private int next;

    DelayTable(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < LENGTH; i++) {
            int percent = random.nextInt(100);
            ticks[i] = percent < 70
                    ? random.nextInt(1, 65)
                    : percent < 95 ? random.nextInt(65, 1025) : random.nextInt(1000, 20_001);
        }
    }

    /** The next delay in ticks; after the last comes the first again. */
    int next() {
        return ticks[next++ & MASK];
    }

    int[] ticks() {
        return ticks.clone();
    }
}
