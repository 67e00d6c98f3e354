package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.Instruction;
import grusim.isa.Layout;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.TfhOpcode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Drives the device's units into every state they have, by every legal way. */
final class DrivenTransitions {
    private static final long PAGE = 4096;
    private static final Instruction LINE = vload(PAGE, 1, TransferType.CACHE_LINE);
    /** The last line of page 1 and the first of page 2. */
    private static final Instruction TWO_PAGES = vload(2 * PAGE - 64, 2, TransferType.CACHE_LINE);

    private static final String PARITY = "gru.errors.inject=[{\"error\": \"tlb-valid\", \"count\": 1}]";
    private static final String SLOW = "machine.localLineLatency=10 us";

    private final SortedMap<Transition, Long> seen = new TreeMap<>();

    /** Drives them all and returns how often each change of state was seen. */
    SortedMap<Transition, Long> drive() {
        contextLives();
        faultsAreAnswered();
        unansweredFaultsAreTakenAway();
        invalidates();
        contextsStopInstructions();
        startedWhileTheContextDoesNotRun();
        creditsRunOut();
        contextIsCopiedOutAndIn();
        queuedBlockIsTakenAway();
        startedBlockIsTakenAway();
        return seen;
    }

    private WatchedRig loaded(Rig.Mode mode, String... settings) {
        WatchedRig watched = WatchedRig.configured(seen, mode, settings);
        watched.command(CchOpcode.ALLOCATE);
        watched.command(CchOpcode.START);
        return watched;
    }

    private void contextLives() {
        WatchedRig life = WatchedRig.configured(seen, Rig.Mode.USER);
        for (CchOpcode order : List.of(
                CchOpcode.ALLOCATE,
                CchOpcode.DEALLOCATE,
                CchOpcode.ALLOCATE,
                CchOpcode.START,
                CchOpcode.INTERRUPT,
                CchOpcode.START,
                CchOpcode.INTERRUPT_SYNC,
                CchOpcode.DEALLOCATE)) {
            life.command(order);
        }
    }

    /** A miss, or a wrong entry, of one line or behind a line under way, answered by each command early or late. */
    private void faultsAreAnswered() {
        for (Rig.Mode mode : List.of(Rig.Mode.MAP_ONLY, Rig.Mode.USER)) {
            for (TfhOpcode answer : TfhOpcode.values()) {
                fault(loaded(mode), LINE, answer, 0);
                WatchedRig parity = loaded(mode, PARITY);
                parity.rig().mapped(1, 1, true);
                fault(parity, LINE, answer, 0);
                for (long pausePs : new long[] {0, 20 * US}) {
                    WatchedRig busy = loaded(mode, SLOW);
                    busy.rig().mapped(1, 1, true);
                    fault(busy, TWO_PAGES, answer, pausePs);
                }
            }
        }
    }

    private static void fault(WatchedRig watched, Instruction instruction, TfhOpcode answer, long pausePs) {
        Rig rig = watched.rig();
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        Script os = rig.missed(rig.script(), CB).pause(pausePs);
        rig.dropin(os, CB, answer);
        if (answer == TfhOpcode.WRITE_ONLY) {
            os.until(tfh.awaitable(), a -> !tfh.commanded(a)).then(a -> tfh.command(a, TfhOpcode.RESTART));
        }
        rig.play("os", rig.dropin(rig.missed(os, CB), CB, TfhOpcode.WRITE_RESTART));
        watched.start(CB, instruction);
        watched.run();
        assertThat(rig.chiplet.cb(CB).idle()).as("ended after %s", answer).isTrue();
    }

    private void unansweredFaultsAreTakenAway() {
        for (String setting : List.of("gru.killBits=true", PARITY)) {
            WatchedRig user = loaded(Rig.Mode.USER, setting);
            if (setting.equals(PARITY)) {
                user.rig().mapped(1, 1, true);
            }
            user.start(CB, LINE);
            user.run();
            user.command(CchOpcode.INTERRUPT_SYNC);
            user.command(CchOpcode.DEALLOCATE);
        }
    }

    private void invalidates() {
        WatchedRig watched = loaded(Rig.Mode.USER, SLOW);
        watched.rig().mapped(1, 1, false);
        watched.start(CB, LINE);
        watched.rig().play("vm", watched.rig().invalidate(watched.rig().script(), 0, PAGE, 1, 1 << CONTEXT));
        watched.run();
    }

    /** A context is stopped in the middle of a copy, with lines under way or between them, and goes on in many ways. */
    private void contextsStopInstructions() {
        for (Rig.Mode mode : List.of(Rig.Mode.MAP_ONLY, Rig.Mode.USER)) {
            for (int lines = 1; lines <= 8; lines += 7) {
                for (int then = 0; then < 4; then++) {
                    stopped(mode, lines, then);
                }
            }
        }
    }

