package grusim.driver;

import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.US;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Routine;
import grusim.engine.ScriptedRoutine;
import grusim.engine.Why;
import grusim.gru.LatencyKnobs;
import grusim.linux.Mm;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.DriverSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every time of the driver counts, as often as it should and to the picosecond: a nanosecond more makes what it is part of
 * exactly so much later, a nanosecond less exactly so much earlier.
 */
@Tag("timing")
final class DriverLatencyKnobTest {
    private static final int WHOLE_DUMP = -1;

    /** A knob, what it is part of, how often it counts there, its value in nanoseconds, and what takes how long. */
    record Case(
            String knob, String of, int times, int baseNs, ToLongFunction<DriverRig> duration, List<String> settings) {
        @Override
        public String toString() {
            return knob + " of " + of;
        }

        long takes(int nanoseconds) {
            Stream<String> all =
                    Stream.concat(settings.stream(), Stream.of("driver." + knob + "=" + nanoseconds + " ns"));
            return duration.applyAsLong(new DriverRig(all.toArray(String[]::new)));
        }

        Case with(String... more) {
            return new Case(knob, of, times, baseNs, duration, List.of(more));
        }

        Case around(int nanoseconds) {
            return new Case(knob, of, times, nanoseconds, duration, settings);
        }
    }

    private static Case of(String knob, String of, int times, ToLongFunction<DriverRig> duration) {
        return new Case(knob, of, times, 10, duration, List.of());
    }

    private static Case ioctl(String of, Function<DriverRig, Routine> routine, long... arguments) {
        return of("ioctlCost", of, 1, rig -> request(rig, routine, arguments));
    }

    private static Case copy(String of, int lines, ToLongFunction<DriverRig> duration) {
        return of("contextCopyLatencyPerLine", of, lines, duration);
    }

