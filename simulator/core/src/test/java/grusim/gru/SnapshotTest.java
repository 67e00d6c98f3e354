package grusim.gru;

import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.Snapshot;
import grusim.engine.StateContract;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.TfhOpcode;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chiplet's listed state is all of it: runs resume, and explorations step back, without a trace. */
@Tag("contract")
final class SnapshotTest {
    private static final long PAGE = 4096;
    private static final long UNTIL_PS = 100 * US;

    /** Two contexts in both miss modes, every kind of instruction, invalidates, interrupts and a deallocation. */
    private static Engine world(boolean timed) {
        Rig rig = new Rig(
                timed,
                1,
                "machine.blades=2",
                "gru.tlb.sets=2",
                "gru.tlb.ways=2",
                "gru.linesInFlightPerCbr=3",
                "gru.linesInFlightPerChiplet=4");
        rig.play("load", rig.load(rig.script(), 0, rig.configuration(Rig.Mode.MAP_ONLY, 0b01, 0b0011)));
        rig.play("load", rig.load(rig.script(), 1, rig.configuration(Rig.Mode.USER, 0b10, 0b1100)));
        for (int cb = 0; cb < 4; cb++) {
            ContextHandle cch = rig.chiplet.cch(cb / 2);
            Script user = rig.script()
                    .until(cch.awaitable(), a -> cch.status(a) == CommandStatus.IDLE && cch.state() == CchState.ACTIVE);
            long base = (1 + 3L * cb) * PAGE;
            rig.execute(user, cb, Rig.vload(base + 8, 9, TransferType.CACHE_LINE));
            rig.execute(user, cb, Rig.vstore(base + 30, 100, TransferType.SHORT));
            rig.execute(user, cb, Rig.bcopy(base + 3, base + PAGE - 100, 300, TransferType.BYTE, 2));
            rig.execute(user, cb, Rig.amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, base, TransferType.WORD));
            rig.execute(user, cb, Rig.vload(base, 33, TransferType.CACHE_LINE));
            rig.play("user", user);
            Script os = rig.script();
            for (int i = 0; i < 14; i++) {
                rig.dropin(rig.missed(os, cb).pause((300 + 70L * cb) * NS), cb, TfhOpcode.WRITE_RESTART)
                        .pause(400 * NS);
            }
            rig.play("os", os);
        }
        Script vm = rig.script();
        for (int i = 0; i < 6; i++) {
            rig.invalidate(vm.pause(700 * NS), i % 2, (1 + 2L * i) * PAGE, 1 + i, 3);
        }
        rig.play("vm", vm);
        Script driver = rig.command(rig.script().pause(5 * US), 0, CchOpcode.INTERRUPT);
        rig.command(driver.pause(3 * US), 0, CchOpcode.START);
        rig.command(driver.pause(20 * US), 1, CchOpcode.INTERRUPT_SYNC);
        rig.play("driver", rig.command(driver, 1, CchOpcode.DEALLOCATE));
        return rig.engine;
    }

    @Test
    void run_resumesWhereverItIsCut() {
        long[] cuts = LongStream.rangeClosed(1, 60).map(i -> i * 777 * NS).toArray();
        StateContract.assertResumes(() -> world(true), UNTIL_PS, cuts);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void explorationStep_canBeTakenBack(long seed) {
        StateContract.assertReplays(() -> world(false), seed, 1500);
    }

    @Test
    void explorationState_staysSmall() {
        Rig rig = new Rig(false, 1, "gru.tlb.sets=1", "gru.tlb.ways=2");
        assertThat(Snapshot.of(rig.engine, false).length()).isLessThan(700);
    }
}
