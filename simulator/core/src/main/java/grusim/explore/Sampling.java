package grusim.explore;

import grusim.engine.Choices;
import grusim.engine.RandomStream;

/** Random schedules that teach {@link StepKinds} most of what there is to know before the first pass. */
final class Sampling {
    private static final int SCHEDULES = 64;
    private static final int LONGEST = 2_000;

    private Sampling() {}

    /** Walks from the given state, every time in the same way. */
    static void run(Stepper stepper, long[] words, int length) {
        RandomStream random = RandomStream.seeded(1);
        Choices choices = (agent, alternatives) -> random.below(alternatives);
        for (int i = 0; i < SCHEDULES; i++) {
            stepper.load(words, length);
            for (int step = 0; step < LONGEST; step++) {
                long enabled = stepper.enabled();
                if (enabled == 0 || stepper.violation() != null) {
                    break;
                }
                stepper.sample(pick(enabled, random.below(Long.bitCount(enabled))), choices);
            }
        }
    }

    private static int pick(long mask, int number) {
        long left = mask;
        for (int i = 0; i < number; i++) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }
}
