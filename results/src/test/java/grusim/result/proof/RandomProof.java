package grusim.result.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A counterexample without sense but of any shape: lanes, lengths of texts, orders up and down. */
final class RandomProof {
    private static final String[] WORDS = {
        "pte",
        "mmu_notifier_invalidate_range_start",
        "the",
        "count",
        "<b>",
        "a",
        "WRITE_RESTART",
        "frame",
        "table",
        "W".repeat(60),
        "\u00e9t\u00e9"
    };

    private final Random random;

    private RandomProof(long seed) {
        random = new Random(seed);
    }

    static Counterexample of(long seed) {
        return new RandomProof(seed).make();
    }

    private Counterexample make() {
        int count = 1 + random.nextInt(6);
        List<Lane> lanes = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            lanes.add(new Lane("cpu" + lane, words(4)));
        }
        List<Step> steps = new ArrayList<>();
        int length = 2 + random.nextInt(120);
        int lane = 0;
        for (int number = 1; number <= length; number++) {
            if (random.nextInt(4) == 0) {
                lane = random.nextInt(count);
            }
            Touch touch = random.nextInt(3) == 0 ? null : touch(number);
            steps.add(new Step(number, lane, words(2), words(6), touch, random.nextInt(12) == 0 ? words(5) : ""));
        }
        List<Missing> missing = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int earlier = 1 + random.nextInt(length);
            missing.add(new Missing(earlier, 1 + earlier % length, "barrier", words(20)));
            missing.add(new Missing(1, length, "", words(9)));
        }
        Finding finding = new Finding(1, words(9) + "\n" + words(30), words(9), "");
        return new Counterexample(words(2), "relaxed", List.of(words(1)), finding, lanes, steps, missing, words(9), 3);
    }

    private Touch touch(int number) {
        String what = "x" + random.nextInt(5);
        int writer = random.nextInt(number);
        return switch (random.nextInt(4)) {
            case 0 -> Touch.read(what, words(2), writer);
            case 1 -> Touch.readOld(what, words(2), writer / 2, words(2));
            case 2 -> Touch.update(what, words(1), words(1), writer);
            default -> Touch.write(what, words(3));
        };
    }

    private String words(int most) {
        StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
