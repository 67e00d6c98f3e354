package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.ExceptionCause;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.handle.Cch;
import grusim.machine.Machine;

/**
 * How a control block executes: decode, then one request per (part of) a line - look up the TLB, travel, access the
 * memory, return - and the status at the end; a miss is recorded, announced and waited for in between.
 *
 * <p>The order of work and its latencies are assumed; the states are those of cbrstate and of the TFH. Requests of one
 * instruction are issued in order and may end in any order. While a miss is unanswered no new request is issued, and the
 * requests under way end before the instruction restarts.
 */
final class CbrRoutine extends UnitRoutine {
    static final int DECODE = 0;
    static final int TRANSLATE = 1;
    /** The steps of {@link LinePath} lie between these two. */
    static final int FIRST_OF_LINE = 2;

    static final int LAST_OF_LINE = 7;
    static final int RECORD = 8;
    static final int ANNOUNCE = 9;
    static final int RECORDED = 10;
    static final int ANSWER = 11;
    static final int STATUS = 12;
    static final int DONE_BIT = 13;
    static final int RESUME = 14;

    private static final String[] STEPS = {
        "PE_CHECK: decode",
        "REQUEST_ISSUE: look up the TLB",
        "WAIT_RESPONSE: leave the blade",
        "WAIT_RESPONSE: reach the home blade",
        "WAIT_RESPONSE: access the memory",
        "WAIT_RESPONSE: leave the home blade",
        "WAIT_RESPONSE: come back to the blade",
        "WAIT_RESPONSE: take the response",
        "INTERRUPT_MISS: record the miss in the TFH",
        "INTERRUPT_MISS: set the fault bit or tell the user",
        "INTERRUPT_MISS: the miss is recorded",
        "INTERRUPTED_MISS: look for the answer",
        "IDLE: write the status",
        "IDLE: set the done bit",
        "PE_CHECK: go on with an instruction copied in"
    };

    private final LinePath path;
    private final MissPath missPath;
    private final DeviceCounters counters;
    private final CbrOrder order;
    private final DecodeChecks checks;

    CbrRoutine(Chiplet chiplet, Machine machine) {
        super(chiplet, "control block", 0, STEPS);
        counters = chiplet.counters();
        order = chiplet.order();
        path = new LinePath(chiplet, machine);
        missPath = new MissPath(chiplet);
        checks = new DecodeChecks(port.contexts(), chiplet.errors());
    }

    @Override
    public void step(Agent agent, int pc) {
        CbrUnit unit = (CbrUnit) agent;
        switch (pc) {
            case DECODE -> decode(unit);
            case TRANSLATE -> translate(unit);
            case RECORD -> missPath.record(unit);
            case ANNOUNCE -> missPath.announce(unit);
            case RECORDED -> missPath.recorded(unit);
            case ANSWER -> answer(unit);
            case STATUS -> status(unit);
            case DONE_BIT -> doneBit(unit);
            case RESUME -> {
                chiplet.cb(unit.number()).answer(unit, InstructionStatus.ACTIVE);
                issue(unit);
            }
            default -> path.step(unit, pc);
        }
    }

    private void decode(CbrUnit unit) {
        if (unit.cancelled()) {
            end(unit);
            return;
        }
        unit.account.mark(unit.held ? unit.issueWhy : Why.START, now(unit));
        int context = port.admit(unit, unit.number());
        if (context < 0) {
            hold(unit);
            unit.await(port.resume(), DECODE, unit.issueWhy);
            return;
        }
        unit.held = false;
        unit.context = context;
        unit.mode = port.contexts().mode(context);
        unit.issueWhy = Why.DECODE;
        checks.check(unit, chiplet.cb(unit.number()));
        if (unit.resumed() && chiplet.cb(unit.number()).callsOs()) {
            unit.next(RESUME, 0, Why.DECODE);
        } else {
            issue(unit);
        }
    }

    /** Goes on with an instruction once it is decoded. */
    private void issue(CbrUnit unit) {
        if (unit.ecause != 0 || unit.transfer.totalBytes() == 0) {
            order.endAfter(unit, chiplet.spec().decodeLatencyPs());
        } else {
            unit.decoded = true;
            unit.issuePs = now(unit) + chiplet.spec().decodeLatencyPs();
            order.proceed(unit);
        }
    }

    static int ima(Transfer transfer) {
        return InstructionLayout.IMA.intIn(transfer.word0());
    }

