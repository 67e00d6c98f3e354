package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.bcopy;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.TfhOpcode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault in the middle: the extended block shows where the instruction is, and it goes on exactly there. */
final class RestartTest {
    private static final long PAGE = 4096;
    private static final int PAGES = 600;
    private static final long FROM = 16 * PAGE + 24;
    private static final long TO = 4096 * PAGE + 1000;

    private final Rig rig =
            new Rig("gru.tlb={\"sets\": 1, \"ways\": 2}", "gru.linesInFlightPerCbr=5").loaded(Rig.Mode.MAP_ONLY);
    private final List<long[]> seen = new ArrayList<>();

    /** Answers every miss with frame = page, after a look at the extended block. */
    private final class Answers extends Routine {
        Answers() {
            super(rig.engine, "os", 0);
        }

        @Override
        public String stepName(int pc) {
            return List.of("wait for a miss", "look", "drop in").get(pc);
        }

        @Override
        public void step(Agent agent, int pc) {
            TlbFaultHandle tfh = rig.chiplet.tfh(CB);
            switch (pc) {
                case 0 -> {
                    if (TlbFaultHandle.exception(tfh.load(agent))) {
                        // until the requests under way have ended
                        agent.next(1, 1_000 * Rig.NS, Why.THINK);
                    } else {
                        agent.await(tfh.awaitable(), 0, Why.IDLE);
                    }
                }
                case 1 -> {
                    long[] cbe = new long[9];
                    rig.chiplet.cb(CB).extended(agent, cbe);
                    cbe[8] = tfh.missVaddr();
                    seen.add(cbe);
                    agent.next(2, 0, Why.COMPUTE);
                }
                default -> {
                    long vaddr = tfh.missVaddr();
                    tfh.command(agent, TfhOpcode.WRITE_RESTART, vaddr, tfh.missAsid(), vaddr >>> 12, Rig.SIZE_4K, true);
                    agent.next(0, 0, Why.DROPIN);
                }
            }
        }
    }

    private void execute(Instruction instruction) {
        new Agent(rig.engine, "os").start(new Answers(), 0);
        Script script = rig.play("user", rig.execute(rig.script(), CB, instruction));
        rig.run();
        assertThat(script.endPs()).isPositive();
        assertThat(rig.count(DeviceStat.EXCEPTIONS)).isZero();
    }

    @Test
    void bcopy_showsItsBasesLinesAndElements_atEveryFault() {
        for (int page = 0; page <= PAGES; page++) {
            rig.memory.seed(16 + page, 5, page);
        }
        int bytes = PAGES * 4096;
        execute(bcopy(FROM, TO, bytes, TransferType.BYTE, 16));
        assertThat(seen).hasSizeGreaterThan(2 * PAGES);
        long from = FROM;
        long to = TO;
        for (long[] cbe : seen) {
            long base0 = Cbe.IDEF1UPD.get(cbe);
            long base1 = Cbe.IDEF3UPD.get(cbe);
            assertThat(base0).isBetween(from, FROM + bytes);
            assertThat(base1).isBetween(to, TO + bytes);
            assertThat(cbe[8]).as("a miss is found at one of the bases").isIn(base0, base1);
            assertThat(base0 - FROM - (base1 - TO)).as("in the buffer").isBetween(0L, 1024L);
            assertThat(Cbe.IDEF5UPD.get(cbe)).as("elements left").isEqualTo(bytes - (base1 - TO));
            long lines = base0 == FROM + bytes ? 0 : (FROM + bytes - 1) / 64 - base0 / 64 + 1;
            assertThat(Cbe.IDEF6CPY.get(cbe)).as("source lines left").isEqualTo(lines);
            from = base0;
            to = base1;
        }
        byte[] source = new byte[4096];
        byte[] target = new byte[4096];
        // the destination begins 976 bytes later in its page than the source
        for (int page = 0; page < PAGES; page++) {
            rig.memory.read(16 + page, 24, source, 0, 3000);
            rig.memory.read(4096 + page, 1000, target, 0, 3000);
            assertThat(target).isEqualTo(source);
        }
        assertThat(rig.memory.readWord(4096, 992, 8)).isZero();
        assertThat(rig.memory.readWord(4096 + PAGES, 1000, 8)).isZero();
    }

    @Test
    void scatter_showsHowManyElementsAreLeft_atEveryFault() {
        int elements = 20;
        for (int i = 0; i < elements; i++) {
            rig.doublewords(8 * i, 1000 + i);
            // words of page after page, every third one across two of them
            rig.doublewords(1024 + 8 * i, i % 3 == 0 ? i * 512L + 511 : i * 512L);
        }
        execute(Instruction.of(Opcode.IVSTORE)
                .with(TransferType.DOUBLEWORD)
                .with(Operand.ADDR, 100 * PAGE + 3)
                .with(Operand.TRI1, 1024)
                .with(Operand.NELEM, elements));
        assertThat(seen).hasSizeGreaterThanOrEqualTo(elements);
        for (long[] cbe : seen) {
            assertThat(Cbe.IDEF1UPD.get(cbe)).isEqualTo(cbe[8]);
            long left = Cbe.IDEF5UPD.get(cbe);
            assertThat(Cbe.IDEF4UPD.get(cbe)).isEqualTo(1024 + (elements - left) * 8);
            assertThat(Cbe.IDEF4CPY.get(cbe)).isEqualTo(1024);
        }
        for (int i = 0; i < elements; i++) {
            long at = 100 * PAGE + 3 + 8 * (i % 3 == 0 ? i * 512L + 511 : i * 512L);
            long word = 0;
            for (int b = 7; b >= 0; b--) {
                word = (word << 8) | rig.memory.readWord((at + b) >>> 12, (int) (at + b) & 4095, 1);
            }
            assertThat(word).as("element %d", i).isEqualTo(1000 + i);
        }
    }
}
