package grusim.gru;

import static grusim.gru.Rig.ASID;
import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static grusim.gru.Rig.bcopy;
import static grusim.gru.Rig.vload;
import static grusim.gru.Rig.vstore;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.isa.AccessMode;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.Tfh;
import grusim.isa.handle.TfhCause;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a TLB miss is recorded, announced and answered. */
@Tag("protocol")
final class FaultTest {
    private static final long PAGE = 4096;

    private Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
    private final List<TfhState> states = new ArrayList<>();
    private long word;

    private void missing(Instruction instruction) {
        rig.play("user", rig.execute(rig.script(), CB, instruction));
        rig.play(
                "reader",
                rig.missed(rig.script(), CB)
                        .then(a -> word = rig.chiplet.tfh(CB).load(a)));
        rig.run();
    }

    @Test
    void miss_isRecordedWithItsAddressAsidContextAndCause() {
        missing(vload(PAGE + 72, 1, TransferType.BYTE));
        assertThat(TlbFaultHandle.state(word)).isEqualTo(TfhState.MISS_FMM);
        assertThat(TlbFaultHandle.context(word)).isEqualTo(CONTEXT);
        assertThat(Tfh.CAUSE.in(word)).isEqualTo(TfhCause.TLB_MISS.code());
        assertThat(TlbFaultHandle.write(word)).isFalse();
        assertThat(rig.chiplet.tfh(CB).missVaddr()).isEqualTo(PAGE + 72);
        assertThat(rig.chiplet.tfh(CB).missAsid()).isEqualTo(ASID);
        assertThat(rig.chiplet.tfm(1).faultBits(0)).isEqualTo(1L << CB);
    }

    @Test
    void region_chosesTheAsid() {
        missing(vload((1L << 61) + PAGE, 1, TransferType.BYTE));
        assertThat(rig.chiplet.tfh(CB).missAsid()).isEqualTo(ASID + 1);
    }

    @Test
    void write_thatFindsNoEntry_reportsBothBits() {
        missing(vstore(PAGE, 1, TransferType.BYTE));
        assertThat(Tfh.CAUSE.in(word)).isEqualTo(TfhCause.TLB_MISS.code() | TfhCause.TLB_MOD.code());
        assertThat(TlbFaultHandle.write(word)).isTrue();
    }

    @Test
    void write_toACleanEntry_reportsModify_andTheDropinReplacesIt() {
        rig.mapped(1, 1, false);
        missing(vstore(PAGE, 1, TransferType.BYTE));
        assertThat(Tfh.CAUSE.in(word)).isEqualTo(TfhCause.TLB_MOD.code());
        assertThat(rig.count(DeviceStat.TLB_MODIFY_MISSES)).isEqualTo(1);
        rig.play("os", rig.dropin(rig.script(), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
        assertThat(rig.chiplet.tlbOccupancy()).isEqualTo(1);
        assertThat(rig.count(DeviceStat.EVICTIONS)).isZero();
    }

    @Test
    void pageSizesThatAreNotAvailable_areNotLookedUp() {
        TlbArray tlb = rig.chiplet.tlbPort().tlb();
        tlb.write(tlb.place(new Agent(rig.engine, "nobody"), ASID, 0, 5), ASID, 0, 5, 0, true, 0);
        missing(vload(PAGE, 1, TransferType.BYTE));
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(1);
    }

    @Test
    void tfh_passesThroughItsStates() {
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        rig.engine.observer((agent, routine, pc) -> {
            if (states.isEmpty() || states.get(states.size() - 1) != tfh.recorded()) {
                states.add(tfh.recorded());
            }
        });
        rig.play("os", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.BYTE)));
        rig.run();
        assertThat(states)
                .containsExactly(
                        TfhState.IDLE, TfhState.MISS_FMM, TfhState.WRITE_TLB, TfhState.RESTART_CBR, TfhState.IDLE);
    }

