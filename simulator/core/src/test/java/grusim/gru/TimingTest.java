package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.TfhOpcode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every latency adds up to the picosecond: each expectation is computed by hand from the spec. */
@Tag("timing")
final class TimingTest {
    private static final long PAGE = 4096;
    /** hub + decode + lookup + line + status. */
    private static final long HIT_PS = (60 + 20 + 4 + 130 + 100) * NS;
    /** 64 bytes at 25.6 GB/s. */
    private static final long LINE_PS = 2500;

    @Test
    void vloadHit_takesTheSumOfItsLatencies() {
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS);
    }

    @Test
    void vloadHit_needsFiveStepsOfTheDevice() {
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long before = rig.engine.steps();
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        // the user: start, look, look again, end
        assertThat(rig.engine.steps() - before).isEqualTo(5 + 4);
    }

    @Test
    void secondEqualLoad_waitsForTheIssuePortAndTheMemory() {
        // Both decode at once; the second issues one interval later and then finds the memory busy for the rest of a
        // line.
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script first = rig.play("user0", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script second = rig.play("user1", rig.execute(rig.script(), CB + 1, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(first.endPs() - startPs).isEqualTo(HIT_PS);
        assertThat(second.endPs() - startPs).isEqualTo(HIT_PS + LINE_PS);
        assertThat(rig.chiplet.cb(CB + 1).ledger().spentPs(Why.ISSUE)).isEqualTo(2 * NS);
        assertThat(rig.chiplet.cb(CB + 1).ledger().spentPs(Why.MEMORY_QUEUE)).isEqualTo(LINE_PS - 2 * NS);
    }

    @Test
    void linesOfOneLoad_issueOnePerInterval() {
        // 4 lines: the last one issues 3 intervals of 10 ns after the first; the memory keeps up.
        Rig rig = new Rig("gru.issueInterval=10 ns").loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 4, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 30 * NS);
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(4);
    }

    @Test
    void linesOfOneLoad_queueAtTheMemory() {
        // 32 lines at 2 ns each arrive faster than 2.5 ns each are served.
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 32, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 31 * LINE_PS);
    }

    @Test
    void lineLimitOfAControlBlock_makesTheNextLineWaitForAResponse() {
        Rig rig =
                new Rig("gru.linesInFlightPerCbr=1").loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 3, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 2 * (4 + 130) * NS);
    }

    @Test
    void lineLimitOfTheChiplet_isHandedOnInOrderOfArrival() {
        Rig rig = new Rig("gru.linesInFlightPerChiplet=1")
                .loaded(Rig.Mode.INTERRUPT)
                .mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script[] users = new Script[3];
        for (int i = 0; i < 3; i++) {
            users[i] = rig.play("user" + i, rig.execute(rig.script(), CB + i, vload(PAGE, 1, TransferType.CACHE_LINE)));
        }
        rig.run();
        for (int i = 0; i < 3; i++) {
            assertThat(users[i].endPs() - startPs).isEqualTo(HIT_PS + (long) i * (4 + 130) * NS);
        }
        assertThat(rig.chiplet.cb(CB + 2).ledger().spentPs(Why.LINES_FULL)).isEqualTo(2 * (4 + 130) * NS);
    }

    @Test
    void lineCredit_reachesAControlBlockInTheMiddleOfItsOtherRequests() {
        // Two credits. The first block's remote line leaves at 84 ns and answers at 394; the second block's local line,
        // looked up 2 ns later, answers at 216. Then, not at its own next step at 274, the first block issues again.
        Rig rig = new Rig("machine.blades=2", "gru.linesInFlightPerChiplet=2").loaded(Rig.Mode.INTERRUPT);
        rig.mapped(1, 1, false).mapped(2, rig.memory.frame(1, 1), false);
        long startPs = rig.engine.nowPs();
        Script remote = rig.play("remote", rig.execute(rig.script(), CB, vload(2 * PAGE, 2, TransferType.CACHE_LINE)));
        rig.play("local", rig.execute(rig.script(), CB + 1, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        long grantedPs = (82 + 4 + 130) * NS;
        assertThat(remote.endPs() - startPs).isEqualTo(grantedPs + (4 + 60 + 130 + 60 + 100) * NS);
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void remoteLoad_crossesBothLinksTwice() {
        // Blades 0 and 1 hang on one router: one hop of 60 ns each way. Links and memory are idle.
        Rig rig = new Rig("machine.blades=2").loaded(Rig.Mode.INTERRUPT);
        rig.mapped(1, rig.memory.frame(1, 1), false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 2 * 60 * NS);
        assertThat(rig.chiplet.cb(CB).ledger().spentPs(Why.LINK)).isEqualTo(2 * 60 * NS);
    }

    @Test
    void secondRemoteLoad_waitsForTheWayBack() {
        // Lines come back at 80 bytes per 7.5 GB/s = 10,667 ps, slower than issue (2 ns) and memory (2.5 ns).
        Rig rig = new Rig("machine.blades=2").loaded(Rig.Mode.INTERRUPT);
        rig.mapped(1, rig.memory.frame(1, 1), false);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 2, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 2 * 60 * NS + 10_667);
    }

    @Test
    void amo_takesTheAtomicOperationLonger() {
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, true);
        long startPs = rig.engine.nowPs();
        Instruction increment = Rig.amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE, TransferType.DOUBLEWORD);
        Script script = rig.play("user", rig.execute(rig.script(), CB, increment));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 50 * NS);
    }

    @Test
    void gather_issuesARequestForEachElement() {
        // 3 doublewords of one line: three requests, each at the memory for its 8 bytes, issued 2 ns apart
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, true);
        rig.doublewords(0, 2, 1, 0);
        long startPs = rig.engine.nowPs();
        Instruction gather = Instruction.of(Opcode.IVLOAD)
                .with(TransferType.DOUBLEWORD)
                .with(Operand.ADDR, PAGE)
                .with(Operand.TRI0, 64)
                .with(Operand.NELEM, 3);
        Script script = rig.play("user", rig.execute(rig.script(), CB, gather));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 2 * LINE_PS);
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(3);
    }

    @Test
    void remoteFlush_sendsNoData() {
        // two lines: headers of 16 bytes at 7.5 GB/s, 2,134 ps each way, less than the 2.5 ns of the memory
        Rig rig = new Rig("machine.blades=2").loaded(Rig.Mode.INTERRUPT);
        rig.mapped(1, rig.memory.frame(1, 1), false);
        long startPs = rig.engine.nowPs();
        Instruction flush = Instruction.of(Opcode.VFLUSH)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, PAGE)
                .with(Operand.NELEM, 2)
                .with(Operand.STRIDE, 1);
        Script script = rig.play("user", rig.execute(rig.script(), CB, flush));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS + 2 * 60 * NS + LINE_PS);
    }

    @Test
    void delayedRead_isHeldUntilTheStatusChanges_andTakesNoLonger() {
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Instruction load = vload(PAGE, 1, TransferType.CACHE_LINE);
        Script script = rig.play("user", rig.execute(rig.script(), CB, load.with(AccessMode.CB_DELAY)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo(HIT_PS);
        assertThat(rig.count(DeviceStat.READS_HELD)).isEqualTo(1);
        rig.play("user", rig.execute(rig.script(), CB, load));
        rig.run();
        assertThat(rig.count(DeviceStat.READS_HELD)).isEqualTo(1);
    }

    @Test
    void nop_isDecodedAndAnswered() {
        Rig rig = new Rig().loaded(Rig.Mode.INTERRUPT);
        long startPs = rig.engine.nowPs();
        Script script = rig.play("user", rig.execute(rig.script(), CB, Instruction.of(Opcode.NOP)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo((60 + 20 + 100) * NS);
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void miss_addsRecordCommandDropinAndRestart() {
        // Answered at once when recorded: lookup at 80 ns, recorded at 100, command at the hub at 160, entry written at
        // 310, restarted at 460; then lookup, line and status.
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
        long startPs = rig.engine.nowPs();
        rig.play("os", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        Script script = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo((460 + 4 + 130 + 100) * NS);
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.TLB_HITS)).isEqualTo(1);
    }

    @Test
    void dropinPort_takesOneEntryPerLookupTime() {
        Rig rig = new Rig("gru.tlbLookupLatency=7 ns").loaded(Rig.Mode.MAP_ONLY);
        Script[] users = new Script[2];
        for (int i = 0; i < 2; i++) {
            rig.play("os" + i, rig.dropin(rig.missed(rig.script(), CB + i), CB + i, TfhOpcode.WRITE_RESTART));
            users[i] = rig.play(
                    "user" + i, rig.execute(rig.script(), CB + i, vload((1 + i) * PAGE, 1, TransferType.CACHE_LINE)));
        }
        rig.run();
        // the second one misses 2 ns later (issue interval) and waits 5 ns more for the dropin port
        assertThat(users[1].endPs() - users[0].endPs()).isEqualTo(7 * NS);
    }

    @Test
    void widerDropinPort_takesTwoAtOnce() {
        Rig rig = new Rig("gru.tlbLookupLatency=7 ns", "gru.dropinPortWidth=2").loaded(Rig.Mode.MAP_ONLY);
        Script[] users = new Script[2];
        for (int i = 0; i < 2; i++) {
            rig.play("os" + i, rig.dropin(rig.missed(rig.script(), CB + i), CB + i, TfhOpcode.WRITE_RESTART));
            users[i] = rig.play(
                    "user" + i, rig.execute(rig.script(), CB + i, vload((1 + i) * PAGE, 1, TransferType.CACHE_LINE)));
        }
        rig.run();
        // only the issue interval is left between them: at the memory 2 ns apart, served 2.5 ns apart
        assertThat(users[1].endPs() - users[0].endPs()).isEqualTo(LINE_PS);
    }

    @Test
    void ledger_attributesEveryPicosecondOfAMiss() {
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
        rig.play("os", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        var ledger = rig.chiplet.cb(CB).ledger();
        ledger.check();
        assertThat(ledger.totalPs()).isEqualTo(694 * NS);
        assertThat(ledger.spentPs(Why.START)).isEqualTo(60 * NS);
        assertThat(ledger.spentPs(Why.DECODE)).isEqualTo(20 * NS);
        assertThat(ledger.spentPs(Why.MISS_RECORD)).isEqualTo(20 * NS);
        assertThat(ledger.spentPs(Why.DROPIN)).isEqualTo((60 + 150) * NS);
        assertThat(ledger.spentPs(Why.RESTART)).isEqualTo(150 * NS);
        assertThat(ledger.spentPs(Why.TLB_LOOKUP)).isEqualTo(4 * NS);
        assertThat(ledger.spentPs(Why.MEMORY)).isEqualTo(130 * NS);
        assertThat(ledger.spentPs(Why.STATUS)).isEqualTo(100 * NS);
    }
}
