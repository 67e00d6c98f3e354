package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.Why;
import grusim.isa.ExceptionCause;
import grusim.isa.Opcode;
import grusim.machine.Interconnect;
import grusim.machine.Machine;
import grusim.machine.MemoryPort;
import grusim.machine.PhysicalMemory;
import grusim.workload.InjectedError;

/**
 * The way of one line request: to the memory that has the frame, at its port (where the bytes are read or written, and
 * atomic operations happen), and back. A request to another blade passes both blades' links each way.
 *
 * <p>Each step makes its request of a resource at the moment of arrival, and goes on when that resource begins to serve
 * it. What happens to the bytes is in {@link LineAccess}.
 */
final class LinePath {
    static final int LEAVE = CbrRoutine.FIRST_OF_LINE;
    static final int REACH_HOME = LEAVE + 1;
    static final int ACCESS = LEAVE + 2;
    static final int LEAVE_HOME = LEAVE + 3;
    static final int COME_BACK = LEAVE + 4;
    static final int RESPOND = CbrRoutine.LAST_OF_LINE;

    private static final int WORD = Long.BYTES;

    private final Engine engine;
    private final int blade;
    private final PhysicalMemory memory;
    private final Interconnect interconnect;
    private final TlbPort port;
    private final LineAccess access;
    private final CbrOrder order;
    private final RequestErrors errors;
    private final long lookupPs;
    private final long amoPs;

    LinePath(Chiplet chiplet, Machine machine) {
        engine = machine.engine();
        blade = chiplet.blade();
        memory = machine.memory();
        interconnect = machine.interconnect();
        port = chiplet.tlbPort();
        access = new LineAccess(chiplet, memory);
        order = chiplet.order();
        errors = new RequestErrors(chiplet.errors(), chiplet.spec().errors());
        lookupPs = chiplet.spec().tlbLookupLatencyPs();
        amoPs = chiplet.spec().amoLatencyPs();
    }

    /** A request whose frame is known sets out once the lookup is done. */
    void begin(CbrUnit unit, int stream, int bytes, long vaddr, long frame) {
        int first;
        if (!memory.exists(frame)) {
            unit.fail(ExceptionCause.ADDRESS_SPACE_DECODE_ERROR.mask(), vaddr, 0);
            first = RESPOND;
        } else {
            first = memory.blade(frame) == blade ? ACCESS : LEAVE;
        }
        long position = unit.transfer.issued(stream);
        int slot = unit.slots.add(first, engine.nowPs() + lookupPs, stream, position, bytes, vaddr, frame);
        if (first != RESPOND) {
            errors.strike(unit, slot);
        }
    }

    void step(CbrUnit unit, int phase) {
        switch (phase) {
            case LEAVE -> leave(unit);
            case REACH_HOME -> reachHome(unit);
            case ACCESS -> access(unit);
            case LEAVE_HOME -> leaveHome(unit);
            case COME_BACK -> comeBack(unit);
            case RESPOND -> respond(unit);
            default -> throw new AssertionError("step " + phase);
        }
        order.proceed(unit);
    }

    private void leave(CbrUnit unit) {
        int slot = unit.slot;
        unit.account.mark(Why.TLB_LOOKUP, engine.nowPs());
        int home = memory.blade(unit.slots.frame(slot));
        long beginPs = interconnect.out(blade).send(unit, requestBytes(unit, slot));
        unit.slots.next(slot, REACH_HOME, beginPs + interconnect.flightPs(blade, home), beginPs);
    }

    private void reachHome(CbrUnit unit) {
        int slot = unit.slot;
        unit.account.mark(Why.LINK_QUEUE, unit.slots.servedPs(slot));
        unit.account.mark(Why.LINK, engine.nowPs());
        int home = memory.blade(unit.slots.frame(slot));
        long beginPs = interconnect.in(home).send(unit, requestBytes(unit, slot));
        unit.slots.next(slot, ACCESS, beginPs, beginPs);
    }

