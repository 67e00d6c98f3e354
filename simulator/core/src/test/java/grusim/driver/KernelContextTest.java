package grusim.driver;

import static grusim.driver.DriverCounter.ASSIGN_CONTEXT;
import static grusim.driver.DriverCounter.COPY_GPA;
import static grusim.driver.DriverCounter.INTR_CBR;
import static grusim.driver.DriverCounter.LOAD_KERNEL_CONTEXT;
import static grusim.driver.DriverCounter.LOCK_KERNEL_CONTEXT;
import static grusim.driver.DriverCounter.READ_GPA;
import static grusim.driver.DriverCounter.UNLOCK_KERNEL_CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import grusim.gru.ControlBlock;
import grusim.isa.AccessMode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.machine.PhysicalMemory;
import org.junit.jupiter.api.Test;

final class KernelContextTest {
    private final DriverRig rig = new DriverRig("machine.coresPerSocket=4");
    private final KernelContexts kernels = rig.driver.kernelContexts();
    private final KernelContext kernel = kernels.allow(0);
    private final PhysicalMemory memory = rig.machine.memory();

    private void use(Cpu cpu) {
        Play play = rig.play().call(kernels.lock(), 0).then(a -> kernels.unlock(a, 0));
        rig.start(cpu, play);
        rig.run();
        assertThat(play.endPs()).isNotNegative();
    }

    @Test
    void firstUse_loadsOneControlBlockAnd256BytesForEachCpu() {
        assertThat(kernel.loaded()).isFalse();
        use(rig.cpu(2));
        // 8 CPUs: 8 control blocks are 4 pairs, 8 x 256 bytes are 2 units
        assertThat(kernel.gts.cbrMap()).isEqualTo(0xf);
        assertThat(kernel.gts.dsrMap()).isEqualTo(0x3);
        assertThat(rig.count(LOAD_KERNEL_CONTEXT)).isOne();
        assertThat(rig.count(ASSIGN_CONTEXT)).isOne();
        assertThat(rig.count(LOCK_KERNEL_CONTEXT)).isOne();
        assertThat(rig.count(UNLOCK_KERNEL_CONTEXT)).isOne();
        assertThat(kernel.semaphore().readers()).isZero();
    }

    @Test
    void laterUses_findItLoaded() {
        use(rig.cpu(2));
        long beforePs = rig.engine.nowPs();
        use(rig.cpu(3));
        assertThat(rig.count(LOAD_KERNEL_CONTEXT)).isOne();
        assertThat(rig.count(LOCK_KERNEL_CONTEXT)).isEqualTo(2);
        assertThat(rig.engine.nowPs()).isEqualTo(beforePs);
    }

    @Test
    void usesAtOnce_loadItOnce() {
        for (int core = 0; core < 8; core++) {
            rig.start(rig.cpu(core), rig.play().call(kernels.lock(), 0).then(a -> kernels.unlock(a, 0)));
        }
        rig.run();
        assertThat(rig.count(LOAD_KERNEL_CONTEXT)).isOne();
        assertThat(rig.count(UNLOCK_KERNEL_CONTEXT)).isEqualTo(8);
    }

    @Test
    void read_returnsTheDoublewordAtAPhysicalAddress() {
        memory.writeWord(5, 16, 8, 0x1122334455667788L);
        long value = rig.call(rig.cpu(1), kernels.readGpa(), 5 * 4096 + 16);
        assertThat(value).isEqualTo(0x1122334455667788L);
        assertThat(rig.count(READ_GPA)).isOne();
    }

    @Test
    void copy_movesBytesWithoutAnyTranslation() {
        memory.seed(5, 99, 0);
        assertThat(rig.call(rig.cpu(1), kernels.copyGpa(), 6 * 4096 + 3, 5 * 4096 + 1, 200))
                .isZero();
        byte[] from = new byte[200];
        byte[] to = new byte[200];
        memory.read(5, 1, from, 0, 200);
        memory.read(6, 3, to, 0, 200);
        assertThat(to).isEqualTo(from);
        assertThat(memory.readWord(6, 203, 8)).isZero();
        assertThat(memory.readWord(6, 2, 1)).isZero();
        assertThat(rig.count(COPY_GPA)).isOne();
    }

    @Test
    void copyToMemoryThatDoesNotExist_failsAndUnlocks() {
        long nowhere = memory.framesOnBlade() << PhysicalMemory.FRAME_SHIFT;
        assertThat(rig.call(rig.cpu(1), kernels.copyGpa(), nowhere, 5 * 4096, 64))
                .isEqualTo(-1);
        assertThat(kernel.semaphore().readers()).isZero();
    }

    @Test
    void reservation_isGivenOnceAndReloadsTheContext() {
        use(rig.cpu(0));
        assertThat(rig.call(rig.cpu(0), kernels.reserveAsync(), 0, 4, 1024)).isOne();
        assertThat(kernel.loaded()).isFalse();
        assertThat(rig.call(rig.cpu(0), kernels.reserveAsync(), 0, 2, 0)).isZero();
        use(rig.cpu(0));
        // 8 + 4 control blocks are 6 pairs, 2 + 1 KiB
        assertThat(kernel.gts.cbrMap()).isEqualTo(0x3f);
        assertThat(kernel.gts.dsrMap()).isEqualTo(0x7);
        assertThat(rig.count(LOAD_KERNEL_CONTEXT)).isEqualTo(2);
        assertThat(rig.call(rig.cpu(0), kernels.reserveAsync(), 0, 0, 0)).isOne();
        assertThat(rig.call(rig.cpu(0), kernels.reserveAsync(), 0, 2, 0)).isOne();
    }

    @Test
    void asynchronousInstructions_tellTheirEndsByInterrupt() {
        for (int word = 0; word < 16; word++) {
            memory.writeWord(7, word * 8, 8, -1);
        }
        Cpu cpu = rig.cpu(3);
        Play play = rig.play().call(kernels.reserveAsync(), 0, 4, 0).call(kernels.lock(), 0);
        for (int n = 0; n < 4; n++) {
            int block = n;
            Instruction set = Instruction.of(Opcode.VSET)
                    .with(TransferType.DOUBLEWORD)
                    .with(AccessMode.UNMAPPED)
                    .with(AccessMode.INTERRUPT)
                    .with(Operand.ADDR, 7 * 4096 + 32L * n)
                    .with(Operand.NELEM, 4)
                    .with(Operand.STRIDE, 1);
            play.then(a -> {
                ControlBlock cb = kernels.asyncBlock(0, block);
                cb.start(a, set.words());
            });
        }
        play.then(a -> kernels.unlock(a, 0));
        for (int n = 0; n < 4; n++) {
            play.call(kernels.waitAsync(), 0);
        }
        rig.start(cpu, play);
        rig.run();
        assertThat(play.endPs()).isPositive();
        assertThat(rig.count(INTR_CBR)).isEqualTo(4);
        assertThat(kernel.asyncDone.pending()).isZero();
        for (int word = 0; word < 16; word++) {
            assertThat(memory.readWord(7, word * 8, 8)).isZero();
        }
    }
}
