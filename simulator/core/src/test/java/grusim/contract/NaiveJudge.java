package grusim.contract;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sentences of point 1 taken literally, over a full record with a number for every event: each frame has a generation,
 * each clear knows when it was made and whether its end was announced, each translation when its PTE was read.
 */
final class NaiveJudge {
    private static final class Clear {
        final int cpu;
        final int mm;
        final int page;
        final int at;
        boolean open = true;
        boolean ended;

        Clear(int cpu, int mm, int page, int at) {
            this.cpu = cpu;
            this.mm = mm;
            this.page = page;
            this.at = at;
        }
    }

    private static final class Translation {
        final int mm;
        final int page;
        final int frame;
        final int generation;
        final int readAt;
        boolean told;

        Translation(int mm, int page, int frame, int generation, int readAt) {
            this.mm = mm;
            this.page = page;
            this.frame = frame;
            this.generation = generation;
            this.readAt = readAt;
        }
    }

    long violations;
    private int now;
    private final Map<Integer, Integer> generations = new HashMap<>();
    private final List<Clear> clears = new ArrayList<>();
    private final Map<Integer, Deque<Translation>> reads = new HashMap<>();
    private final Map<Integer, Translation> commands = new HashMap<>();
    private final Map<List<Integer>, Translation> entries = new HashMap<>();
    private final Set<Integer> bound = new HashSet<>();

    private int generation(int frame) {
        return generations.getOrDefault(frame, 0);
    }

    void bind(int mm) {
        now++;
        bound.add(mm);
        judgeEntries();
    }

    void unbind(int mm) {
        now++;
        bound.remove(mm);
    }

    void map(int mm, int page, int frame) {
        now++;
    }

    void clear(int cpu, int mm, int page) {
        clears.add(new Clear(cpu, mm, page, ++now));
    }

    void start(int cpu) {
        now++;
        clears.forEach(clear -> clear.open &= clear.cpu != cpu);
    }

    void end(int cpu, int mm, int first, int end) {
        now++;
        for (Clear clear : clears) {
            if (clear.open && clear.cpu == cpu) {
                clear.open = false;
                clear.ended = clear.mm == mm && clear.page >= first && clear.page < end;
            }
        }
        judgeEntries();
    }

    void free(int frame) {
        now++;
        generations.merge(frame, 1, Integer::sum);
    }

    void read(int cpu, int mm, int page, int frame) {
        reads.computeIfAbsent(cpu, c -> new ArrayDeque<>())
                .push(new Translation(mm, page, frame, generation(frame), ++now));
    }

    void command(int cpu, int cb) {
        now++;
        commands.put(cb, requireNonNull(reads.get(cpu)).pop());
    }

    void kill(int cb) {
        now++;
        commands.remove(cb);
    }

    void enter(int cb) {
        now++;
        Translation translation = requireNonNull(commands.remove(cb));
        entries.put(List.of(translation.mm, translation.page), translation);
        judgeEntries();
    }

    void remove(int mm, int page) {
        now++;
        entries.remove(List.of(mm, page));
    }

    void access(int mm, int page) {
        now++;
        Translation used = requireNonNull(entries.get(List.of(mm, page)));
        violations += used.generation != generation(used.frame) ? 1 : 0;
    }

    private void judgeEntries() {
        for (Translation entry : entries.values()) {
            boolean stale = clears.stream()
                    .anyMatch(clear ->
                            clear.ended && clear.mm == entry.mm && clear.page == entry.page && clear.at > entry.readAt);
            if (stale && bound.contains(entry.mm) && !entry.told) {
                entry.told = true;
                violations++;
            }
        }
    }
}
