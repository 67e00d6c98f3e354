package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.Layout;
import grusim.isa.Opcode;
import grusim.isa.handle.Cbe;
import java.util.Arrays;

/**
 * What software wrote to a control block's extended block (CBE) when it copied a context in. It is read back bit for bit
 * until a new instruction begins; an unfinished instruction goes on from it when the context is started.
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, grukservices.c and grumain.c (gru_load_context_data copies CBs and CBEs);
 * that an instruction is found begun by its opcode in the CBE is assumed.
 */
final class ExtendedBlock implements Stateful {
    private final long[] words = new long[Layout.WORDS];
    private boolean kept;
    private boolean resuming;

    /** Keeps the words, unless they say no more than the unit would by itself. */
    void write(long[] from, long[] ofUnit) {
        System.arraycopy(from, 0, words, 0, Layout.WORDS);
        kept = !Arrays.equals(words, ofUnit);
        if (!kept) {
            clear();
        }
    }

    void clear() {
        kept = false;
        resuming = false;
        Arrays.fill(words, 0);
    }

    /** Copies the words out if there are any. */
    boolean read(long[] into) {
        if (kept) {
            System.arraycopy(words, 0, into, 0, Layout.WORDS);
        }
        return kept;
    }

    boolean kept() {
        return kept;
    }

    /** The instruction was under way when its context was unloaded, and is to be decoded again. */
    void resume() {
        resuming = true;
    }

    boolean resuming() {
        return resuming;
    }

    /** Brings a unit's decoded instruction to where the words say it was, unless it had not been decoded then. */
    void bring(CbrUnit unit, ControlBlock cb) {
        Transfer transfer = unit.transfer;
        if (Cbe.OPCCPY.get(words) == transfer.opcode().code() && transfer.totalBytes() != 0) {
            transfer.resume(words);
            if (transfer.opcode() == Opcode.MESQ && transfer.issued(0) == transfer.totalBytes()) {
                MessageSend.resume(unit, MessageSend.lines(cb), words);
            }
            unit.streams.resume();
        }
    }

    @Override
    public void state(StateIo io) {
        kept = io.bool(kept);
        resuming = io.bool(resuming);
        for (int i = 0; i < Layout.WORDS; i++) {
            words[i] = kept ? io.i64(words[i]) : 0;
        }
    }
}
