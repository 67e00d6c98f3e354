package grusim.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The classic litmus tests with the full set of final states that each model allows. In the tables, "+" marks the final
 * state that the weakest machines add to those of sequential consistency.
 */
final class LitmusTest {
    private static void assertAllows(Litmus litmus, String observed, String model, String... outcomes) {
        assertThat(litmus.outcomes(model, observed)).as(model).containsExactlyInAnyOrder(outcomes);
    }

    /** The outcomes of sequential consistency, and the one more if the table says so. */
    private static String[] set(boolean more, String extra, String... sequential) {
        SortedSet<String> set = new TreeSet<>(List.of(sequential));
        if (more) {
            set.add(extra);
        }
        return set.toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // Message passing: is y's new value seen, and then x's old one?
        "x=1; y=1,            r1=y; r2=x,          -, -, +",
        "x=1; wmb; y=1,       r1=y; r2=x,          -, -, +",
        "x=1; mb; y=1,        r1=y; r2=x,          -, -, +",
        "x=1; y=1.rel,        r1=y; r2=x,          -, -, +",
        "x=1; y=1,            r1=y; rmb; r2=x,     -, -, +",
        "x=1; y=1,            r1=y; mb; r2=x,      -, -, +",
        "x=1; y=1,            r1=y.acq; r2=x,      -, -, +",
        "x=1; rmb; y=1,       r1=y; rmb; r2=x,     -, -, +",
        "x=1; wmb; y=1,       r1=y; wmb; r2=x,     -, -, +",
        "x=1.rel; y=1,        r1=y; rmb; r2=x,     -, -, +",
        "x=1; wmb; y=1,       r1=y; rmb; r2=x,     -, -, -",
        "x=1; wmb; y=1,       r1=y.acq; r2=x,      -, -, -",
        "x=1; wmb; y=1,       r1=y; mb; r2=x,      -, -, -",
        "x=1; mb; y=1,        r1=y; rmb; r2=x,     -, -, -",
        "x=1; mb; y=1,        r1=y.acq; r2=x,      -, -, -",
        "x=1; mb; y=1,        r1=y; mb; r2=x,      -, -, -",
        "x=1; y=1.rel,        r1=y; rmb; r2=x,     -, -, -",
        "x=1; y=1.rel,        r1=y.acq; r2=x,      -, -, -",
        "x=1; y=1.rel,        r1=y; mb; r2=x,      -, -, -",
        "x=1; y=1.full,       r1=y; rmb; r2=x,     -, -, -",
        // Atomic updates as the second write: only release and full ones pass x on.
        "x=1; y+=1,           r1=y; rmb; r2=x,     -, -, +",
        "x=1; y+=1.acq,       r1=y; rmb; r2=x,     -, -, +",
        "x=1; y+=1.rel,       r1=y; rmb; r2=x,     -, -, -",
        "x=1; y+=1.full,      r1=y; rmb; r2=x,     -, -, -",
        "x=1; wmb; y+=1,      r1=y; rmb; r2=x,     -, -, -"
    })
    void messagePassing(String writer, String reader, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(writer, reader);
        assertAllows(litmus, "r1 r2", "sc", set(sc.equals("+"), "1 0", "0 0", "0 1", "1 1"));
        assertAllows(litmus, "r1 r2", "tso", set(tso.equals("+"), "1 0", "0 0", "0 1", "1 1"));
        assertAllows(litmus, "r1 r2", "relaxed", set(relaxed.equals("+"), "1 0", "0 0", "0 1", "1 1"));
    }

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // Store buffering: does neither see the other's store?
        "x=1; r1=y,           y=1; r2=x,           -, +, +",
        "x=1; rmb; r1=y,      y=1; rmb; r2=x,      -, +, +",
        "x=1; wmb; r1=y,      y=1; wmb; r2=x,      -, +, +",
        "x=1.rel; r1=y.acq,   y=1.rel; r2=x.acq,   -, +, +",
        "x=1; mb; r1=y,       y=1; r2=x,           -, +, +",
        "x=1; mb; r1=y,       y=1; wmb; r2=x,      -, +, +",
        "x=1; mb; r1=y,       y=1; rmb; r2=x,      -, +, +",
        "x=1; mb; r1=y,       y=1; mb; r2=x,       -, -, -",
        "x=1.full; r1=y,      y=1.full; r2=x,      -, -, -",
        // An atomic update drains the store buffer of x86, but orders nothing elsewhere unless it is a full one.
        "x+=1; r1=y,          y+=1; r2=x,          -, -, +",
        "x+=1.acq; r1=y,      y+=1.acq; r2=x,      -, -, +",
        "x+=1.full; r1=y,     y+=1.full; r2=x,     -, -, -",
        "x+=1.full; r1=y,     y=1; mb; r2=x,       -, -, -"
    })
    void storeBuffering(String first, String second, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(first, second);
        assertAllows(litmus, "r1 r2", "sc", set(sc.equals("+"), "0 0", "0 1", "1 0", "1 1"));
        assertAllows(litmus, "r1 r2", "tso", set(tso.equals("+"), "0 0", "0 1", "1 0", "1 1"));
        assertAllows(litmus, "r1 r2", "relaxed", set(relaxed.equals("+"), "0 0", "0 1", "1 0", "1 1"));
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void coherence_readsOfOneWordDoNotGoBack(String model) {
        // x goes 0, 1, 2: any two values in that order.
        assertAllows(new Litmus("x=1; x=2", "r1=x; r2=x"), "r1 r2", model, "0 0", "0 1", "0 2", "1 1", "1 2", "2 2");
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void coherence_twoReadersAgreeOnTheOrderOfOneWordsWrites(String model) {
        SortedSet<String> outcomes =
                new Litmus("x=1", "x=2", "r1=x; r2=x", "r3=x; r4=x").outcomes(model, "r1 r2 r3 r4");
        assertThat(outcomes)
                .contains("1 2 1 2", "2 1 2 1", "0 1 0 2", "0 0 0 0")
                .doesNotContain("1 2 2 1", "2 1 1 2", "1 0 0 0", "0 0 2 0");
        assertThat(outcomes).hasSize(47); // countOfAgreeingReads
    }

    @Test
    void countOfAgreeingReads() {
        // Reads of a reader are a pair in order from 0, 1, 2 or from 0, 2, 1. Six pairs each; those without a 2 after a
        // 1 or
        // a 1 after a 2 are common to both: 00 01 02 11 22. Both readers by one order: 36 each, common 25: 36 + 36 - 25
        // = 47.
        String[] first = {"00", "01", "02", "11", "12", "22"};
        String[] second = {"00", "02", "01", "22", "21", "11"};
        SortedSet<String> both = new TreeSet<>();
        for (String[] order : new String[][] {first, second}) {
            for (String a : order) {
                for (String b : order) {
                    both.add(a + b);
                }
            }
        }
        assertThat(both).hasSize(47);
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void coherence_theLastStoreInProgramOrderStays(String model) {
        assertAllows(new Litmus("x=1; x=2"), "x", model, "2");
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void aCpuSeesItsOwnStore(String model) {
        assertAllows(new Litmus("x=1; r1=x"), "r1", model, "1");
        // The other's store comes before, between or after.
        assertAllows(new Litmus("x=1; r1=x", "x=2"), "r1 x", model, "1 1", "1 2", "2 2");
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void loadBuffering_isNotShown(String model) {
        // POWER and ARM allow 1 1: a load may be satisfied after a later store. No model here has stores before older
        // loads.
        assertAllows(new Litmus("r1=x; y=1", "r2=y; x=1"), "r1 r2", model, "0 0", "0 1", "1 0");
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void twoPlusTwoWrites_isNotShown(String model) {
        // POWER and ARM allow 1 1: each first write ends up last. Here a write is the newest at once, or in the
        // buffer's order.
        assertAllows(new Litmus("x=1; y=2", "y=1; x=2"), "x y", model, "1 2", "2 1", "2 2");
    }

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // Write to read causality: y follows from having seen x; whoever sees y, sees x?
        "r1=x; y=1,           r2=y; r3=x,          -, -, +",
        "r1=x; wmb; y=1,      r2=y; r3=x,          -, -, +",
        "r1=x; rmb; y=1,      r2=y; rmb; r3=x,     -, -, +",
        "r1=x; mb; y=1,       r2=y; r3=x,          -, -, +",
        "r1=x; y=1,           r2=y; mb; r3=x,      -, -, +",
        // A write fence counts what was loaded from a word itself, as release fences do (lwsync of POWER).
        "r1=x; wmb; y=1,      r2=y; rmb; r3=x,     -, -, -",
        "r1=x; mb; y=1,       r2=y; rmb; r3=x,     -, -, -",
        "r1=x; mb; y=1,       r2=y; mb; r3=x,      -, -, -",
        "r1=x.acq; y=1.rel,   r2=y.acq; r3=x,      -, -, -",
        "r1=x; rmb; y=1.rel,  r2=y; rmb; r3=x,     -, -, -"
    })
    void writeToReadCausality(String middle, String reader, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus("x=1", middle, reader);
        String[] all = {"0 0 0", "0 0 1", "0 1 0", "0 1 1", "1 0 0", "1 0 1", "1 1 1"};
        assertAllows(litmus, "r1 r2 r3", "sc", set(sc.equals("+"), "1 1 0", all));
        assertAllows(litmus, "r1 r2 r3", "tso", set(tso.equals("+"), "1 1 0", all));
        assertAllows(litmus, "r1 r2 r3", "relaxed", set(relaxed.equals("+"), "1 1 0", all));
    }

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // Independent reads of independent writes: do the readers disagree on which came first?
        "r1=x; r2=y,          r3=y; r4=x,          -, -, +",
        "r1=x; rmb; r2=y,     r3=y; rmb; r4=x,     -, -, +",
        "r1=x.acq; r2=y,      r3=y.acq; r4=x,      -, -, +",
        "r1=x; mb; r2=y,      r3=y; rmb; r4=x,     -, -, +",
        "r1=x; mb; r2=y,      r3=y; mb; r4=x,      -, -, -"
    })
    void independentReadsOfIndependentWrites(String one, String other, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus("x=1", "y=1", one, other);
        SortedSet<String> all = new TreeSet<>();
        for (int i = 0; i < 16; i++) {
            all.add((i >> 3 & 1) + " " + (i >> 2 & 1) + " " + (i >> 1 & 1) + " " + (i & 1));
        }
        all.remove("1 0 1 0");
        String[] agreeing = all.toArray(String[]::new);
        assertAllows(litmus, "r1 r2 r3 r4", "sc", set(sc.equals("+"), "1 0 1 0", agreeing));
        assertAllows(litmus, "r1 r2 r3 r4", "tso", set(tso.equals("+"), "1 0 1 0", agreeing));
        assertAllows(litmus, "r1 r2 r3 r4", "relaxed", set(relaxed.equals("+"), "1 0 1 0", agreeing));
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void atomicUpdates_loseNothing(String model) {
        assertAllows(new Litmus("r1=x+=1", "r2=x+=1"), "x r1 r2", model, "2 1 2", "2 2 1");
    }

    @Test
    void loadAndStore_loseAnUpdateInEveryModel() {
        for (String model : List.of("sc", "tso", "relaxed")) {
            assertAllows(new Litmus("r1=x; x=r1+1", "r2=x; x=r2+1"), "x", model, "1", "2");
        }
    }

    @ParameterizedTest(name = "{0} | {1}: sc {2} tso {3} relaxed {4}")
    @CsvSource({
        // A poller sees the newest value in the end, but nothing else by that.
        "x=1; y=1,            wait y==1; r1=x,        -, -, +",
        "x=1; wmb; y=1,       wait y==1; r1=x,        -, -, +",
        "x=1; wmb; y=1,       wait y==1; rmb; r1=x,   -, -, -"
    })
    void polling(String writer, String poller, String sc, String tso, String relaxed) {
        Litmus litmus = new Litmus(writer, poller);
        assertAllows(litmus, "r1", "sc", set(sc.equals("+"), "0", "1"));
        assertAllows(litmus, "r1", "tso", set(tso.equals("+"), "0", "1"));
        assertAllows(litmus, "r1", "relaxed", set(relaxed.equals("+"), "0", "1"));
    }

    @ParameterizedTest
    @CsvSource({"sc", "tso", "relaxed"})
    void lock_passesOnWhatItsHoldersSaw(String model) {
        assertAllows(
                new Litmus("lock a; x=1; y=1; unlock a", "lock a; r1=y; r2=x; unlock a"), "r1 r2", model, "0 0", "1 1");
    }

    @ParameterizedTest
    @CsvSource({"sc, 0 1|1 0|1 1", "tso, 0 1|1 0|1 1", "relaxed, 0 0|0 1|1 0|1 1"})
    void lock_isNoFenceForOtherWords(String model, String outcomes) {
        // Store buffering around critical sections of two locks would need a full fence; taking a lock is one on x86
        // only.
        assertAllows(
                new Litmus("x=1; lock a; unlock a; r1=y", "y=1; lock b; unlock b; r2=x"),
                "r1 r2",
                model,
                outcomes.split("\\|", -1));
    }
}
