package grusim.run.check;

import grusim.contract.Invariant;
import grusim.engine.Access;
import grusim.engine.Cpu;
import grusim.result.proof.Missing;
import java.util.List;

/** The order of two steps that an invariant asks for and a recording does not have, where no barrier would have kept it. */
final class ViolatedOrder {
    private final List<Played> steps;

    ViolatedOrder(List<Played> steps) {
        this.steps = steps;
    }

    /**
     * The order, if both of its ends are steps.
     *
     * @param first number of the step of the violation's first deed, or 0
     * @param second that of its second deed, or 0
     */
    List<Missing> of(Invariant invariant, int first, int second) {
        return switch (invariant) {
            case FRAME_ACCESSED_AFTER_FREE ->
                order(
                        second,
                        first,
                        "the access had to come before the frame's free, or its translation had to be gone by then");
            case STALE_ENTRY ->
                order(
                        second,
                        clear(first),
                        "the entry had to be written before this clear and its flush, or not at all");
            case TABLE_READ_AFTER_FREE ->
                order(second, first, "the walk's read of the table had to come before its free, or not happen");
            case USED_AFTER_END -> order(second, first, "the use had to come before the end, or not happen");
            case UNLOADED_WITH_FAULT ->
                order(second, first, "the context had to go before the fault, or wait for its answer");
            case LOST_WITH_COPY -> order(second, first, "the context had to be quiet before its state was copied out");
            case TRAFFIC_UNLOADED -> order(second, first, "the access had to come before the context was unloaded");
            case LOST_WAKE_UP -> wakeUp(first);
            case CONTENT -> order(second, first, "the load had to come before the store, or return what it wrote");
            default -> order(second, first, "the later of the two had to come first, or not happen");
        };
    }

    private static List<Missing> order(int earlier, int later, String sentence) {
        return earlier == 0 || later == 0 || earlier == later
                ? List.of()
                : List.of(new Missing(earlier, later, "", sentence));
    }

    /** The step that cleared the entry which a step read, 0 if none did. */
    private int clear(int read) {
        Played.Word entry = read == 0 ? null : steps.get(read - 1).word();
        if (entry == null) {
            return 0;
        }
        Played missed = entry.old() ? new Writes(steps).missed(steps.get(read - 1), entry) : null;
        if (missed != null) {
            return missed.number;
        }
        for (Played step : steps.subList(read, steps.size())) {
            Played.Word word = step.word();
            if (word != null && word.writes() && word.sameWord(entry)) {
                return step.number;
            }
        }
        return 0;
    }

    /** Who wakes looked for sleepers before this one had written that it sleeps. */
    private List<Missing> wakeUp(int sleep) {
        for (int i = sleep; i > 0; i--) {
            Played step = steps.get(i - 1);
            Played.Word word = step.word();
            if (step.agent == steps.get(sleep - 1).agent && word != null && word.writes()) {
                int look = look(i, word);
                if (look != 0) {
                    return order(i, look, "the sleeper had to be in the queue before this look");
                }
            }
        }
        return List.of();
    }

    /** The last step before another in which another CPU reads the word it writes, 0 if there is none. */
    private int look(int write, Played.Word word) {
        for (int i = write - 1; i > 0; i--) {
            Played step = steps.get(i - 1);
            Played.Word read = step.word();
            boolean other = step.agent instanceof Cpu && step.agent != word.agent();
            if (other && read != null && read.kind() == Access.READ && read.sameWord(word)) {
                return i;
            }
        }
        return 0;
    }
}
