package grusim.driver;

import static grusim.driver.DriverCounter.ASSIGN_CONTEXT;
import static grusim.driver.DriverCounter.CHECK_CONTEXT_RETARGET_INTR;
import static grusim.driver.DriverCounter.CHECK_CONTEXT_UNLOAD;
import static grusim.driver.DriverCounter.GTS_FREE;
import static grusim.driver.DriverCounter.INTR_SPURIOUS;
import static grusim.driver.DriverCounter.INTR_TFH;
import static grusim.driver.DriverCounter.VDATA_FREE;
import static grusim.driver.DriverRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import grusim.engine.StateContract;
import grusim.isa.InstructionStatus;
import grusim.linux.Errno;
import grusim.linux.Mm;
import grusim.workload.ContextSpec.MissMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contexts that lie where their owner does not run, and who keeps a thread state. */
final class PlacementTest {
    private final DriverRig rig = new DriverRig("machine.blades=2");
    private final Mm mm = rig.mm(4);
    private final Cpu far = rig.machine.cpu(1, 0);
    private final List<String> commands = new ArrayList<>();

    private void record() {
        rig.engine.observer((agent, routine, pc) -> {
            String step = routine.stepName(pc);
            if (step.startsWith("CCH ")) {
                commands.add(step);
            }
        });
    }

    private ThreadState moved(boolean polling, Cpu to) {
        ThreadState gts = rig.loaded(mm, polling);
        rig.driver.mayRunOn(gts, to);
        rig.driver.moved(gts, to);
        record();
        return gts;
    }

    private long callOs(ThreadState gts, int cb) {
        return rig.call(gts.cpu(), rig.driver.callOs(), gts.id, cb);
    }

    private long choose(ThreadState gts, long blade, long chiplet) {
        return rig.call(
                gts.cpu(),
                rig.driver.requests().setOption(),
                gts.id,
                mm.id(),
                0,
                0,
                Requests.BLADE_CHIPLET,
                blade,
                chiplet);
    }

    @Test
    void callFromAnotherCore_directsTheInterruptsThereInTheDriversOrder() {
        ThreadState gts = moved(false, rig.cpu(1));
        long movedPs = rig.engine.nowPs();
        assertThat(callOs(gts, 0)).isZero();
        long retargetedPs = rig.engine.nowPs() - movedPs;
        assertThat(commands).containsExactly("CCH active?", "CCH INTERRUPT", "CCH START");
        assertThat(rig.count(CHECK_CONTEXT_RETARGET_INTR)).isOne();
        long againPs = rig.engine.nowPs();
        assertThat(callOs(gts, 0)).isZero();
        // the CCH's lock 20; INTERRUPT 1 us and START 500 ns, each with 60 to the hub and back
        assertThat(retargetedPs - (rig.engine.nowPs() - againPs)).isEqualTo((20 + 1120 + 620) * NS);
        assertThat(rig.count(CHECK_CONTEXT_RETARGET_INTR)).as("once").isOne();
        assertThat(rig.driver.statistics().commands(McsOperation.CCH_INTERRUPT)).isOne();
    }

