package grusim.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.litmus.NaiveMachine.Kind;
import grusim.litmus.NaiveMachine.Op;
import grusim.litmus.NaiveMachine.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs under the memory models, against an oracle and against each other. */
final class RandomProgramsTest {
    private static final String REGISTERS = "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 x y";
    private static final int PROGRAMS = 250;

    /** Two CPUs with three to five instructions, or three with two to four. */
    private static List<List<Op>> programs(SplittableRandom random) {
        int cpus = 2 + random.nextInt(2);
        List<List<Op>> programs = new ArrayList<>();
        int register = 0;
        int value = 1;
        for (int cpu = 0; cpu < cpus; cpu++) {
            List<Op> program = new ArrayList<>();
            int length = 5 - cpus + random.nextInt(3);
            for (int i = 0; i < length; i++) {
                Kind kind = register > 9 ? Kind.STORE : kind(random.nextInt(14));
                boolean sets = kind == Kind.LOAD || kind == Kind.ADD;
                int number = kind == Kind.STORE ? value++ : 1;
                Order order = Order.values()[Math.max(0, random.nextInt(8) - 4)];
                program.add(new Op(kind, random.nextInt(2), number, sets ? register++ : 0, allowed(kind, order)));
            }
            programs.add(program);
        }
        return programs;
    }

    private static Kind kind(int number) {
        return switch (number) {
            case 0, 1, 2, 3, 4 -> Kind.LOAD;
            case 5, 6, 7, 8, 9 -> Kind.STORE;
            case 10 -> Kind.ADD;
            case 11 -> Kind.READ_FENCE;
            case 12 -> Kind.WRITE_FENCE;
            default -> Kind.FULL_FENCE;
        };
    }

    private static Order allowed(Kind kind, Order order) {
        return switch (kind) {
            case LOAD -> order == Order.RELEASE ? Order.PLAIN : order;
            case STORE -> order == Order.ACQUIRE ? Order.PLAIN : order;
            default -> order;
        };
    }

    private static Litmus litmus(List<List<Op>> programs) {
        return new Litmus(programs.stream()
                .map(program -> program.stream().map(Op::text).collect(Collectors.joining("; ")))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sc", "tso", "relaxed"})
    void eachModel_reachesWhatItsOracleReaches(String model) {
        int weak = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            List<List<Op>> programs = programs(new SplittableRandom(seed));
            SortedSet<String> expected = NaiveMachine.outcomes(model, programs);
            assertThat(litmus(programs).outcomes(model, REGISTERS))
                    .as("seed %d: %s", seed, programs)
                    .isEqualTo(expected);
            weak += expected.equals(NaiveMachine.outcomes("sc", programs)) ? 0 : 1;
        }
        if (!model.equals("sc")) {
            assertThat(weak).as("programs that tell the model from sc").isGreaterThan(PROGRAMS / 12);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void eachModel_allowsWhatTheStrongerOnesAllow(long seeds) {
        for (long seed = 1_000 * seeds; seed < 1_000 * seeds + PROGRAMS / 2; seed++) {
            Litmus litmus = litmus(programs(new SplittableRandom(seed)));
            SortedSet<String> sc = litmus.outcomes("sc", REGISTERS);
            SortedSet<String> tso = litmus.outcomes("tso", REGISTERS);
            assertThat(tso).as("seed %d", seed).containsAll(sc);
            assertThat(litmus.outcomes("relaxed", REGISTERS))
                    .as("seed %d", seed)
                    .containsAll(tso);
        }
    }
}
