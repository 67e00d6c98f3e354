package grusim.driver;

import static grusim.driver.DriverCounter.READ_GPA;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;

/**
 * Reads a doubleword by physical address with a VLOAD into the CPU's part of the kernel context's data segment
 * (gru_read_gpa). An exception is not reported: the result is then what the data segment held.
 *
 * <p>Slot 0: address. Returns the doubleword.
 */
final class ReadGpa extends KernelService {
    private static final int ADDRESS = 0;
    private static final int VALUE = 1;

    private final Instruction load = Instruction.of(Opcode.VLOAD)
            .with(TransferType.DOUBLEWORD)
            .with(AccessMode.UNMAPPED)
            .with(Operand.NELEM, 1)
            .with(Operand.STRIDE, 1);

    private final byte[] word = new byte[Long.BYTES];

    ReadGpa(GruDriver driver) {
        super(driver, "gru_read_gpa", 2);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the kernel context";
            case 1 -> "start the load";
            case 2 -> "read the data segment";
            case 3 -> "unlock the kernel context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContexts kernels = driver.kernelContexts();
        KernelContext kernel = kernels.mine(a);
        switch (pc) {
            case 0 -> {
                driver.count(READ_GPA);
                a.call(kernels.lock(), 1, kernel.blade);
            }
            case 1 -> {
                long[] words = load.with(Operand.ADDR, a.local(ADDRESS))
                        .with(Operand.TRI0, kernels.dsrOffset(a))
                        .words();
                start(a, words, 2);
            }
            case 2 -> {
                kernels.readDsr(kernel, kernels.dsrOffset(a), word, word.length);
                a.local(
                        VALUE,
                        java.nio.ByteBuffer.wrap(word)
                                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                                .getLong());
                a.next(3, 0, Why.POLL);
            }
            case 3 -> {
                kernels.unlock(a, kernel.blade);
                a.done(a.local(VALUE));
            }
            default -> throw noStep(pc);
        }
    }
}