    @Test
    void missesAfterARetarget_interruptTheNewCore() {
        ThreadState gts = moved(false, rig.cpu(1));
        rig.touch(mm, 0);
        rig.touch(mm, 1);
        List<String> handlers = new ArrayList<>();
        rig.engine.observer((agent, routine, pc) -> {
            if (routine.name().startsWith("gru_intr") && pc == 0) {
                handlers.add(agent.name() + " " + routine.name());
            }
        });
        rig.start(rig.cpu(2), rig.settled(rig.load(rig.play(), gts, 0, DriverRig.address(0)), gts, 0));
        rig.run();
        callOs(gts, 0);
        rig.start(rig.cpu(2), rig.settled(rig.load(rig.play(), gts, 0, DriverRig.address(1)), gts, 0));
        rig.run();
        assertThat(handlers)
                .containsExactly("blade0.cpu0 gru_intr chiplet 0 map 0", "blade0.cpu1 gru_intr chiplet 0 map 1");
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void handlerThatServesItsOwnContextsOnly_losesAMissOfTheOldMap() {
        DriverRig broken = new DriverRig("driver.oldMapServed=false");
        Mm space = broken.mm(4);
        ThreadState gts = broken.loaded(space, false);
        broken.driver.mayRunOn(gts, broken.cpu(1));
        broken.touch(space, 0);
        // the retarget's configuration is written while the miss waits for its interrupt
        broken.start(
                broken.cpu(2),
                broken.load(broken.play(), gts, 0, DriverRig.address(0)).then(a -> gts.place.faultMap(1)));
        broken.run();
        assertThat(broken.count(INTR_SPURIOUS)).isOne();
        assertThat(broken.count(INTR_TFH)).isOne();
        assertThat(broken.status(gts, 0)).isEqualTo(InstructionStatus.ACTIVE);
    }

    @Test
    void callFromAnotherBlade_unloadsAndIsToBeRepeated() {
        ThreadState gts = moved(true, far);
        assertThat(callOs(gts, 0)).isEqualTo(-Errno.EAGAIN);
        assertThat(commands).containsExactly("CCH INTERRUPT_SYNC", "CCH DEALLOCATE");
        assertThat(gts.loaded()).isFalse();
        assertThat(gts.upmTlbMiss()).isZero();
        assertThat(rig.count(CHECK_CONTEXT_UNLOAD)).isOne();
        rig.call(far, rig.driver.segmentFault(), gts.id);
        assertThat(gts.chiplet()).as("the first chiplet of blade 1").isEqualTo(2);
        assertThat(callOs(gts, 0)).isZero();
        assertThat(rig.count(CHECK_CONTEXT_UNLOAD)).isOne();
    }

    @Test
    void touchFromAnotherBlade_movesTheContextInOneFault() {
        ThreadState gts = moved(true, far);
        assertThat(rig.call(far, rig.driver.segmentFault(), gts.id)).isZero();
        assertThat(commands).containsExactly("CCH INTERRUPT_SYNC", "CCH DEALLOCATE", "CCH ALLOCATE", "CCH START");
        assertThat(gts.chiplet()).isEqualTo(2);
        assertThat(rig.count(ASSIGN_CONTEXT)).isEqualTo(2);
    }

    @Test
    void contextOfNobody_staysWhereItIs() {
        ContextOptions options = new ContextOptions(2, 1024, MissMode.INTERRUPT, 0, false);
        ThreadState gts = rig.driver.createThreadState(mm, rig.cpu(0), options);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        rig.driver.moved(gts, far);
        assertThat(callOs(gts, 0)).isZero();
        rig.call(far, rig.driver.segmentFault(), gts.id);
        assertThat(gts.chiplet()).isZero();
        assertThat(rig.count(CHECK_CONTEXT_UNLOAD)).isZero();
    }

    @Test
    void chipletChosen_isTheOnlyOne() {
        ThreadState gts = rig.loaded(mm, true);
        assertThat(choose(gts, ThreadPlace.ANY, 0)).isZero();
        assertThat(gts.loaded()).as("it lies there").isTrue();
        assertThat(choose(gts, 1, 1)).isZero();
        assertThat(gts.loaded()).isFalse();
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        assertThat(gts.chiplet()).isEqualTo(3);
        assertThat(callOs(gts, 0)).as("the thread's own blade does not matter").isZero();
        assertThat(choose(gts, 2, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(choose(gts, 0, 2)).isEqualTo(-Errno.EINVAL);
        assertThat(gts.chiplet()).as("a refused choice changes nothing").isEqualTo(3);
        assertThat(choose(gts, ThreadPlace.ANY, ThreadPlace.ANY)).isZero();
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        assertThat(gts.chiplet()).isLessThan(2);
    }

    @Test
    void call_looksAtTheControlBlockFirst() {
        ThreadState gts = rig.thread(mm, rig.cpu(0), 2, 1024, true);
        assertThat(callOs(gts, 0)).isEqualTo(-Errno.EAGAIN);
        assertThat(callOs(gts, 2)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void closedSegment_isFoundByNobody() {
        ThreadState gts = rig.loaded(mm, true);
        rig.call(rig.cpu(0), rig.driver.closeSegment(), gts.id);
        assertThat(rig.count(GTS_FREE)).isOne();
        assertThat(rig.count(VDATA_FREE)).isOne();
        assertThat(rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id)).isEqualTo(-Errno.EFAULT);
        assertThat(callOs(gts, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(choose(gts, 0, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.count(GTS_FREE)).isOne();
    }

    @Test
    void whoHasTheLock_keepsTheThreadState() {
        ThreadState gts = rig.thread(mm, rig.cpu(0), 2, 1024, true);
        // cpu 1 queues for the lock while cpu 0 closes; it gets the lock before the segment drops the state
        rig.start(rig.cpu(0), rig.play().call(rig.driver.closeSegment(), gts.id));
        rig.start(rig.cpu(1), rig.play().pause(10 * NS).call(rig.driver.unloadRequest(), gts.id, 1));
        rig.run();
        assertThat(rig.count(GTS_FREE)).as("freed once, by whoever was last").isOne();
    }

    @Test
    void place_isSavedAndRestored() {
        ThreadPlace used = new ThreadPlace(rig.cpu(0), false);
        used.moved(far);
        used.choose(1, ThreadPlace.ANY);
        used.faultMap(15);
        used.own();
        ThreadPlace fresh = new ThreadPlace(rig.cpu(0), false);
        StateContract.assertRoundTrip(used, fresh, false);
        assertThat(fresh.cpu()).isEqualTo(far);
        assertThat(fresh.blade()).isEqualTo(1);
        assertThat(fresh.chiplet()).isEqualTo(ThreadPlace.ANY);
        assertThat(fresh.faultMap()).isEqualTo(15);
        assertThat(fresh.owned()).isTrue();
    }
}
