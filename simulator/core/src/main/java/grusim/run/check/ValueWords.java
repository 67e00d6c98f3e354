package grusim.run.check;

import grusim.gru.TlbFaultHandle;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.handle.Cch;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.HandleCommand;
import grusim.isa.handle.Tfh;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.Tgh;
import grusim.isa.handle.TghOpcode;
import grusim.isa.handle.TghState;
import grusim.linux.Pte;
import java.util.StringJoiner;

/** The words of racing state as a reader of the driver knows them. */
final class ValueWords {
    private ValueWords() {}

    /** A page-table entry of the last level. */
    static String pte(long pte) {
        if (pte == Pte.NONE) {
            return "none";
        }
        if (Pte.present(pte)) {
            String rights = Pte.writable(pte) ? ", writable" : ", read-only";
            return "frame " + Pte.pfn(pte) + rights + (Pte.dirty(pte) ? ", dirty" : "");
        }
        return Pte.swap(pte) ? "swap slot " + Pte.slot(pte) : "0x" + Long.toHexString(pte);
    }

    /** A page-table entry above the last level. */
    static String pointer(long entry) {
        return entry == Pte.NONE ? "none" : "a table";
    }

    /** Whether the first word of a handle carries a command that software started. */
    static boolean command(long word) {
        return (word & HandleCommand.START_BITS) == HandleCommand.START_BITS;
    }

    static String tfh(long word) {
        if (command(word)) {
            return TfhOpcode.of(Tfh.OPC.intIn(word)).name();
        }
        String status = status(TlbFaultHandle.status(word));
        return status + " " + TlbFaultHandle.state(word) + (TlbFaultHandle.write(word) ? " write" : "");
    }

    static String tgh(long word) {
        if (command(word)) {
            return TghOpcode.of(Tgh.OPC.intIn(word)).name();
        }
        return status(Tgh.STATUS.intIn(word)) + " " + TghState.of(Tgh.STATE.intIn(word)) + locked(word);
    }

    static String cch(long word) {
        if (command(word)) {
            return CchOpcode.of(Cch.OPC.intIn(word)).name();
        }
        return status(Cch.STATUS.intIn(word)) + " " + CchState.of(Cch.STATE.intIn(word)) + locked(word);
    }

    /** Whether a new first word of a control block starts an instruction: it changes more than the status. */
    static boolean instruction(long old, long word) {
        long changed = (old ^ word) & ~InstructionLayout.ISTATUS.mask();
        return InstructionLayout.ICMD.intIn(word) != 0 && changed != 0;
    }

    static String cb(long word) {
        return InstructionStatus.of(InstructionLayout.ISTATUS.intIn(word)).name();
    }

    private static String locked(long word) {
        return HandleCommand.DELRESP.intIn(word) == 0 ? "" : ", locked";
    }

    private static String status(int code) {
        for (CommandStatus status : CommandStatus.values()) {
            if (status.code() == code) {
                return status.name();
            }
        }
        return "ACTIVE";
    }

    /** A mask of control blocks. */
    static String bits(long mask) {
        StringJoiner blocks = new StringJoiner(", ");
        blocks.setEmptyValue("no bit");
        for (long left = mask; left != 0; left &= left - 1) {
            blocks.add("CB " + Long.numberOfTrailingZeros(left));
        }
        return blocks.toString();
    }
}
