package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CBR_MAP;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.DSR_MAP;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.InstructionStatus;
import grusim.isa.TransferType;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a context through its CCH. */
@Tag("protocol")
final class ContextTest {
    private static final long PAGE = 4096;

    private Rig rig = new Rig();

    private void command(CchOpcode opcode) {
        rig.play("driver", rig.command(rig.script(), CONTEXT, opcode));
        rig.run();
    }

    private void assertRefused(CchOpcode opcode, CchCause cause) {
        CchState before = rig.chiplet.cch(CONTEXT).state();
        command(opcode);
        assertThat(rig.chiplet.cch(CONTEXT).cause()).isEqualTo(cause);
        assertThat(rig.chiplet.cch(CONTEXT).state()).isEqualTo(before);
        CommandStatus[] status = new CommandStatus[1];
        rig.play(
                "reader",
                rig.script().then(a -> status[0] = rig.chiplet.cch(CONTEXT).status(a)));
        rig.run();
        assertThat(status[0]).isEqualTo(CommandStatus.EXCEPTION);
    }

    private void assertAccepted(CchOpcode opcode, CchState after) {
        command(opcode);
        assertThat(rig.chiplet.cch(CONTEXT).cause()).isEqualTo(CchCause.NONE);
        assertThat(rig.chiplet.cch(CONTEXT).state()).isEqualTo(after);
    }

    private void configure(ContextConfiguration configuration) {
        rig.play("configure", rig.script().then(a -> rig.chiplet.cch(CONTEXT).configure(a, configuration)));
        rig.run();
    }

    @Test
    void life_acceptsTheDriversOrderAndRefusesOthers() {
        configure(rig.configuration(Rig.Mode.MAP_ONLY, CBR_MAP, DSR_MAP));
        assertRefused(CchOpcode.START, CchCause.INVALID_START_REQUEST);
        assertRefused(CchOpcode.INTERRUPT, CchCause.INVALID_INTERRUPT_REQUEST);
        assertRefused(CchOpcode.DEALLOCATE, CchCause.INVALID_DEALLOCATION_REQUEST);
        assertAccepted(CchOpcode.ALLOCATE, CchState.MAPPED);
        assertRefused(CchOpcode.ALLOCATE, CchCause.INVALID_ALLOCATION_REQUEST);
        assertRefused(CchOpcode.INTERRUPT_SYNC, CchCause.INVALID_INTERRUPT_REQUEST);
        assertAccepted(CchOpcode.START, CchState.ACTIVE);
        assertRefused(CchOpcode.START, CchCause.INVALID_START_REQUEST);
        assertRefused(CchOpcode.DEALLOCATE, CchCause.INVALID_DEALLOCATION_REQUEST);
        assertAccepted(CchOpcode.INTERRUPT, CchState.INTERRUPTED);
        assertAccepted(CchOpcode.START, CchState.ACTIVE);
        assertAccepted(CchOpcode.INTERRUPT_SYNC, CchState.INTERRUPTED);
        assertAccepted(CchOpcode.DEALLOCATE, CchState.INACTIVE);
        assertAccepted(CchOpcode.ALLOCATE, CchState.MAPPED);
        assertAccepted(CchOpcode.DEALLOCATE, CchState.INACTIVE);
    }

    /** Every order in every state: the state it leads to, or the cause for which it is refused. */
    @ParameterizedTest
    @CsvSource({
        "INACTIVE, START, INVALID_START_REQUEST",
        "INACTIVE, ALLOCATE, MAPPED",
        "INACTIVE, INTERRUPT, INVALID_INTERRUPT_REQUEST",
        "INACTIVE, INTERRUPT_SYNC, INVALID_INTERRUPT_REQUEST",
        "INACTIVE, DEALLOCATE, INVALID_DEALLOCATION_REQUEST",
        "MAPPED, START, ACTIVE",
        "MAPPED, ALLOCATE, INVALID_ALLOCATION_REQUEST",
        "MAPPED, INTERRUPT, INVALID_INTERRUPT_REQUEST",
        "MAPPED, INTERRUPT_SYNC, INVALID_INTERRUPT_REQUEST",
        "MAPPED, DEALLOCATE, INACTIVE",
        "ACTIVE, START, INVALID_START_REQUEST",
        "ACTIVE, ALLOCATE, INVALID_ALLOCATION_REQUEST",
        "ACTIVE, INTERRUPT, INTERRUPTED",
        "ACTIVE, INTERRUPT_SYNC, INTERRUPTED",
        "ACTIVE, DEALLOCATE, INVALID_DEALLOCATION_REQUEST",
        "INTERRUPTED, START, ACTIVE",
        "INTERRUPTED, ALLOCATE, INVALID_ALLOCATION_REQUEST",
        "INTERRUPTED, INTERRUPT, INVALID_INTERRUPT_REQUEST",
        "INTERRUPTED, INTERRUPT_SYNC, INVALID_INTERRUPT_REQUEST",
        "INTERRUPTED, DEALLOCATE, INACTIVE"
    })
    void order_leadsToAStateOrIsRefusedWithItsCause(CchState from, CchOpcode order, String outcome) {
        configure(rig.configuration(Rig.Mode.MAP_ONLY, CBR_MAP, DSR_MAP));
        List<CchOpcode> way = List.of(CchOpcode.ALLOCATE, CchOpcode.START, CchOpcode.INTERRUPT);
        way.subList(
                        0,
                        List.of(CchState.INACTIVE, CchState.MAPPED, CchState.ACTIVE, CchState.INTERRUPTED)
                                .indexOf(from))
                .forEach(this::command);
        if (outcome.endsWith("REQUEST")) {
            assertRefused(order, CchCause.valueOf(outcome));
        } else {
            assertAccepted(order, CchState.valueOf(outcome));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 7})
    void opcodeThatIsNone_isRefused(int opcode) {
        ContextHandle cch = rig.chiplet.cch(CONTEXT);
        rig.play("driver", rig.script().then(a -> cch.command(a, opcode)));
        rig.run();
        assertThat(cch.cause()).isEqualTo(CchCause.ILLEGAL_OPCODE);
        assertThat(cch.state()).isEqualTo(CchState.INACTIVE);
    }

