package grusim.run.trace;

import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.LedgerObserver;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import java.util.List;
import java.util.TreeMap;

/**
 * The instructions of control blocks as slices, from their start to the poll that finds their end, and inside each what its
 * time went to: the parts that the run's attribution counts, in their order. An instruction that its context's unloading
 * interrupts is cut there, and goes on, perhaps in another block, when the context is loaded again; one that is started
 * again after an exception is a slice of its own. One that is started after it was due is shown from its start on: the
 * time before, in which its block may have had another one, is a detail.
 */
final class Instructions {
    /** Detail of a slice whose instruction had ended with an exception and is started again. */
    private static final String AGAIN = "again";

    /** Detail of a slice whose instruction was cut before. */
    private static final String CONTINUED = "continued";

    private final Stage stage;
    private final Engine engine;
    private final TreeMap<Integer, int[]> inFlight = new TreeMap<>();
    private final TreeMap<Integer, Block[]> blocks = new TreeMap<>();

    Instructions(Stage stage, Engine engine, List<Chiplet> chiplets) {
        this.stage = stage;
        this.engine = engine;
        for (Chiplet chiplet : chiplets) {
            int index = chiplet.index();
            int counter = stage.counter(index, 1, "instructions in flight", "instructions");
            inFlight.put(index, new int[] {counter, 0});
            Block[] of = new Block[chiplet.size().controlBlocks()];
            for (int n = 0; n < of.length; n++) {
                of[n] = new Block(index, chiplet.cb(n));
                chiplet.cb(n).ledger().observer(of[n]);
            }
            blocks.put(index, of);
        }
    }

    /** One control block. */
    private final class Block implements LedgerObserver {
        private final int chiplet;
        private final ControlBlock cb;
        private int track = Timeline.NONE;
        private boolean open;
        private boolean ended;
        private int why = -1;
        private long markPs;

        Block(int chiplet, ControlBlock cb) {
            this.chiplet = chiplet;
            this.cb = cb;
        }

        private long word0() {
            return ((Cell) cb.awaitable()).peek();
        }

        @Override
        public void started(long atPs) {
            close();
            long nowPs = engine.nowPs();
            open(nowPs, atPs == nowPs ? Mark.NONE : Mark.of(Detail.of("behind_ps", nowPs - atPs)));
        }

        private void open(long atPs, Mark mark) {
            track = stage.of(TrackKind.CBR, chiplet, cb.number());
            stage.timeline().begin(track, atPs, name(InstructionLayout.OPC.intIn(word0())), mark);
            open = true;
            ended = false;
            markPs = atPs;
            flying(1, engine.nowPs());
        }

        /** A program may start what is no instruction, and learn so by an exception. */
        private static String name(int opcode) {
            return opcode < Opcode.values().length ? Opcode.of(opcode).mnemonic() : "opcode " + opcode;
        }

        @Override
        public void spent(Why reason, long fromPs, long toPs) {
            if (open && toPs <= markPs) {
                return;
            }
            if (!open) {
                if (!unfinished()) {
                    return;
                }
                open(Math.max(fromPs, markPs), Mark.of(Detail.of(reason == Why.RETRY ? AGAIN : CONTINUED, 1)));
            }
            if (why != reason.ordinal()) {
                endPart();
                stage.timeline().begin(track, Math.max(fromPs, markPs), reason.text(), Mark.NONE);
                why = reason.ordinal();
            }
            markPs = toPs;
        }

        private boolean unfinished() {
            InstructionStatus status = InstructionStatus.values()[InstructionLayout.ISTATUS.intIn(word0())];
            return InstructionLayout.ICMD.in(word0()) != 0
                    && (status == InstructionStatus.ACTIVE || status == InstructionStatus.CALL_OS);
        }

        private void endPart() {
            if (why >= 0) {
                stage.timeline().end(track, markPs);
                why = -1;
            }
        }

        void close() {
            if (open) {
                endPart();
                stage.timeline().endTo(track, 0, markPs);
                open = false;
                flying(-1, engine.nowPs());
            }
        }

        private void flying(int more, long nowPs) {
            int[] counted = inFlight.get(chiplet);
            if (counted != null) {
                counted[1] += more;
                stage.timeline().count(counted[0], nowPs, counted[1]);
            }
        }
    }

    private Block block(int chiplet, int cb) {
        Block[] of = blocks.get(chiplet);
        if (of == null) {
            throw new IllegalStateException("chiplet " + chiplet + " is not traced");
        }
        return of[cb];
    }

    /** The status of an instruction was written. */
    void ended(int chiplet, int cb, int ecause) {
        Block block = block(chiplet, cb);
        block.ended = true;
        if (ecause != 0) {
            instant(chiplet, cb, "exception", Mark.of(Detail.address("cause", ecause)));
        }
    }

    /** Software has read the status. */
    void read(int chiplet, int cb) {
        Block block = block(chiplet, cb);
        if (block.ended) {
            block.close();
        }
    }

    /** A context goes away with the instructions in its blocks. */
    void unloaded(int chiplet, int[] of) {
        for (int cb : of) {
            block(chiplet, cb).close();
        }
    }

    /** Something happens to the instruction of a block. */
    void instant(int chiplet, int cb, String what, Mark mark) {
        stage.timeline().instant(stage.of(TrackKind.CBR, chiplet, cb), engine.nowPs(), what, mark);
    }

    /** Whether it is known where the time of all instructions under way went until a moment. */
    boolean knownUntil(long atPs) {
        for (Block[] of : blocks.values()) {
            for (Block block : of) {
                if (block.open && !block.ended && block.markPs < atPs) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The run ends here: what it will be said that instructions wait for now is not known. */
    void finish() {
        for (Block[] of : blocks.values()) {
            for (Block block : of) {
                if (block.ended) {
                    block.close();
                } else {
                    block.endPart();
                }
            }
        }
    }
}