    static List<Case> cases() {
        Function<DriverRig, Routine> dump = rig -> rig.driver.requests().dumpChiplet();
        return List.of(
                of("interruptEntryCost", "an interrupt with two misses", 1, rig -> misses(rig, 2)),
                of("handlerCost", "an interrupt with two misses", 2, rig -> misses(rig, 2)),
                of("handlerCost", "a miss left to the user", 1, rig -> userMiss(rig, false)),
                of("dropinCost", "an interrupt with two misses", 2, rig -> misses(rig, 2)),
                of("dropinCost", "a user's call", 1, rig -> userMiss(rig, true)),
                of("ioctlCost", "a user's call", 1, rig -> userMiss(rig, true)),
                ioctl("an unknown request", rig -> rig.driver.requests().unknown()),
                ioctl("a context that is unloaded", rig -> rig.driver.requests().unload(), 0),
                ioctl(
                        "a flush of the TLB",
                        rig -> rig.driver.requests().flushTlb(),
                        0,
                        0,
                        0,
                        0,
                        DriverRig.BASE,
                        address(1)),
                ioctl("an option", rig -> rig.driver.requests().setOption(), 0),
                ioctl("its statistics", rig -> rig.driver.requests().statistics(), 0),
                ioctl("a new context", rig -> rig.driver.requests().createContext(), 0, 0, 0, 2, 1024, 1),
                ioctl("all contexts", rig -> rig.driver.requests().unloadAll(), 1, 0),
                ioctl("a dump", dump, 0, 0, WHOLE_DUMP, 1, 1 << 20),
                ioctl("an exception's detail", rig -> rig.driver.exceptionRequest(), 0, 0),
                // two lines per control block and 16 per KiB of data
                copy("a small context that is loaded", 2 * 2 + 16, rig -> load(rig, 2, 1024)),
                copy("a whole chiplet that is loaded", 2 * 128 + 512, rig -> load(rig, 128, 32 * 1024)),
                copy(
                        "a context that is unloaded",
                        20,
                        rig -> request(rig, r -> r.driver.requests().unload(), 0)),
                copy(
                        "all contexts",
                        20,
                        rig -> request(rig, r -> r.driver.requests().unloadAll(), 1, 0)),
                // 16 fault maps, 24 global handles, 96 bytes for each of 15 free contexts, 96 + 2 x 3 x 64 + 1024 for
                // one
                copy("a dump", 16 + 24 + 15 * 2 + 24, rig -> request(rig, dump, 0, 0, WHOLE_DUMP, 1, 1 << 20)),
                copy(
                        "statistics",
                        1,
                        rig -> request(rig, r -> r.driver.requests().statistics(), 0)),
                of(
                                "contexts.retryInterval",
                                "a thread that finds room at its third try",
                                3,
                                DriverLatencyKnobTest::noRoom)
                        .around(2000),
                of("contexts.stealDelay", "a robbed thread", 1, DriverLatencyKnobTest::robbed),
                of("polling.interval", "a miss before the third scan", 3, DriverLatencyKnobTest::polled)
                        .around(100_000),
                of("polling.scanCost", "a miss that is polled for", 1, DriverLatencyKnobTest::polled),
                of("messages.lineCost", "a message of a line", 2, rig -> message(rig, 1)),
                of("messages.lineCost", "a message of two lines", 4, rig -> message(rig, 2)),
                of("messages.retryDelay", "a message that is refused three times", 3, DriverLatencyKnobTest::send)
                        .with("gru.errors.inject=[{\"error\": \"amo-nack\", \"rate\": 1, \"count\": 3}]"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void latency_countsToThePicosecond(Case knob) {
        long basePs = knob.takes(knob.baseNs());
        assertThat(knob.takes(knob.baseNs() + 1) - basePs).isEqualTo(knob.times() * NS);
        assertThat(basePs - knob.takes(knob.baseNs() - 1)).isEqualTo(knob.times() * NS);
    }

    @Test
    void everyLatencyOfTheDriver_hasACase() {
        Set<String> latencies = new TreeSet<>(LatencyKnobs.of(DriverSpec.class).toList());
        assertThat(latencies).contains("dropinCost", "contexts.stealDelay", "polling.scanCost", "messages.lineCost");
        assertThat(new TreeSet<>(cases().stream().map(Case::knob).toList())).isEqualTo(latencies);
    }

    private static Mm touched(DriverRig rig, int pages) {
        Mm mm = rig.mm(pages);
        for (int page = 0; page < pages; page++) {
            rig.touch(mm, page);
        }
        return mm;
    }

    private static long lasts(DriverRig rig, Play play) {
        long startPs = rig.engine.nowPs();
        rig.start(rig.cpu(0), play);
        rig.run();
        return play.endPs() - startPs;
    }

    /** From the start of loads that miss at the same moment to the end of the last. */
    private static long misses(DriverRig rig, int blocks) {
        ThreadState gts = rig.loaded(touched(rig, blocks), false);
        long startPs = rig.engine.nowPs();
        List<Play> users = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            users.add(rig.start(rig.cpu(8 + i), rig.settled(rig.load(rig.play(), gts, i, address(i)), gts, i)));
        }
        rig.run();
        assertThat(rig.count(DriverCounter.INTR)).isOne();
        assertThat(rig.count(DriverCounter.TLB_DROPIN)).isEqualTo(blocks);
        return users.stream().mapToLong(Play::endPs).max().orElseThrow() - startPs;
    }

    /** A load of a page that nobody has touched, whose miss the user takes to the driver. */
    private static long userMiss(DriverRig rig, boolean polling) {
        ThreadState gts = rig.loaded(rig.mm(1), polling);
        long takesPs = lasts(rig, rig.loadByUser(rig.play(), gts, 0, address(0)));
        assertThat(rig.count(DriverCounter.CALL_OS)).isOne();
        assertThat(rig.count(DriverCounter.TLB_DROPIN)).isOne();
        return takesPs;
    }

    /** A request of the thread of a context of 2 control blocks and 1 KiB. */
    private static long request(DriverRig rig, Function<DriverRig, Routine> routine, long... arguments) {
        ThreadState gts = rig.loaded(rig.mm(1), true);
        assertThat(gts.id).isZero();
        return lasts(rig, rig.play().call(routine.apply(rig), arguments));
    }

    private static long load(DriverRig rig, int cbrs, int dsrBytes) {
        ThreadState gts = rig.thread(rig.mm(1), rig.cpu(0), cbrs, dsrBytes, true);
        return lasts(rig, rig.play().call(rig.driver.segmentFault(), gts.id));
    }

    /** A thread whose context has no room as long as the owners of both chiplets' contexts are at work, for 6 us. */
    private static long noRoom(DriverRig rig) {
        Mm mm = rig.mm(1);
        List<ThreadState> owners = List.of(wholeChiplet(rig, mm), wholeChiplet(rig, mm));
        for (ThreadState owner : owners) {
            rig.start(
                    rig.cpu(8 + owner.chiplet()),
                    rig.play().then(owner.lock::lock).pause(6 * US).then(owner.lock::unlock));
        }
        rig.runFor(0);
        ThreadState late = rig.thread(mm, rig.cpu(0), 128, 2048, true);
        long takesPs = lasts(rig, rig.play().call(rig.driver.segmentFault(), late.id));
        assertThat(rig.count(DriverCounter.STEAL_CONTEXT_FAILED)).isEqualTo(2);
        return takesPs;
    }

    private static ThreadState wholeChiplet(DriverRig rig, Mm mm) {
        ThreadState owner = rig.thread(mm, rig.cpu(0), 128, 2048, true);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), owner.id);
        return owner;
    }

