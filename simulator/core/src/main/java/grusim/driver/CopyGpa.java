package grusim.driver;

import static grusim.driver.DriverCounter.COPY_GPA;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.ChipletMap;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;

/**
 * Copies bytes by physical address with a BCOPY through the CPU's part of the kernel context's data segment
 * (gru_copy_gpa).
 *
 * <p>Slots: 0 to, 1 from, 2 bytes. Returns 0, or -1 if the copy ended with an exception.
 */
final class CopyGpa extends KernelService {
    private static final int TO = 0;
    private static final int FROM = 1;
    private static final int BYTES = 2;
    private static final int RESULT = 3;

    private final Instruction copy = Instruction.of(Opcode.BCOPY)
            .with(TransferType.BYTE)
            .with(AccessMode.UNMAPPED)
            .with(Operand.BUFSIZE, KernelContext.DSR_BYTES_PER_CPU / ChipletMap.LINE_BYTES);

    CopyGpa(GruDriver driver) {
        super(driver, "gru_copy_gpa", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the kernel context";
            case 1 -> "start the copy";
            case 2 -> "the copy has ended";
            case 3 -> "unlock the kernel context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContexts kernels = driver.kernelContexts();
        int blade = kernels.mine(a).blade;
        switch (pc) {
            case 0 -> {
                driver.count(COPY_GPA);
                a.call(kernels.lock(), 1, blade);
            }
            case 1 -> {
                long[] words = copy.with(Operand.ADDR, a.local(FROM))
                        .with(Operand.DEST, a.local(TO))
                        .with(Operand.NELEM, a.local(BYTES))
                        .with(Operand.TRI0, kernels.dsrOffset(a))
                        .words();
                start(a, words, 2);
            }
            case 2 -> {
                a.local(RESULT, idle(a) ? 0 : -1);
                a.next(3, 0, Why.POLL);
            }
            case 3 -> {
                kernels.unlock(a, blade);
                a.done(a.local(RESULT));
            }
            default -> throw noStep(pc);
        }
    }
}
