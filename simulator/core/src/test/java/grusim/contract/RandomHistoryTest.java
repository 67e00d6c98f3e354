package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories of pages, frames, reads, dropins, entries and accesses, in which invalidates are forgotten now and then,
 * judged by the contract and by {@link NaiveJudge}, which remembers everything. Some histories go through snapshots all the
 * time, which must not lose anything that matters.
 */
final class RandomHistoryTest {
    private static final int PAGES = 3;
    private static final int FRAMES = 5;
    private static final int CBS = 3;
    private static final int EVENTS = 12_000;

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,0", "4,0", "5,30", "6,30", "7,30", "8,30", "9,3", "10,3"})
    void everyEvent_isJudgedAsByTheNaiveJudge(long seed, int eventsPerSnapshot) {
        History history = new History(seed);
        for (int i = 0; i < EVENTS; i++) {
            long before = history.scene.contract.violations();
            long due = history.judge.violations;
            history.step();
            assertThat(history.scene.contract.violations() - before)
                    .as("violations of event %d of seed %d, after:%n%s", i, seed, history.last())
                    .isEqualTo(history.judge.violations - due);
            if (eventsPerSnapshot != 0 && i % eventsPerSnapshot == 0) {
                history.throughSnapshot(i % 2 == 0);
            }
        }
        assertThat(history.judge.violations)
                .as("violations that the history holds")
                .isGreaterThan(50);
    }

    /** What happened so far, as the machine's state; picks what may happen next. */
    private static final class History {
        private final SplittableRandom random;
        private Scene scene = fresh();
        private final NaiveJudge judge = new NaiveJudge();
        private final List<String> log = new ArrayList<>();

        /** Frame of each page of each address space, 0 for none. */
        private final int[][] mapped = new int[2][PAGES];

        private final List<Integer> free = new ArrayList<>();
        private final List<Integer> unmapped = new ArrayList<>();
        private final boolean[] bound = new boolean[2];

        /** Entries in the TLB and the dropin commanded for each control block: {mm, page, frame}. */
        private final List<int[]> entries = new ArrayList<>();

        private final int[][] commands = new int[CBS][];
        private final List<int[]> reads = new ArrayList<>();

        History(long seed) {
            random = new SplittableRandom(seed);
            for (int frame = 1; frame <= FRAMES; frame++) {
                free.add(frame);
            }
            for (int mm = 0; mm < 2; mm++) {
                scene.load(mm);
                judge.bind(mm);
                bound[mm] = true;
            }
        }

        private static Scene fresh() {
            return new Scene(Engine.timed(new SequentialMemory(), 1), MemoryContent.MOST_PAGES);
        }

        void throughSnapshot(boolean timed) {
            Snapshot saved = Snapshot.of(scene.contract, timed);
            scene = fresh();
            saved.into(scene.contract);
            assertThat(Snapshot.of(scene.contract, timed)).isEqualTo(saved);
        }

        String last() {
            return String.join("\n", log.subList(Math.max(0, log.size() - 25), log.size()));
        }

        @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of this module
        private void log(String format, Object... arguments) {
            log.add(format.formatted(arguments));
        }

        private static long vaddr(int page) {
            return 0x4000_0000L + 0x1000L * page;
        }

        void step() {
            int mm = random.nextInt(2);
            int page = random.nextInt(PAGES);
            int cpu = random.nextInt(3);
            switch (random.nextInt(30)) {
                case 0, 1, 2, 3 -> fault(cpu, mm, page);
                case 4, 5 -> clear(cpu, mm, page);
                case 6 -> move(cpu, mm, page, random.nextInt(PAGES));
                case 7, 8, 9 -> end(cpu, mm, page);
                case 10, 11 -> freeFrame(cpu);
                case 12, 13, 14, 15 -> read(cpu, mm, page);
                case 16, 17, 18, 19 -> command(random.nextInt(CBS));
                case 20, 21, 22, 23 -> executeDropin(random.nextInt(CBS), random.nextInt(4) == 0);
                case 24 -> invalidate();
                case 25 -> bindOrUnbind(mm, random.nextInt(4) != 0);
                default -> access();
            }
        }

        private void fault(int cpu, int mm, int page) {
            if (mapped[mm][page] == 0 && !free.isEmpty()) {
                int frame = free.remove(/* index */ free.size() - 1);
                log("cpu%d maps page %d of mm %d to frame %d", cpu, page, mm, frame);
                mapped[mm][page] = frame;
                scene.map(scene.cpu(cpu), mm, vaddr(page), frame);
                judge.map(mm, page, frame);
            }
        }

        private void clear(int cpu, int mm, int page) {
            int frame = mapped[mm][page];
            if (frame != 0) {
                log("cpu%d clears page %d of mm %d with frame %d", cpu, page, mm, frame);
                mapped[mm][page] = 0;
                unmapped.add(frame);
                scene.clear(scene.cpu(cpu), mm, vaddr(page), frame);
                judge.clear(cpu, mm, page);
            }
        }

