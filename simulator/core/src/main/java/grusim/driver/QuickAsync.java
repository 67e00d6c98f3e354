package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.machine.PhysicalMemory;

/** Test 2: four asynchronous VSETs of four doublewords each tell their ends by interrupt, and memory is zero after them. */
final class QuickAsync extends QuickTest {
    private static final int BLOCKS = 4;
    private static final int WORDS = 4;

    private static final int COUNT = 0;

    private static final int NOT_RESERVED = 1;
    private static final int NOT_ZERO = 2;

    private final long address;

    QuickAsync(GruDriver driver, PhysicalMemory memory, long address) {
        super(driver, memory, "quicktest2", 1);
        this.address = address;
    }

    @Override
    public String title() {
        return "fill memory by asynchronous instructions";
    }

    @Override
    public String failure(long result) {
        return result == NOT_RESERVED
                ? "asynchronous resources are reserved already"
                : "memory is not zero after four completions";
    }

    @Override
    public void ready() {
        for (int i = 0; i < BLOCKS * WORDS; i++) {
            word(address + (long) i * Long.BYTES, -1);
        }
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "reserve asynchronous resources";
            case 1 -> "reserved?";
            case 2 -> "start a VSET";
            case 3 -> "wait for a completion";
            case 4 -> "unlock the asynchronous resources";
            case 5 -> "release the asynchronous resources";
            case 6 -> "is memory zero?";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContexts kernels = driver.kernelContexts();
        int blade = kernels.mine(a).blade;
        int count = (int) a.local(COUNT);
        switch (pc) {
            case 0 -> a.call(kernels.reserveAsync(), 1, blade, BLOCKS, 0);
            case 1 -> {
                if (a.result() == 0) {
                    a.done(NOT_RESERVED);
                } else {
                    a.call(kernels.lock(), 2, blade);
                }
            }
            case 2 -> {
                kernels.asyncBlock(blade, count).start(a, words(count));
                a.local(COUNT, (count + 1) % BLOCKS);
                a.next(count + 1 < BLOCKS ? 2 : 3, 0, Why.START);
            }
            case 3 -> {
                if (count == BLOCKS) {
                    a.next(4, 0, Why.POLL);
                } else {
                    a.local(COUNT, count + 1);
                    a.call(kernels.waitAsync(), 3, blade);
                }
            }
            case 4 -> {
                kernels.unlock(a, blade);
                a.next(5, 0, Why.POLL);
            }
            case 5 -> a.call(kernels.reserveAsync(), 6, blade, 0, 0);
            case 6 -> a.done(zero() ? PASSED : NOT_ZERO);
            default -> throw noStep(pc);
        }
    }

    private boolean zero() {
        boolean zero = true;
        for (int i = 0; i < BLOCKS * WORDS; i++) {
            zero &= word(address + (long) i * Long.BYTES) == 0;
        }
        return zero;
    }

    private long[] words(int block) {
        return Instruction.of(Opcode.VSET)
                .with(TransferType.DOUBLEWORD)
                .with(AccessMode.UNMAPPED)
                .with(AccessMode.INTERRUPT)
                .with(Operand.ADDR, address + (long) block * WORDS * Long.BYTES)
                .with(Operand.NELEM, WORDS)
                .with(Operand.STRIDE, 1)
                .words();
    }
}