    @Test
    void commandDuringAnother_makesItsAnswerBusy() {
        configure(rig.configuration(Rig.Mode.MAP_ONLY, CBR_MAP, DSR_MAP));
        ContextHandle cch = rig.chiplet.cch(CONTEXT);
        rig.play(
                "driver",
                rig.script().then(a -> cch.command(a, CchOpcode.ALLOCATE)).then(a -> cch.command(a, CchOpcode.START)));
        rig.run();
        assertThat(cch.cause()).isEqualTo(CchCause.BUSY);
        // the first was carried out, the second not
        assertThat(cch.state()).isEqualTo(CchState.MAPPED);
        assertAccepted(CchOpcode.START, CchState.ACTIVE);
    }

    @Test
    void regionsRewrittenWhileActive_areRefusedAtTheNextOrder() {
        rig = rig.loaded(Rig.Mode.MAP_ONLY);
        ContextConfiguration loaded = rig.configuration(Rig.Mode.MAP_ONLY, CBR_MAP, DSR_MAP);
        configure(new ContextConfiguration(
                true,
                false,
                true,
                true,
                1,
                false,
                CBR_MAP,
                DSR_MAP,
                ContextConfiguration.asidsFrom(16),
                ContextConfiguration.sizes(1)));
        assertRefused(CchOpcode.INTERRUPT, CchCause.REGION_REGISTER_WRITE_ERROR);
        configure(loaded);
        assertAccepted(CchOpcode.INTERRUPT, CchState.INTERRUPTED);
    }

    @Test
    void deallocationOfOtherControlBlocks_isRefused() {
        rig = rig.loaded(Rig.Mode.MAP_ONLY);
        command(CchOpcode.INTERRUPT_SYNC);
        configure(rig.configuration(Rig.Mode.MAP_ONLY, 0b0100, DSR_MAP));
        assertRefused(CchOpcode.DEALLOCATE, CchCause.CBR_DEALLOCATION_ERROR);
        configure(rig.configuration(Rig.Mode.MAP_ONLY, CBR_MAP, DSR_MAP));
        assertAccepted(CchOpcode.DEALLOCATE, CchState.INACTIVE);
    }

    @Test
    void allocation_isRefusedWhenOversubscribed() {
        rig.play("other", rig.load(rig.script(), 0, rig.configuration(Rig.Mode.USER, 0b0110, 0b11)));
        rig.run();
        configure(rig.configuration(Rig.Mode.USER, 0, 0));
        assertRefused(CchOpcode.ALLOCATE, CchCause.NO_CBRS_TO_ALLOCATE);
        configure(rig.configuration(Rig.Mode.USER, 0b1100, 0b100));
        assertRefused(CchOpcode.ALLOCATE, CchCause.CBR_RESOURCES_OVERSUBSCRIBED);
        configure(rig.configuration(Rig.Mode.USER, 0b1000, 0b110));
        assertRefused(CchOpcode.ALLOCATE, CchCause.DSR_RESOURCES_OVERSUBSCRIBED);
        configure(rig.configuration(Rig.Mode.USER, 0b1001, 0b100));
        assertAccepted(CchOpcode.ALLOCATE, CchState.MAPPED);
    }

    @Test
    void interruptsWithoutFaultBits_areABadConfiguration() {
        ContextConfiguration good = rig.configuration(Rig.Mode.INTERRUPT, CBR_MAP, DSR_MAP);
        configure(new ContextConfiguration(
                false, true, false, false, 1, false, CBR_MAP, DSR_MAP, good.asids(), good.sizesAvailable()));
        assertAccepted(CchOpcode.ALLOCATE, CchState.MAPPED);
        assertRefused(CchOpcode.START, CchCause.BAD_TFM_CONFIG);
    }