    private void access(CbrUnit unit) {
        int slot = unit.slot;
        int home = memory.blade(unit.slots.frame(slot));
        boolean local = home == blade;
        boolean failing = unit.slots.error(slot) != null;
        unit.account.mark(local ? Why.TLB_LOOKUP : Why.LINK_QUEUE, engine.nowPs());
        MemoryPort at = interconnect.memory(home);
        if (failing && RequestErrors.unanswered(unit, slot)) {
            long nowPs = engine.nowPs();
            unit.slots.next(slot, local ? RESPOND : LEAVE_HOME, nowPs + errors.homeTimeoutPs(), nowPs);
            return;
        }
        boolean races = memory.racing(unit.slots.frame(slot)) != null;
        long beginPs = races ? at.requestForRace() : at.request(unit);
        if (!failing) {
            access.move(unit, slot);
        }
        long donePs = beginPs + at.latencyPs() + (atomic(unit, slot) ? amoPs : 0);
        unit.slots.next(slot, local ? RESPOND : LEAVE_HOME, donePs, beginPs);
    }

    private void leaveHome(CbrUnit unit) {
        int slot = unit.slot;
        markMemory(unit, slot);
        int home = memory.blade(unit.slots.frame(slot));
        long beginPs = interconnect.out(home).send(unit, responseBytes(unit, slot));
        unit.slots.next(slot, COME_BACK, beginPs + interconnect.flightPs(home, blade), beginPs);
    }

    private void comeBack(CbrUnit unit) {
        int slot = unit.slot;
        unit.account.mark(Why.LINK_QUEUE, unit.slots.servedPs(slot));
        unit.account.mark(Why.LINK, engine.nowPs());
        long beginPs = interconnect.in(blade).send(unit, responseBytes(unit, slot));
        unit.slots.next(slot, RESPOND, beginPs, beginPs);
    }

    private void respond(CbrUnit unit) {
        int slot = unit.slot;
        LineSlots slots = unit.slots;
        InjectedError error = slots.error(slot);
        Why stayed = RequestErrors.staysHere(error);
        if (stayed != null) {
            unit.account.mark(stayed, engine.nowPs());
        } else if (!memory.exists(slots.frame(slot))) {
            unit.account.mark(Why.TLB_LOOKUP, engine.nowPs());
        } else if (memory.blade(slots.frame(slot)) == blade) {
            markMemory(unit, slot);
        } else {
            unit.account.mark(Why.LINK_QUEUE, engine.nowPs());
        }
        if (error != null) {
            RequestErrors.fail(unit, slot, error);
        }
        access.answered(unit, slot);
        unit.over(slot);
        unit.mode = port.contexts().mode(unit.context);
        if (error == null) {
            port.respond(unit, unit.context);
        } else {
            unit.queuedForLine = false;
            port.failed(unit, unit.number(), unit.context);
        }
    }

    private void markMemory(CbrUnit unit, int slot) {
        long nowPs = engine.nowPs();
        if (RequestErrors.unanswered(unit, slot)) {
            unit.account.mark(Why.TIMEOUT, nowPs);
            return;
        }
        unit.account.mark(Why.MEMORY_QUEUE, unit.slots.servedPs(slot));
        if (atomic(unit, slot)) {
            unit.account.mark(Why.MEMORY, nowPs - amoPs);
            unit.account.mark(Why.ATOMIC, nowPs);
        } else {
            unit.account.mark(Why.MEMORY, nowPs);
        }
    }

    /** Data bytes of the message to the memory: a store's data; an AMO's operands, one or four words (assumed). */
    private static int requestBytes(CbrUnit unit, int slot) {
        if (atomic(unit, slot)) {
            return unit.transfer.opcode() == Opcode.GAMXR ? AtomicAccess.EXCHANGE_BYTES : WORD;
        }
        return unit.transfer.writes(unit.slots.stream(slot)) ? unit.slots.bytes(slot) : 0;
    }

    private static boolean atomic(CbrUnit unit, int slot) {
        return unit.transfer.atomic(unit.slots.stream(slot));
    }

    /** Data bytes of the message back: a load's data; an AMO's old value, one word (assumed). */
    private static int responseBytes(CbrUnit unit, int slot) {
        if (atomic(unit, slot)) {
            return WORD;
        }
        boolean loads = unit.transfer.opcode() != Opcode.VFLUSH && !unit.transfer.writes(unit.slots.stream(slot));
        return loads ? unit.slots.bytes(slot) : 0;
    }
}
