package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.machine.PhysicalMemory;

/** Test 0: a doubleword goes into the data segment by VLOAD and elsewhere by VSTORE. */
final class QuickLoadStore extends QuickTest {
    private static final long MAGIC = 0x1234_5678_8765_4321L;

    private static final int RESULT = 0;

    private static final int NOT_LOADED = 1;
    private static final int WRONG_IN_SEGMENT = 2;
    private static final int NOT_STORED = 3;
    private static final int WRONG_IN_MEMORY = 4;

    private final long address;
    private final byte[] loaded = new byte[Long.BYTES];

    QuickLoadStore(GruDriver driver, PhysicalMemory memory, long address) {
        super(driver, memory, "quicktest0", 1);
        this.address = address;
    }

    @Override
    public String title() {
        return "load a doubleword and store it elsewhere";
    }

    @Override
    public String failure(long result) {
        return switch ((int) result) {
            case NOT_LOADED -> "the VLOAD ended with an exception";
            case WRONG_IN_SEGMENT -> "the data segment does not hold the doubleword loaded";
            case NOT_STORED -> "the VSTORE ended with an exception";
            default -> "memory does not hold the doubleword stored";
        };
    }

    @Override
    public void ready() {
        word(address, MAGIC);
        word(address + Long.BYTES, 0);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the kernel context";
            case 1 -> "start the VLOAD";
            case 2 -> "the VLOAD has ended";
            case 3 -> "start the VSTORE";
            case 4 -> "the VSTORE has ended";
            case 5 -> "unlock the kernel context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContexts kernels = driver.kernelContexts();
        switch (pc) {
            case 0 -> a.call(kernels.lock(), 1, kernels.mine(a).blade);
            case 1 -> start(a, words(a, Opcode.VLOAD, address), 2);
            case 2 -> {
                kernels.readDsr(kernels.mine(a), kernels.dsrOffset(a), loaded, loaded.length);
                boolean same = true;
                for (int i = 0; i < loaded.length; i++) {
                    same &= loaded[i] == (byte) (MAGIC >>> (Byte.SIZE * i));
                }
                a.local(RESULT, !idle(a) ? NOT_LOADED : same ? PASSED : WRONG_IN_SEGMENT);
                a.next(a.local(RESULT) == PASSED ? 3 : 5, 0, Why.COMPUTE);
            }
            case 3 -> start(a, words(a, Opcode.VSTORE, address + Long.BYTES), 4);
            case 4 -> {
                boolean same = word(address + Long.BYTES) == MAGIC;
                a.local(RESULT, !idle(a) ? NOT_STORED : same ? PASSED : WRONG_IN_MEMORY);
                a.next(5, 0, Why.COMPUTE);
            }
            case 5 -> unlock(a, a.local(RESULT));
            default -> throw noStep(pc);
        }
    }

    private long[] words(Agent a, Opcode opcode, long at) {
        return Instruction.of(opcode)
                .with(TransferType.DOUBLEWORD)
                .with(AccessMode.UNMAPPED)
                .with(Operand.ADDR, at)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1)
                .with(Operand.TRI0, driver.kernelContexts().dsrOffset(a))
                .words();
    }
}