    @Test
    void command_takesItsLatencyAndTheWayToTheHubAndBack() {
        configure(rig.configuration(Rig.Mode.USER, CBR_MAP, DSR_MAP));
        long startPs = rig.engine.nowPs();
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.ALLOCATE));
        rig.run();
        assertThat(driver.endPs() - startPs).isEqualTo((60 + 500 + 60) * NS);
    }

    @Test
    void interruptSync_waitsForLinesAndTheStatus() {
        rig = new Rig("machine.localLineLatency=10 us").loaded(Rig.Mode.USER).mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script user = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.INTERRUPT_SYNC));
        rig.run();
        // looked up at 80 ns, answered at 10.084 us, status written at 10.184 us, then the way back
        assertThat(user.endPs() - startPs).isEqualTo(10_184 * NS);
        assertThat(driver.endPs() - startPs).isEqualTo((10_184 + 60) * NS);
    }

    @Test
    void interrupt_doesNotWait_andStartLetsTheRestGo() {
        rig = new Rig("machine.localLineLatency=10 us", "gru.linesInFlightPerCbr=1")
                .loaded(Rig.Mode.USER)
                .mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        Script user = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 2, TransferType.CACHE_LINE)));
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.INTERRUPT));
        rig.play("restart", rig.command(rig.script().pause(30 * US), CONTEXT, CchOpcode.START));
        rig.run();
        assertThat(driver.endPs() - startPs).isEqualTo((60 + 1000 + 60) * NS);
        // started again at 30.56 us: second lookup, line, status
        assertThat(user.endPs() - startPs).isEqualTo((30_560 + 4 + 10_000 + 100) * NS);
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void unansweredFault_keepsItsContextUntilATfhCommand() {
        rig = rig.loaded(Rig.Mode.MAP_ONLY);
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.INTERRUPT_SYNC));
        rig.run();
        assertThat(driver.endPs()).isEqualTo(-1);
        assertThat(rig.engine.waitGraph()).contains("gru0.cch3.unit").contains("gru0.quiet");
        long answeredPs = rig.engine.nowPs();
        rig.play("os", rig.dropin(rig.script(), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        // the entry is written 60 + 150 ns after the command, and the TFH is done 150 ns later
        assertThat(driver.endPs()).isEqualTo(answeredPs + (60 + 150 + 150 + 60) * NS);
        assertThat(rig.chiplet.cb(CB).idle()).isFalse();
        command(CchOpcode.START);
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
    }

    @Test
    void userPollingMode_unlocksTheContext() {
        rig = rig.loaded(Rig.Mode.MAP_ONLY);
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.INTERRUPT_SYNC));
        rig.run();
        rig.play("os", rig.script().then(a -> rig.chiplet.tfh(CB).command(a, TfhOpcode.USER_POLLING_MODE)));
        rig.run();
        assertThat(driver.endPs()).isPositive();
        assertThat(rig.chiplet.tfh(CB).recorded()).isEqualTo(TfhState.MISS_UPM);
    }

    @Test
    void withoutTheLock_aFaultDoesNotKeepItsContext() {
        rig = new Rig("gru.faultLocksContext=false").loaded(Rig.Mode.MAP_ONLY);
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script driver = rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.INTERRUPT_SYNC));
        rig.run();
        assertThat(driver.endPs()).isPositive();
    }

    @Test
    void userModeFault_doesNotKeepItsContext_andDeallocationEndsTheInstruction() {
        rig = rig.loaded(Rig.Mode.USER);
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(rig.chiplet.tfh(CB).recorded()).isEqualTo(TfhState.MISS_UPM);
        command(CchOpcode.INTERRUPT_SYNC);
        assertAccepted(CchOpcode.DEALLOCATE, CchState.INACTIVE);
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
        assertThat(rig.chiplet.tfh(CB).recorded()).isEqualTo(TfhState.INACTIVE);
        InstructionStatus[] status = new InstructionStatus[1];
        rig.play("reader", rig.script().then(a -> status[0] = rig.chiplet.cb(CB).status(a)));
        rig.run();
        assertThat(status[0]).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void userModeFault_outlivesAnInterruptAndAStart() {
        rig = rig.loaded(Rig.Mode.USER);
        Script user = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        command(CchOpcode.INTERRUPT_SYNC);
        command(CchOpcode.START);
        assertThat(rig.chiplet.tfh(CB).recorded()).isEqualTo(TfhState.MISS_UPM);
        rig.play("os", rig.dropin(rig.script(), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(user.endPs()).isPositive();
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(1);
    }

    @Test
    void startedBlockOfAnInterruptedContext_runsWhenTheContextDoes() {
        rig = rig.loaded(Rig.Mode.USER).mapped(1, 1, false);
        command(CchOpcode.INTERRUPT);
        Script user = rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        assertThat(user.endPs()).isEqualTo(-1);
        command(CchOpcode.START);
        assertThat(user.endPs()).isPositive();
    }
}
