package grusim.gru;

import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.machine.PhysicalMemory;
import grusim.machine.RacingBlock;

/**
 * What a line request does to bytes when it reaches the memory: a load moves them to the data segment, a store or a
 * copy takes its from there, a fill from the instruction, and an atomic operation works in place. A flush finds nothing
 * to write back: no cache stands between the chiplet and the memory of this model.
 */
final class LineAccess {
    private static final int WORD = Long.BYTES;

    private final Chiplet chiplet;
    private final PhysicalMemory memory;
    private final DataSegment segment;
    private final ContextTable contexts;
    private final DeviceCounters counters;
    private final AtomicAccess atomics;
    private final MessageSend messages;
    private final byte[] line = new byte[Transfer.LINE];

    LineAccess(Chiplet chiplet, PhysicalMemory memory) {
        this.chiplet = chiplet;
        this.memory = memory;
        segment = chiplet.dataSegment();
        contexts = chiplet.tlbPort().contexts();
        counters = chiplet.counters();
        atomics = new AtomicAccess(chiplet, memory);
        messages = new MessageSend(chiplet, memory);
    }

    /** A request has answered: what does the instruction do about it? */
    void answered(CbrUnit unit, int slot) {
        if (unit.transfer.atomic(unit.slots.stream(slot))) {
            if (unit.transfer.opcode() == Opcode.MESQ) {
                messages.checked(unit, MessageSend.lines(chiplet.cb(unit.number())));
            } else if (unit.poll.waits()) {
                unit.transfer.again();
            }
        }
    }

    /** Does the request of a slot. */
    void move(CbrUnit unit, int slot) {
        Transfer transfer = unit.transfer;
        int stream = unit.slots.stream(slot);
        long frame = unit.slots.frame(slot);
        long vaddr = unit.slots.vaddr(slot);
        int offset = (int) vaddr & (PhysicalMemory.FRAME_BYTES - 1);
        int bytes = unit.slots.bytes(slot);
        boolean write = transfer.writes(stream);
        boolean message = transfer.opcode() == Opcode.MESQ;
        if (transfer.atomic(stream)) {
            counters.atomics++;
            if (message) {
                messages.check(unit, MessageSend.lines(chiplet.cb(unit.number())), frame, offset);
            } else {
                atomics.operate(unit, frame, offset, bytes);
            }
            memory.read(frame, offset, line, 0, bytes);
        } else if (message && messages.refused(unit)) {
            return;
        } else if (write) {
            counters.linesWritten++;
            if (memory.functional()) {
                fetch(unit, slot, bytes);
                RacingBlock racing = memory.racing(frame);
                if (racing == null) {
                    memory.write(frame, offset, line, 0, bytes);
                } else {
                    racing.write(unit, frame, offset, line, 0, bytes);
                }
            }
        } else {
            load(unit, slot, frame, offset, bytes);
        }
        DeviceObserver observer = chiplet.observer();
        if (observer != DeviceObserver.NONE) {
            int asid = contexts.asid(unit.context, vaddr);
            observer.memoryAccessed(
                    chiplet.index(), unit.context, unit.number(), asid, vaddr, frame, bytes, write, line);
        }
    }

    private void load(CbrUnit unit, int slot, long frame, int offset, int bytes) {
        boolean flush = unit.transfer.opcode() == Opcode.VFLUSH;
        if (flush) {
            counters.linesFlushed++;
        } else {
            counters.linesRead++;
        }
        if (memory.functional()) {
            RacingBlock racing = memory.racing(frame);
            if (racing == null) {
                memory.read(frame, offset, line, 0, bytes);
            } else {
                racing.read(unit, frame, offset, line, 0, bytes);
            }
            if (!flush) {
                keep(unit, slot, bytes);
            }
        }
    }

    /** Brings the bytes of a store into {@code line}. */
    private void fetch(CbrUnit unit, int slot, int bytes) {
        Transfer transfer = unit.transfer;
        Opcode opcode = transfer.opcode();
        long position = unit.slots.position(slot);
        int map = transfer.segmentMap();
        if (opcode == Opcode.VSET || opcode == Opcode.IVSET) {
            long value = chiplet.cb(unit.number()).word(InstructionLayout.OPERAND_2.word());
            int mask = Math.min(transfer.elementBytes(), WORD) - 1;
            for (int i = 0; i < bytes; i++) {
                line[i] = (byte) (value >>> (((int) (position + i) & mask) * Byte.SIZE));
            }
        } else if (transfer.buffer() == 0) {
            segment.read(map, transfer.tri0() + position, line, 0, bytes);
        } else {
            int first = inBuffer(transfer, position, bytes);
            segment.read(map, transfer.tri0() + position % transfer.buffer(), line, 0, first);
            segment.read(map, transfer.tri0(), line, first, bytes - first);
        }
    }

    /** Puts the bytes of a load from {@code line} into the data segment. */
    private void keep(CbrUnit unit, int slot, int bytes) {
        Transfer transfer = unit.transfer;
        long position = unit.slots.position(slot);
        int map = transfer.segmentMap();
        if (transfer.buffer() == 0) {
            segment.write(map, transfer.tri0() + position, line, 0, bytes);
        } else {
            int first = inBuffer(transfer, position, bytes);
            segment.write(map, transfer.tri0() + position % transfer.buffer(), line, 0, first);
            segment.write(map, transfer.tri0(), line, first, bytes - first);
        }
    }

    /** How many of the bytes from a position on lie before a BCOPY's buffer begins again. */
    private static int inBuffer(Transfer transfer, long position, int bytes) {
        return (int) Math.min(bytes, transfer.buffer() - position % transfer.buffer());
    }
}
