package grusim.driver;

import grusim.engine.Agent;
import grusim.isa.AccessMode;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.MessageQueueSubstatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;

/**
 * A part of sending a message: instructions on the CPU's control block, unmapped, with the message in the CPU's part of the
 * data segment.
 *
 * <p>Slots 0 to 2 are the queue, the message's tag and its lines.
 */
abstract class SendRoutine extends KernelService {
    static final int QUEUE = 0;
    static final int TAG = 1;
    static final int LINES = 2;

    private static final Instruction MESQ =
            Instruction.of(Opcode.MESQ).with(TransferType.CACHE_LINE).with(AccessMode.UNMAPPED);
    private static final Instruction STORE = Instruction.of(Opcode.VSTORE)
            .with(TransferType.CACHE_LINE)
            .with(AccessMode.UNMAPPED)
            .with(Operand.STRIDE, 1);
    private static final Instruction CLEAR = Instruction.of(Opcode.VSET)
            .with(TransferType.CACHE_LINE)
            .with(AccessMode.UNMAPPED)
            .with(Operand.STRIDE, 1);
    private static final Instruction ATOMIC =
            Instruction.of(Opcode.GAMIR).with(TransferType.DOUBLEWORD).with(AccessMode.UNMAPPED);
    private static final Instruction SWAP = Instruction.of(Opcode.GAMER)
            .with(TransferType.DOUBLEWORD)
            .with(ExtendedOpcode.COMPARE_AND_SWAP)
            .with(AccessMode.UNMAPPED);

    private final byte[] message = new byte[2 * MessageQueue.LINE];

    SendRoutine(GruDriver driver, String name, int slots) {
        super(driver, name, slots);
    }

    final MessageQueue queue(Agent a) {
        return driver.messageQueues().of((int) a.local(QUEUE));
    }

    /** Puts the message into the CPU's part of the data segment. */
    final void write(Agent a) {
        int lines = (int) a.local(LINES);
        MessageContent.fill(message, (int) a.local(TAG), lines, driver.engine().isTimed());
        write(a, lines * MessageQueue.LINE);
    }

    /** Puts a no-op message's header where the message's is. */
    final void writeNoop(Agent a) {
        MessageContent.fill(message, (int) a.local(TAG), 1, driver.engine().isTimed());
        MessageContent.firstWord(message, MessageContent.noop());
        write(a, MessageQueue.LINE);
    }

    private void write(Agent a, int bytes) {
        KernelContexts kernels = driver.kernelContexts();
        kernels.writeDsr(kernels.mine(a), kernels.dsrOffset(a), message, bytes);
    }

    /** Ends the step: starts a MESQ of some lines. */
    final void send(Agent a, int lines, int next) {
        start(a, at(a, MESQ, queue(a).address, lines), next);
    }

    /** Ends the step: starts a store of lines of the message to a line of the queue. */
    final void store(Agent a, long address, int lines, int next) {
        start(a, at(a, STORE, address, lines), next);
    }

    /** Ends the step: starts to clear lines of the queue. */
    final void clear(Agent a, long address, int lines, int next) {
        start(a, CLEAR.with(Operand.ADDR, address).with(Operand.NELEM, lines).words(), next);
    }

    private long[] at(Agent a, Instruction instruction, long address, int lines) {
        return instruction
                .with(Operand.ADDR, address)
                .with(Operand.NELEM, lines)
                .with(Operand.TRI0, driver.kernelContexts().dsrOffset(a))
                .words();
    }

    /** Ends the step: starts an atomic operation on a word of the queue. */
    final void operate(Agent a, ExtendedOpcode operation, long address, int next) {
        start(a, ATOMIC.with(operation).with(Operand.ADDR, address).words(), next);
    }

    /** Ends the step: starts a compare-and-swap of the queue's head and limit. */
    final void swapHead(Agent a, long expected, long value, int next) {
        long[] words = SWAP.with(Operand.ADDR, queue(a).address)
                .with(Operand.OPERAND1, value)
                .with(Operand.OPERAND2, expected)
                .words();
        start(a, words, next);
    }

    /** What the last instruction returned. */
    final long returned(Agent a) {
        return block(a).avalue();
    }

    /** Why the last message was not sent. */
    final MessageQueueSubstatus substatus(Agent a) {
        return MessageQueueSubstatus.of(block(a).substatus());
    }

    /** The failure of a send whose substatus stops the kernel. */
    static IllegalStateException stops(MessageQueue queue) {
        return new IllegalStateException("queue " + queue.name + ": a message left its page");
    }
}