    private void translate(CbrUnit unit) {
        if (unit.cancelled()) {
            end(unit);
            return;
        }
        Transfer transfer = unit.transfer;
        int stream = unit.stream;
        unit.poll.clear();
        long vaddr = transfer.address(stream, transfer.issued(stream));
        int attribute = transfer.attribute(stream);
        boolean unmapped = AccessMode.UNMAPPED.in(ima(transfer));
        unit.held = false;
        unit.account.markMiss(unit.issueWhy, now(unit));
        long outcome =
                port.lookup(unit, unit.number(), unit.context, vaddr, attribute, transfer.writes(stream), unmapped);
        if (outcome >= 0) {
            issued(unit, stream, vaddr, outcome);
        } else if (outcome == TlbPort.MISS) {
            missPath.begin(unit);
        } else if (outcome == TlbPort.FULL) {
            unit.queuedForLine = true;
            unit.issueWhy = Why.LINES_FULL;
        } else if (outcome == TlbPort.BUSY) {
            unit.issuePs = port.beginPs();
            unit.issueWhy = port.stalled() ? Why.INVALIDATE_PAUSE : Why.ISSUE;
        } else if (outcome == TlbPort.FAILED) {
            unit.fail(ExceptionCause.TLB_HW_ERROR.mask(), vaddr, 0);
        } else if (outcome == TlbPort.MISMATCH) {
            unit.fail(ExceptionCause.IAA_GAA_MISMATCH.mask(), vaddr, attribute);
        } else {
            hold(unit);
            if (unit.slots.active() == 0) {
                unit.await(port.resume(), TRANSLATE, unit.issueWhy);
                return;
            }
        }
        order.proceed(unit);
    }

    private void issued(CbrUnit unit, int stream, long vaddr, long frame) {
        if (unit.resolving) {
            unit.resolving = false;
            unit.account.missEnds(unit.context, DeviceObserver.MissEnd.RESTARTED, Why.RESTART);
            counters.retries[Math.min(unit.retries, DeviceCounters.RETRIES - 1)]++;
            unit.retries = 0;
        }
        if (unit.transfer.opcode() == Opcode.MESQ) {
            unit.pageShift = port.pageShift(AccessMode.UNMAPPED.in(ima(unit.transfer)));
        }
        int bytes = unit.streams.bytes(stream);
        path.begin(unit, stream, bytes, vaddr, frame);
        unit.transfer.advance(stream, bytes);
        unit.issuePs = now(unit) + chiplet.spec().issueIntervalPs();
        unit.issueWhy = Why.ISSUE;
    }

    private void hold(CbrUnit unit) {
        unit.held = true;
        int context = port.contexts().owner(unit.number());
        boolean paused = context != ContextTable.NOBODY && port.contexts().paused(context);
        unit.issueWhy = paused ? Why.INVALIDATE_PAUSE : Why.CONTEXT_LOAD;
    }

    private void answer(CbrUnit unit) {
        if (unit.cancelled()) {
            end(unit);
        } else {
            missPath.answer(unit);
        }
    }

    private void status(CbrUnit unit) {
        long nowPs = now(unit);
        unit.account.missEnds(unit.context, DeviceObserver.MissEnd.FAILED, Why.RESTART);
        unit.account.mark(Why.DECODE, nowPs - chiplet.spec().statusWriteLatencyPs());
        unit.account.mark(Why.STATUS, nowPs);
        ControlBlock cb = chiplet.cb(unit.number());
        int opcode = InstructionLayout.OPC.intIn(cb.word(0));
        if (opcode < counters.instructions.length) {
            counters.instructions[opcode]++;
        }
        if (unit.ecause == 0) {
            cb.avalue(unit.avalue);
            cb.answer(unit, unit.substatus);
        } else {
            counters.exceptions++;
            for (int left = unit.ecause; left != 0; left &= left - 1) {
                counters.causes[Integer.numberOfTrailingZeros(left)]++;
            }
            cb.answer(unit, InstructionStatus.EXCEPTION);
        }
        chiplet.observer().instructionEnded(chiplet.index(), unit.context, unit.number(), opcode, unit.ecause);
        boolean done = !unit.failing()
                && AccessMode.INTERRUPT.in(ima(unit.transfer))
                && Cch.TFM_DONE_BIT_ENABLE.in(unit.mode) != 0;
        if (done) {
            unit.next(DONE_BIT, 0, Why.STATUS);
        } else {
            end(unit);
        }
    }

    private void doneBit(CbrUnit unit) {
        boolean interrupt = Cch.CB_INT_ENABLE.in(unit.mode) != 0;
        chiplet.tfm(Cch.TLB_INT_SELECT.intIn(unit.mode)).done(unit, unit.number(), interrupt);
        end(unit);
    }

    private static void end(CbrUnit unit) {
        unit.account.missEnds(unit.context, DeviceObserver.MissEnd.UNLOADED, Why.CONTEXT_UNLOAD);
        unit.ending(false);
        unit.wake().give();
        unit.done(0);
    }

    private static long now(CbrUnit unit) {
        return unit.engine().nowPs();
    }
}
