package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.isa.TransferType;
import grusim.isa.handle.Tgh;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an invalidate costs instructions of contexts that it does not name. */
@Tag("timing")
final class InterferenceTest {
    private static final long PAGE = 4096;
    private static final int ANOTHER_CONTEXT = 1 << (CONTEXT + 1);
    /** A load of one line that hits: hub 60, decode 20, lookup 4, line 130, status 100. */
    private static final long HIT_PS = 314 * NS;

    /** From the start of an instruction to its lookup. */
    private static final long TO_LOOKUP_PS = 80 * NS;
    /** From an invalidate's command to the removal of its first page: hub 60, fixed part 2,000, 2 for the page. */
    private static final long TO_REMOVAL_PS = 2062 * NS;

    private final String[] settings;
    private Rig rig;

    InterferenceTest() {
        settings = new String[] {"gru.tlb.sets=4", "gru.tlb.ways=2", "gru.tlb.invalidateStall=500 ns"};
        rig = new Rig(settings);
    }

    /** How much longer a load takes whose lookup is so long after an invalidate's first removal. */
    private long slowed(int pages, long lookupAfterNs, String... more) {
        String[] all = Stream.of(settings, more).flatMap(Arrays::stream).toArray(String[]::new);
        rig = new Rig(all).loaded(Rig.Mode.MAP_ONLY).mapped(3, 3, false);
        long delayPs = TO_REMOVAL_PS + lookupAfterNs * NS - TO_LOOKUP_PS;
        long startPs = rig.engine.nowPs() + delayPs;
        rig.play("vm", rig.invalidate(rig.script(), 0, 16 * PAGE, pages, ANOTHER_CONTEXT));
        Script user = rig.script().pause(delayPs);
        rig.play("user", rig.execute(user, CB, vload(3 * PAGE, 1, TransferType.CACHE_LINE)));
        rig.run();
        long slowedPs = user.endPs() - startPs - HIT_PS;
        assertThat(rig.chiplet.cb(CB).ledger().spentPs(Why.INVALIDATE_PAUSE)).isEqualTo(slowedPs);
        return slowedPs;
    }

    @ParameterizedTest
    @CsvSource({
        "1, -1, 0",
        "1, 1, 499",
        "1, 499, 1",
        "1, 500, 0",
        // four pages, 2 ns apart: the last one's stall ends 506 ns after the first removal
        "4, -1, 0",
        "4, 1, 505",
        "4, 505, 1",
        "4, 506, 0",
        // a purge removes the entries of 4 sets, 512 ns apart; the first 510 ns after a page would go
        "1024, 509, 0",
        "1024, 511, 499",
        "1024, 1009, 1",
        "1024, 1011, 0",
        "1024, 1021, 0",
        "1024, 1023, 499"
    })
    void lookup_waitsForTheEndOfTheStall(int pages, long lookupAfterNs, long expectedNs) {
        assertThat(slowed(pages, lookupAfterNs)).isEqualTo(expectedNs * NS);
    }

    @Test
    void byDefault_onlyTheContextsNamedAreDisturbed() {
        assertThat(slowed(4, 1, "gru.tlb.invalidateStall=0 ns")).isZero();
        assertThat(slowed(Tgh.PURGE_PAGES, 511, "gru.tlb.invalidateStall=0 ns")).isZero();
    }

    @Test
    void lookupsThatWaited_issueOneAfterTheOtherAfterwards() {
        rig = new Rig(settings).loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, false);
        rig.play("vm", rig.invalidate(rig.script(), 0, 16 * PAGE, 1, ANOTHER_CONTEXT));
        long startPs = rig.engine.nowPs() + TO_REMOVAL_PS - TO_LOOKUP_PS + 100 * NS;
        Script[] users = new Script[3];
        for (int i = 0; i < users.length; i++) {
            users[i] = rig.script().pause(startPs - rig.engine.nowPs());
            rig.play("user" + i, rig.execute(users[i], CB + i, vload(PAGE + 64L * i, 1, TransferType.BYTE)));
        }
        rig.run();
        // 400 ns of the stall are left; then a lookup every 2 ns
        for (int i = 0; i < users.length; i++) {
            long waitedPs = rig.chiplet.cb(CB + i).ledger().spentPs(Why.INVALIDATE_PAUSE)
                    + rig.chiplet.cb(CB + i).ledger().spentPs(Why.ISSUE);
            assertThat(waitedPs).isEqualTo((400 + 2L * i) * NS);
        }
    }
}