        private void move(int cpu, int mm, int from, int to) {
            int frame = mapped[mm][from];
            if (frame != 0 && mapped[mm][to] == 0 && from != to) {
                log("cpu%d moves frame %d of mm %d from page %d to %d", cpu, frame, mm, from, to);
                mapped[mm][from] = 0;
                mapped[mm][to] = frame;
                scene.vm.pteCleared(scene.cpu(cpu), mm, vaddr(from), Scene.pte(frame), true);
                scene.vm.pteSet(scene.cpu(cpu), mm, vaddr(to), Scene.pte(frame), false);
                judge.clear(cpu, mm, from);
                judge.map(mm, to, frame);
            }
        }

        private void end(int cpu, int mm, int page) {
            int pages = 1 + random.nextInt(PAGES);
            switch (random.nextInt(5)) {
                case 0 -> {
                    log("cpu%d starts a range", cpu);
                    scene.vm.rangeStart(scene.cpu(cpu), mm, vaddr(page), vaddr(page + pages));
                    judge.start(cpu);
                }
                case 1 -> {
                    log("cpu%d has invalidated page %d of mm %d", cpu, page, mm);
                    scene.vm.pageInvalidated(scene.cpu(cpu), mm, vaddr(page));
                    judge.end(cpu, mm, page, page + 1);
                }
                default -> {
                    log("cpu%d ends pages %d to %d of mm %d", cpu, page, page + pages - 1, mm);
                    scene.vm.rangeEnd(scene.cpu(cpu), mm, vaddr(page), vaddr(page + pages));
                    judge.end(cpu, mm, page, page + pages);
                }
            }
        }

        private void freeFrame(int cpu) {
            if (!unmapped.isEmpty()) {
                int frame = unmapped.remove(/* index */ random.nextInt(unmapped.size()));
                log("cpu%d frees frame %d", cpu, frame);
                free.add(frame);
                scene.vm.frameFreed(scene.cpu(cpu), frame);
                judge.free(frame);
            }
        }

        private void read(int cpu, int mm, int page) {
            int frame = mapped[mm][page];
            long held = reads.stream().filter(read -> read[3] == cpu).count();
            if (frame != 0 && held < PendingDropins.DEPTH) {
                log("cpu%d reads page %d of mm %d: frame %d", cpu, page, mm, frame);
                reads.add(new int[] {mm, page, frame, cpu});
                scene.read(scene.cpu(cpu), mm, vaddr(page), frame);
                judge.read(cpu, mm, page, frame);
            }
        }

        /** The newest read of some CPU becomes a dropin; interrupts nest, so that is the order on one CPU. */
        private void command(int cb) {
            if (!reads.isEmpty()) {
                int cpu = reads.get(random.nextInt(reads.size()))[3];
                int newest = reads.size() - 1;
                while (reads.get(newest)[3] != cpu) {
                    newest--;
                }
                int[] read = reads.remove(newest);
                log("cpu%d commands its last read for cb %d", cpu, cb);
                commands[cb] = read;
                scene.command(scene.cpu(cpu), cb, read[0], vaddr(read[1]), read[2]);
                judge.command(cpu, cb);
            }
        }

        private void executeDropin(int cb, boolean killed) {
            int[] command = commands[cb];
            if (command == null) {
                return;
            }
            commands[cb] = null;
            int mm = command[0];
            int page = command[1];
            if (killed) {
                log("the dropin of cb %d is killed", cb);
                scene.device.dropinKilled(0, mm, cb, Scene.asid(mm), vaddr(page));
                judge.kill(cb);
                return;
            }
            entries.stream().filter(e -> e[0] == mm && e[1] == page).toList().forEach(this::remove);
            log("cb %d enters page %d of mm %d: frame %d", cb, page, mm, command[2]);
            entries.add(command);
            scene.enter(cb, mm, vaddr(page), command[2]);
            judge.enter(cb);
        }

        private void invalidate() {
            if (!entries.isEmpty()) {
                remove(entries.get(random.nextInt(entries.size())));
            }
        }

        private void remove(int[] entry) {
            log("the entry of page %d of mm %d leaves", entry[1], entry[0]);
            entries.remove(entry);
            scene.remove(entry[0], vaddr(entry[1]), entry[2]);
            judge.remove(entry[0], entry[1]);
        }

        private void bindOrUnbind(int mm, boolean bind) {
            if (bound[mm] == bind) {
                return;
            }
            log("%s mm %d", bind ? "bind" : "unbind", mm);
            bound[mm] = bind;
            if (bound[mm]) {
                scene.bind(mm);
                judge.bind(mm);
            } else {
                scene.driver.contextUnbound(0, mm, mm, mm);
                judge.unbind(mm);
            }
        }

        private void access() {
            if (!entries.isEmpty()) {
                int[] entry = entries.get(random.nextInt(entries.size()));
                if (bound[entry[0]]) {
                    log("access to page %d of mm %d in frame %d", entry[1], entry[0], entry[2]);
                    scene.load(0, entry[0], vaddr(entry[1]), entry[2], 0);
                    judge.access(entry[0], entry[1]);
                }
            }
        }
    }
}
