package grusim.driver;

import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.gru.DeviceStat;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.linux.Mm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that find no entry, or a clean one. */
final class ModifyMissTest {
    private static void store(DriverRig rig, ThreadState gts, long vaddr) {
        Instruction store = Instruction.of(Opcode.VSTORE)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1);
        rig.start(rig.cpu(0), rig.settled(rig.play().then(a -> rig.cb(gts, 0).start(a, store.words())), gts, 0));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void writeToACleanEntry_isAModifyMissThatMakesItDirty() {
        DriverRig rig = new DriverRig();
        Mm mm = rig.mm(1);
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, address(0)), gts, 0));
        rig.run();
        store(rig, gts, address(0));
        store(rig, gts, address(0));
        assertThat(rig.device(DeviceStat.TLB_MISSES)).isEqualTo(2);
        assertThat(rig.device(DeviceStat.TLB_MODIFY_MISSES)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(2);
        assertThat(rig.device(DeviceStat.EVICTIONS)).as("the entry is replaced").isZero();
    }

    @ParameterizedTest
    @CsvSource({"miss-and-modify, 1, 0", "miss, 2, 1"})
    void writeWithoutAnEntry_missesOnceOrTwice(String reports, long dropins, long modifyMisses) {
        DriverRig rig = new DriverRig("gru.tlb.writeMiss=" + reports);
        Mm mm = rig.mm(1);
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        store(rig, gts, address(0));
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(dropins);
        assertThat(rig.device(DeviceStat.TLB_MODIFY_MISSES)).isEqualTo(modifyMisses);
    }
}
