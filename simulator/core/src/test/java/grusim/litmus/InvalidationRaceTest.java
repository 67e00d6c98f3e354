package grusim.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The races between invalidating and filling, in their smallest form: which barriers, orders and kill bits are needed
 * under which memory model. Each table says in which models the forbidden state is reached ("+") or never ("-").
 */
final class InvalidationRaceTest {
    private static final String[] MODELS = {"sc", "tso", "relaxed"};

    private static void assertReached(Litmus litmus, String observed, String forbidden, String... reached) {
        for (int i = 0; i < MODELS.length; i++) {
            SortedSet<String> outcomes = litmus.outcomes(MODELS[i], observed);
            check(outcomes, MODELS[i], forbidden, reached[i]);
        }
    }

    private static void check(SortedSet<String> outcomes, String model, String forbidden, String reached) {
        assertThat(outcomes.contains(forbidden))
                .as("%s: %s among %s", model, forbidden, outcomes)
                .isEqualTo(reached.equals("+"));
        assertThat(outcomes).as("other outcomes under %s", model).hasSizeGreaterThan(reached.equals("+") ? 1 : 0);
    }

    // ---- count against pte ----

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // The range ends: pte cleared, count lowered. The fill reads a count of 0: may it read the old pte?
        "pte=0; active+=-1,            r1=active; r2=pte,          -, -, +",
        "pte=0; r9=active; active=r9-1,r1=active; r2=pte,          -, -, +",
        "pte=0; active+=-1.full,       r1=active; r2=pte,          -, -, +",
        "pte=0; active+=-1,            r1=active; rmb; r2=pte,     -, -, +",
        "pte=0; active+=-1.acq,        r1=active; rmb; r2=pte,     -, -, +",
        "pte=0; r9=active; active=r9-1,r1=active; rmb; r2=pte,     -, -, +",
        "pte=0; active+=-1.full,       r1=active; rmb; r2=pte,     -, -, -",
        "pte=0; wmb; active+=-1,       r1=active; rmb; r2=pte,     -, -, -",
        "pte=0; active+=-1.full,       r1=active.acq; r2=pte,      -, -, -",
        "pte=0; wmb; active+=-1,       r1=active.acq; r2=pte,      -, -, -",
        // A control dependency does not order the later load.
        "pte=0; active+=-1.full,       r1=active; need r1==0; r2=pte,     -, -, +"
    })
    void endOfRange_countBeforePte(String reclaim, String fill, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(reclaim, fill).with("pte", 1).with("active", 1);
        assertReached(litmus, "r1 r2", "0 1", sc, tso, relaxed);
    }

    // ---- lost wake-up ----

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // The waker lowers the count and looks for sleepers; the sleeper queues and looks at the count.
        "r1=active; active=r1-1; r2=queue,       queue=1; r3=active,         -, +, +",
        "r1=active; active=r1-1; mb; r2=queue,   queue=1; r3=active,         -, +, +",
        "r1=active; active=r1-1; r2=queue,       queue=1; mb; r3=active,     -, +, +",
        "r1=active; active=r1-1; mb; r2=queue,   queue=1; mb; r3=active,     -, -, -",
        // A locked instruction is a full fence on x86, and an acquire elsewhere.
        "active+=-1.acq; r2=queue,               queue=1; mb; r3=active,     -, -, +",
        "active+=-1; r2=queue,                   queue=1; mb; r3=active,     -, -, +",
        "active+=-1.full; r2=queue,              queue=1; r3=active,         -, +, +",
        "active+=-1.full; r2=queue,              queue=1; mb; r3=active,     -, -, -"
    })
    void lostWakeUp(String waker, String sleeper, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(waker, sleeper).with("active", 1);
        assertReached(litmus, "r2 r3", "0 1", sc, tso, relaxed);
    }

    // ---- sequence and count without a lock ----

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // An invalidate is under way and ends: sequence raised, then count lowered. The fault has a snapshot of the
        // sequence (r1) from before it read the pte (r2), and installs if the count (r3) is 0 and the sequence (r4) the
        // same.
        "wmb, rmb, -, -, -",
        "-,   rmb, -, -, +",
        "wmb, -,   -, -, +",
        "-,   -,   -, -, +"
    })
    void sequenceAndCount(String writer, String reader, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(
                        "pte=0; wmb; seq+=1; " + fence(writer) + "count+=-1",
                        "r1=seq; rmb; r2=pte; rmb; r3=count; " + fence(reader) + "r4=seq")
                .with("pte", 1)
                .with("count", 1);
        assertReached(litmus, "r1 r2 r3 r4", "0 1 0 0", sc, tso, relaxed);
    }

    private static String fence(String name) {
        return name.equals("-") ? "" : name + "; ";
    }

    // ---- the whole of an invalidate against the whole of a fill ----

    /** Programs that use a {@link TinyGru}: {@code flush} invalidates and waits for the answer, {@code dropin} fills. */
    private static final class GruLitmus extends Litmus {
        private final boolean killBits;
        private TinyGru[] gru = {};

        GruLitmus(boolean killBits, String... programs) {
            super(programs);
            this.killBits = killBits;
            with("pte", 1);
        }

        @Override
        void build(Machine machine) {
            gru = new TinyGru[] {new TinyGru(machine.engine, killBits, machine.word("tfh"), machine.word("tgh"))};
            gru[0].start();
        }

        @Override
        Instruction special(Machine machine, String text) {
            TinyGru device = gru[0];
            return switch (text) {
                case "flush" ->
                    (a, pc) -> {
                        device.invalidate(a);
                        return false;
                    };
                case "dropin" ->
                    (a, pc) -> {
                        device.dropin(a);
                        return false;
                    };
                default -> super.special(machine, text);
            };
        }

        /** Whether in the end the TLB holds the frame that the cleared pte led to. */
        void assertStale(String sc, String tso, String relaxed) {
            String[] reached = {sc, tso, relaxed};
            for (int i = 0; i < MODELS.length; i++) {
                SortedSet<String> outcomes = outcomes(
                        MODELS[i], machine -> gru[0].holdsEntry() ? "stale" : "clean " + machine.values("r0 r1 r2"));
                check(outcomes, MODELS[i], "stale", reached[i]);
            }
        }
    }

    private static final String FLUSH = "flush; wait tgh==1; ";

    @ParameterizedTest(name = "kill bits {0}: {1} | {2}: sc {3} tso {4} relaxed {5}")
    @CsvSource({
        // Range start only: the count has to be read after the miss, and raised before the flush.
        "true,  active+=1.full; mb; FLUSH pte=0,               r0=tfh; need r0==1; rmb; r1=active; need r1==0; r2=pte; need r2==1; dropin,      -, -, -",
        "true,  active+=1.full; mb; FLUSH pte=0,               r0=tfh; need r0==1; r1=active; need r1==0; r2=pte; need r2==1; dropin,           -, -, +",
        "true,  active+=1; mb; FLUSH pte=0,                    r0=tfh; need r0==1; rmb; r1=active; need r1==0; r2=pte; need r2==1; dropin,      -, -, -",
        "true,  active+=1; FLUSH pte=0,                        r0=tfh; need r0==1; rmb; r1=active; need r1==0; r2=pte; need r2==1; dropin,      -, -, +",
        // With the range's end, the pte has to be read after the count as well.
        "true,  active+=1; mb; FLUSH pte=0; active+=-1.full,   r0=tfh; need r0==1; rmb; r1=active; need r1==0; rmb; r2=pte; need r2==1; dropin, -, -, -",
        "true,  active+=1; mb; FLUSH pte=0; active+=-1.full,   r0=tfh; need r0==1; rmb; r1=active; need r1==0; r2=pte; need r2==1; dropin,      -, -, +",
        "true,  active+=1; mb; FLUSH pte=0; active+=-1.full,   r0=tfh; need r0==1; r1=active; need r1==0; rmb; r2=pte; need r2==1; dropin,      -, -, +",
        "true,  active+=1; mb; FLUSH pte=0; active+=-1,        r0=tfh; need r0==1; rmb; r1=active; need r1==0; rmb; r2=pte; need r2==1; dropin, -, -, +",
        "true,  active+=1; FLUSH pte=0; active+=-1.full,       r0=tfh; need r0==1; rmb; r1=active; need r1==0; rmb; r2=pte; need r2==1; dropin, -, -, +",
        // No barrier helps without kill bits, or with the flush before the count.
        "false, active+=1; mb; FLUSH pte=0; active+=-1.full,   r0=tfh; need r0==1; mb; r1=active; need r1==0; mb; r2=pte; need r2==1; dropin,   +, +, +",
        "false, active+=1; mb; FLUSH pte=0,                    r0=tfh; need r0==1; mb; r1=active; need r1==0; mb; r2=pte; need r2==1; dropin,   +, +, +",
        "true,  FLUSH active+=1.full; mb; pte=0; active+=-1.full, r0=tfh; need r0==1; mb; r1=active; need r1==0; mb; r2=pte; need r2==1; dropin, +, +, +",
        "true,  FLUSH active+=1.full; mb; pte=0,               r0=tfh; need r0==1; mb; r1=active; need r1==0; mb; r2=pte; need r2==1; dropin,   +, +, +"
    })
    void countAndKillBits(boolean killBits, String invalidate, String fill, String sc, String tso, String relaxed) {
        new GruLitmus(killBits, invalidate.replace("FLUSH ", FLUSH), fill).assertStale(sc, tso, relaxed);
    }

    @ParameterizedTest(name = "kill bits {0}: {1} | {2}: sc {3} tso {4} relaxed {5}")
    @CsvSource({
        // No count at all: the pte is cleared, and then flushed.
        "true,  pte=0; mb; flush,   r0=tfh; need r0==1; rmb; r2=pte; need r2==1; dropin,   -, -, -",
        "true,  pte=0; mb; flush,   r0=tfh; need r0==1; r2=pte; need r2==1; dropin,        -, -, +",
        "true,  pte=0; flush,       r0=tfh; need r0==1; rmb; r2=pte; need r2==1; dropin,   -, -, +",
        "true,  FLUSH mb; pte=0,    r0=tfh; need r0==1; mb; r2=pte; need r2==1; dropin,    +, +, +",
        "false, pte=0; mb; flush,   r0=tfh; need r0==1; mb; r2=pte; need r2==1; dropin,    +, +, +"
    })
    void killBitsWithoutACount(
            boolean killBits, String invalidate, String fill, String sc, String tso, String relaxed) {
        new GruLitmus(killBits, invalidate.replace("FLUSH ", FLUSH), fill).assertStale(sc, tso, relaxed);
    }
}