    @Test
    void userMode_tellsTheUserAndRaisesNothing() {
        rig = new Rig().loaded(Rig.Mode.USER);
        ControlBlock cb = rig.chiplet.cb(CB);
        Script os = rig.script()
                .until(cb.awaitable(), a -> cb.status(a) == InstructionStatus.CALL_OS)
                .then(a -> word = rig.chiplet.tfh(CB).load(a))
                .then(cb::setActive);
        rig.play("os", rig.dropin(os, CB, TfhOpcode.WRITE_RESTART));
        Script user = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.BYTE)));
        rig.run();
        assertThat(TlbFaultHandle.state(word)).isEqualTo(TfhState.MISS_UPM);
        assertThat(TlbFaultHandle.exception(word)).isTrue();
        assertThat(rig.chiplet.tfm(1).faultBits(0)).isZero();
        assertThat(rig.count(DeviceStat.CALL_OS)).isEqualTo(1);
        assertThat(user.endPs()).isPositive();
    }

    @Test
    void interrupt_reachesTheConnectedCoreAfterItsLatency() {
        rig = new Rig();
        Cpu cpu = rig.machine.cpu(0, 1);
        List<Long> takenPs = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        int line = cpu.connect(new Routine(rig.engine, "handler", 0) {
            @Override
            public String stepName(int pc) {
                return "take the map";
            }

            @Override
            public void step(Agent agent, int pc) {
                takenPs.add(agent.engine().nowPs());
                bits.add(rig.chiplet.tfm(1).takeFaultBits(agent, 0, false));
                agent.done(0);
            }
        });
        rig.chiplet.tfm(1).connect(cpu, line);
        rig.loaded(Rig.Mode.INTERRUPT);
        long startPs = rig.engine.nowPs();
        rig.play("user", rig.execute(rig.script(), CB + 2, vload(PAGE, 1, TransferType.BYTE)));
        rig.run();
        // recorded at 100 ns; 1.5 us to the handler
        assertThat(takenPs).containsExactly(startPs + 1600 * NS);
        assertThat(bits).containsExactly(1L << (CB + 2));
        assertThat(rig.chiplet.tfm(1).faultBits(0)).isZero();
        assertThat(rig.count(DeviceStat.FAULT_INTERRUPTS)).isEqualTo(1);
    }

    @Test
    void instructionWithInterrupt_setsItsDoneBit() {
        long[] done = new long[1];
        rig.play(
                "user",
                rig.execute(rig.script(), CB, Instruction.of(Opcode.NOP).with(AccessMode.INTERRUPT))
                        .pause(US)
                        .then(a -> done[0] = rig.chiplet.tfm(1).takeDoneBits(a, 0)));
        rig.run();
        assertThat(done[0]).isEqualTo(1L << CB);
    }

    @Test
    void writeOnly_writesAndLeavesTheMissPending() {
        missing(vload(PAGE, 1, TransferType.BYTE));
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        rig.play("os", rig.script().then(a -> tfh.command(a, TfhOpcode.WRITE_ONLY, PAGE, ASID, 1, 0, true)));
        rig.run();
        assertThat(rig.chiplet.tlbOccupancy()).isEqualTo(1);
        assertThat(tfh.recorded()).isEqualTo(TfhState.MISS_FMM);
        assertThat(rig.chiplet.cb(CB).idle()).isFalse();
        rig.play("os", rig.script().then(a -> tfh.command(a, TfhOpcode.RESTART)));
        rig.run();
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(1);
    }

    @Test
    void commandWithoutAMiss_isStray() {
        rig.play("os", rig.dropin(rig.script(), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.count(DeviceStat.STRAY_COMMANDS)).isEqualTo(1);
        assertThat(rig.chiplet.tlbOccupancy()).isZero();
        assertThat(rig.chiplet.tfh(CB).recorded()).isEqualTo(TfhState.IDLE);
        rig.play("reader", rig.script().then(a -> word = rig.chiplet.tfh(CB).load(a)));
        rig.run();
        assertThat(TlbFaultHandle.exception(word)).isFalse();
    }

    @Test
    void secondCommandWhileOneIsUnderWay_isStray() {
        missing(vload(PAGE, 1, TransferType.BYTE));
        Script os = rig.dropin(rig.script(), CB, TfhOpcode.WRITE_RESTART);
        rig.play("os", rig.dropin(os.pause(100 * NS), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.count(DeviceStat.STRAY_COMMANDS)).isEqualTo(1);
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
    }

    @Test
    void extendedBlock_showsHowFarACopyHasCome() {
        // 160 bytes from 32 before the end of page 1 to 64 before the end of page 5; page 1 is mapped, 2 is not
        rig.mapped(1, 1, false).mapped(5, 5, true);
        long[] cbe = new long[8];
        missing(bcopy(2 * PAGE - 32, 6 * PAGE - 64, 20, TransferType.DOUBLEWORD, 4));
        rig.play("os", rig.script().then(a -> rig.chiplet.cb(CB).extended(a, cbe)));
        rig.run();
        assertThat(rig.chiplet.tfh(CB).missVaddr()).isEqualTo(2 * PAGE);
        assertThat(Cbe.OPCCPY.get(cbe)).isEqualTo(Opcode.BCOPY.code());
        assertThat(Cbe.IDEF1UPD.get(cbe)).as("base 0 so far").isEqualTo(2 * PAGE);
        assertThat(Cbe.IDEF6CPY.get(cbe)).as("source lines left: 128 bytes").isEqualTo(2);
        assertThat(Cbe.IDEF3UPD.get(cbe)).as("base 1 so far").isEqualTo(6 * PAGE - 64);
        assertThat(Cbe.IDEF5UPD.get(cbe)).as("elements left").isEqualTo(20);
    }

    @Test
    void extendedBlock_showsAFaultOfTheDestination() {
        rig.mapped(1, 1, false).mapped(2, 2, false).mapped(5, 5, true);
        long[] cbe = new long[8];
        missing(bcopy(2 * PAGE - 32, 6 * PAGE - 64, 20, TransferType.DOUBLEWORD, 4));
        rig.play("os", rig.script().then(a -> rig.chiplet.cb(CB).extended(a, cbe)));
        rig.run();
        assertThat(rig.chiplet.tfh(CB).missVaddr()).isEqualTo(6 * PAGE);
        assertThat(Cbe.IDEF3UPD.get(cbe)).isEqualTo(6 * PAGE);
        assertThat(Cbe.IDEF5UPD.get(cbe)).as("96 bytes").isEqualTo(12);
        assertThat(Cbe.IDEF1UPD.get(cbe)).isEqualTo(2 * PAGE + 128);
        assertThat(Cbe.IDEF6CPY.get(cbe)).isZero();
    }
}