    /** From the moment at which a thread was robbed to the first at which it may rob. */
    private static long robbed(DriverRig rig) {
        ThreadState gts = rig.thread(rig.mm(1), rig.cpu(0), 2, 1024, true);
        long startPs = rig.engine.nowPs();
        gts.robbed(startPs);
        Routine looks = new ScriptedRoutine(rig.engine, "robbed thread", (agent, pc) -> {
            if (rig.driver.stealing().may(gts)) {
                agent.done(0);
            } else {
                agent.next(0, 1, Why.POLL);
            }
        });
        rig.cpu(0).start(looks, 0);
        rig.run();
        return rig.engine.nowPs() - startPs;
    }

    /** When a load has ended that began at 250 us and whose miss is polled for. */
    private static long polled(DriverRig rig) {
        rig.driver.pollFaults(rig.cpu(5));
        ContextOptions options = new ContextOptions(2, 1024, MissMode.OS_POLLING);
        ThreadState gts = rig.driver.createThreadState(touched(rig, 1), rig.cpu(0), options);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        Play user = rig.play().pause(250 * US - rig.engine.nowPs());
        rig.start(rig.cpu(0), rig.settled(rig.load(user, gts, 0, address(0)), gts, 0));
        rig.run();
        assertThat(rig.count(DriverCounter.TLB_DROPIN)).isOne();
        return user.endPs();
    }

    private static MessageQueue queue(DriverRig rig) {
        rig.driver.kernelContexts().allow(0);
        return rig.driver.messageQueues().create("q", 0, 512, 0, false);
    }

    /** Taking a message and giving it back. */
    private static long message(DriverRig rig, int lines) {
        MessageQueue queue = queue(rig);
        MessageQueues queues = rig.driver.messageQueues();
        rig.call(rig.cpu(1), queues.send(), queue.id, MessageQueues.tag(3, 0), lines);
        return lasts(rig, rig.play().call(queues.receive(), queue.id, 0).call(queues.free(), queue.id, lines));
    }

    private static long send(DriverRig rig) {
        MessageQueue queue = queue(rig);
        Routine send = rig.driver.messageQueues().sendUntilTaken();
        return lasts(rig, rig.play().call(send, queue.id, MessageQueues.tag(3, 0), 1));
    }
}
