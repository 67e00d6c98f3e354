package grusim.tester;

import grusim.workload.ContextSpec.MissMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A random test: a machine, and what each thread of each process does. Equal plans give equal runs.
 *
 * @param seed what the machine's random streams are drawn from
 * @param errors injected errors, in JSON
 * @param contract whether the contract judges too, besides the shadow of memory
 */
record Plan(long seed, List<String> settings, String errors, int pages, List<Space> processes, boolean contract) {
    /** An address space with its threads. */
    record Space(List<Actor> threads) {}

    /**
     * A thread: its part of a chiplet, and what it does.
     *
     * @param blade where it begins
     * @param other where its other core is
     * @param cbrs control blocks of its context, of which it uses two; 0 if it has no context
     */
    record Actor(int blade, int other, int cbrs, MissMode miss, int preload, List<Deed> deeds) {
        Actor withDeeds(List<Deed> changed) {
            return new Actor(blade, other, cbrs, miss, preload, changed);
        }
    }

    /** The same with other deeds, given thread by thread through all processes. */
    Plan withDeeds(List<List<Deed>> deeds) {
        List<Space> changed = new ArrayList<>();
        int next = 0;
        for (Space process : processes) {
            List<Actor> threads = new ArrayList<>();
            for (Actor thread : process.threads()) {
                threads.add(thread.withDeeds(deeds.get(next++)));
            }
            changed.add(new Space(threads));
        }
        return new Plan(seed, settings, errors, pages, changed, contract);
    }

    /** What each thread does, thread by thread through all processes. */
    List<List<Deed>> deeds() {
        return processes.stream()
                .flatMap(process -> process.threads().stream())
                .map(Actor::deeds)
                .toList();
    }

    int size() {
        return deeds().stream().mapToInt(List::size).sum();
    }

    /** The plan in words, for whoever looks for the cause of a failure. */
    String text() {
        StringBuilder text = new StringBuilder("seed " + seed + ", " + String.join(" ", settings) + "\n");
        if (!errors.isEmpty()) {
            text.append("  injected: ").append(errors).append('\n');
        }
        for (int p = 0; p < processes.size(); p++) {
            for (int t = 0; t < processes.get(p).threads().size(); t++) {
                Actor thread = processes.get(p).threads().get(t);
                if (!thread.deeds().isEmpty()) {
                    text.append("  p%d/t%d on blade %d (%d), %d control blocks, %s, preload %d:%n"
                            .formatted(
                                    p,
                                    t,
                                    thread.blade(),
                                    thread.other(),
                                    thread.cbrs(),
                                    thread.miss(),
                                    thread.preload()));
                    thread.deeds()
                            .forEach(deed -> text.append("    ").append(deed).append('\n'));
                }
            }
        }
        return text.toString();
    }
}