    private void stopped(Rig.Mode mode, int lines, int then) {
        WatchedRig watched = loaded(
                mode,
                SLOW,
                "gru.issueInterval=500 ns",
                "gru.linesInFlightPerChiplet=8",
                "gru.linesInFlightPerCbr=" + lines);
        Rig rig = watched.rig();
        rig.mapped(1, 1, true);
        watched.start(CB, vload(PAGE, 8, TransferType.CACHE_LINE));
        watched.command(CchOpcode.INTERRUPT);
        if (then == 1) {
            rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, 1, 1 << CONTEXT));
            watched.run();
        }
        if (then == 2) {
            watched.command(CchOpcode.DEALLOCATE);
        } else {
            watched.command(CchOpcode.START);
        }
    }

    private void startedWhileTheContextDoesNotRun() {
        for (Instruction instruction : List.of(LINE, Instruction.of(Opcode.NOP))) {
            for (CchOpcode order : List.of(CchOpcode.START, CchOpcode.DEALLOCATE)) {
                WatchedRig watched = loaded(Rig.Mode.USER);
                watched.rig().mapped(1, 1, true);
                watched.command(CchOpcode.INTERRUPT_SYNC);
                watched.start(CB, instruction);
                watched.run();
                watched.command(order);
            }
        }
    }

    /** Blocks share few line credits and a slow port, and some requests fail. */
    private void creditsRunOut() {
        for (int credits = 1; credits <= 3; credits++) {
            for (String rate : List.of("0.0", "0.3")) {
                WatchedRig watched = loaded(
                        Rig.Mode.MAP_ONLY,
                        "gru.linesInFlightPerChiplet=" + credits,
                        "gru.issueInterval=50 ns",
                        "gru.errors.inject=[{\"error\": \"ha-response-data\", \"rate\": " + rate + "}]");
                Rig rig = watched.rig();
                rig.mapped(1, 1, true);
                for (int cb = 4; cb < 8; cb++) {
                    Script script = rig.script();
                    for (int i = 0; i < 20; i++) {
                        rig.execute(script, cb, vload(PAGE, 8, TransferType.CACHE_LINE));
                    }
                    rig.play("user", script);
                }
                rig.play("driver", rig.command(rig.script().pause(2 * US), CONTEXT, CchOpcode.INTERRUPT));
                rig.play("driver", rig.command(rig.script().pause(8 * US), CONTEXT, CchOpcode.START));
                watched.run();
            }
        }
    }

    /** An instruction is copied out in the middle and goes on where its context is loaded again. */
    private void contextIsCopiedOutAndIn() {
        WatchedRig watched = loaded(Rig.Mode.USER, "gru.linesInFlightPerCbr=1");
        Rig rig = watched.rig();
        rig.mapped(1, 1, true);
        watched.start(CB, vload(PAGE, 20, TransferType.CACHE_LINE));
        watched.command(CchOpcode.INTERRUPT_SYNC);
        long[] line = new long[Layout.WORDS];
        long[] extended = new long[Layout.WORDS];
        rig.play("driver", rig.script().then(a -> rig.chiplet.cb(CB).save(a, line, extended, 0)));
        watched.command(CchOpcode.DEALLOCATE);
        watched.command(CchOpcode.ALLOCATE);
        rig.play("driver", rig.script().then(a -> rig.chiplet.cb(CB).restore(a, line, extended, 0)));
        watched.run();
        watched.command(CchOpcode.START);
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
    }

    /** A context is taken away while its block waits for the only line credit, which another context has. */
    private void queuedBlockIsTakenAway() {
        WatchedRig watched = loaded(Rig.Mode.USER, SLOW, "gru.linesInFlightPerChiplet=1");
        Rig rig = watched.rig();
        rig.mapped(1, 1, true);
        rig.play("other", rig.load(rig.script(), 0, rig.configuration(Rig.Mode.USER, 1, 1)));
        watched.run();
        watched.start(0, LINE);
        watched.start(CB, LINE);
        takeAway(watched, US);
    }

    /** A context is taken away before its block decodes, and while the block waits to make its next request. */
    private void startedBlockIsTakenAway() {
        WatchedRig early = loaded(Rig.Mode.USER, "gru.cchDeallocateLatency=0 ns");
        Rig rig = early.rig();
        early.command(CchOpcode.INTERRUPT_SYNC);
        rig.play("driver", rig.command(rig.script(), CONTEXT, CchOpcode.DEALLOCATE));
        // both are 60 ns under way: the command comes when the start has 30 ns to go
        rig.play(
                "user", rig.script().pause(30 * NS).then(a -> rig.chiplet.cb(CB).start(a, LINE.words())));
        early.run();
        WatchedRig late = loaded(Rig.Mode.USER, "gru.issueInterval=100 us");
        late.rig().mapped(1, 1, true);
        late.start(CB, vload(PAGE, 2, TransferType.CACHE_LINE));
        takeAway(late, US);
    }

    private static void takeAway(WatchedRig watched, long afterPs) {
        Rig rig = watched.rig();
        rig.play("driver", takeAway(rig, rig.script().pause(afterPs)));
        watched.run();
        assertThat(rig.chiplet.cch(CONTEXT).state()).isEqualTo(CchState.INACTIVE);
    }

    private static Script takeAway(Rig rig, Script script) {
        rig.command(script, CONTEXT, CchOpcode.INTERRUPT_SYNC);
        return rig.command(script, CONTEXT, CchOpcode.DEALLOCATE);
    }
}
