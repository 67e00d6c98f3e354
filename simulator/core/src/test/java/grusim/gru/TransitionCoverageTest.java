package grusim.gru;

import static grusim.gru.Rig.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.tester.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every legal change of state of the device's units is taken, and no other, when it is driven into each and in random runs.
 * Writes target/transition-coverage.md.
 */
@Tag("protocol")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TransitionCoverageTest {
    private static final int RANDOM_RUNS = 8;
    private static final int RANDOM_DEEDS = 40;

    private final SortedMap<Transition, String> legal = LegalTransitions.all();
    private final SortedMap<Transition, Long> seen = new TreeMap<>();
    private final SortedMap<Transition, Long> driven = new TreeMap<>();
    private final SortedMap<Transition, Long> random = new TreeMap<>();

    private static long times(SortedMap<Transition, Long> counts, Transition transition) {
        return counts.getOrDefault(transition, 0L);
    }

    private static Set<Transition> without(SortedMap<Transition, ?> some, SortedMap<Transition, ?> others) {
        SortedSet<Transition> left = new TreeSet<>(some.keySet());
        left.removeAll(others.keySet());
        return left;
    }

    @Test
    @Order(1)
    void everyLegalTransition_isTaken_andNoOther() {
        driven.putAll(new DrivenTransitions().drive());
        assertThat(without(legal, driven)).as("never taken").isEmpty();
        assertThat(without(driven, legal)).as("illegal").isEmpty();
    }

    @Test
    @Order(2)
    void randomRuns_takeNoOtherTransition() {
        for (long seed = 1; seed <= RANDOM_RUNS; seed++) {
            assertThat(Trial.observed(seed, RANDOM_DEEDS, chiplets -> new TransitionRecorder(chiplets, seen)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
        random.putAll(seen);
        assertThat(without(random, legal)).as("illegal").isEmpty();
        assertThat(seen.keySet()).extracting(Transition::unit).contains(Transition.Unit.values());
    }

    static Stream<Arguments> illegalOrders() {
        return Arrays.stream(CchState.values())
                .flatMap(state -> Arrays.stream(CchOpcode.values())
                        .filter(order -> LegalTransitions.all().keySet().stream()
                                .noneMatch(t -> t.unit() == Transition.Unit.CCH
                                        && t.from().equals(state.name())
                                        && t.by().equals(order.name())))
                        .map(order -> Arguments.of(state, order)));
    }

    /** What is not in the table is refused with the cause of its kind, and changes nothing; {@link ContextTest} lists the causes. */
    @ParameterizedTest
    @MethodSource("illegalOrders")
    void illegalOrder_isRefusedWithItsCause(CchState state, CchOpcode order) {
        WatchedRig watched = WatchedRig.configured(seen, Rig.Mode.USER);
        List<CchOpcode> way = List.of(CchOpcode.ALLOCATE, CchOpcode.START, CchOpcode.INTERRUPT);
        way.subList(0, state.code()).forEach(watched::command);
        seen.clear();
        watched.command(order);
        CchCause cause = switch (order) {
            case START -> CchCause.INVALID_START_REQUEST;
            case ALLOCATE -> CchCause.INVALID_ALLOCATION_REQUEST;
            case DEALLOCATE -> CchCause.INVALID_DEALLOCATION_REQUEST;
            case INTERRUPT, INTERRUPT_SYNC -> CchCause.INVALID_INTERRUPT_REQUEST;
        };
        assertThat(watched.rig().chiplet.cch(CONTEXT).cause()).isEqualTo(cause);
        assertThat(watched.rig().chiplet.cch(CONTEXT).state()).isEqualTo(state);
        assertThat(seen).isEmpty();
    }

    @BeforeEach
    void nothingSeen() {
        seen.clear();
    }

    @AfterAll
    void report() throws IOException {
        SortedSet<Transition> rows = new TreeSet<>(legal.keySet());
        rows.addAll(driven.keySet());
        rows.addAll(random.keySet());
        StringBuilder table = new StringBuilder(
                "| unit | from | by | to | times driven | times in %d random runs | source |%n".formatted(RANDOM_RUNS));
        table.append("|---|---|---|---|---|---|---|\n");
        for (Transition row : rows) {
            table.append("| %s | %s | %s | %s | %d | %d | %s |%n"
                    .formatted(
                            row.unit(),
                            row.from(),
                            row.by(),
                            row.to(),
                            times(driven, row),
                            times(random, row),
                            legal.getOrDefault(row, "ILLEGAL")));
        }
        Files.writeString(Path.of("target", "transition-coverage.md"), table);
        long illegal = rows.stream().filter(row -> !legal.containsKey(row)).count();
        System.out.printf(
                "transition coverage: %d of %d legal transitions driven, %d in random runs, %d illegal%n",
                legal.size() - without(legal, driven).size(),
                legal.size(),
                legal.size() - without(legal, random).size(),
                illegal);
    }
}
