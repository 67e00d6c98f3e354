package grusim.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTokenTest {
    @Test
    void token_isShort() {
        List<Schedule.Move> moves = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            moves.add(new Schedule.Move(i / 100, i == 150 ? List.of(0, 2) : List.of()));
        }
        // Three runs of three numbers, one step with choices of four, a checksum of four bytes: 17 bytes, 23 letters.
        assertThat(new Schedule(moves).token()).hasSize(1 + 23);
        assertThat(new Schedule(moves).switches()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySchedule_comesBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Schedule.Move> moves = new ArrayList<>();
        int length = random.nextInt(500);
        while (moves.size() < length) {
            int agent = random.nextInt(200);
            for (int i = random.nextInt(300); i >= 0; i--) {
                List<Integer> choices = new ArrayList<>();
                for (int j = random.nextInt(8) - 5; j > 0; j--) {
                    choices.add(random.nextInt(random.nextBoolean() ? 3 : Integer.MAX_VALUE));
                }
                moves.add(new Schedule.Move(agent, choices));
            }
        }
        Schedule schedule = new Schedule(moves);
        assertThat(Schedule.parse(schedule.token())).isEqualTo(schedule);
        assertThat(schedule.token()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void zerosAtTheEndOfChoices_meanNothing() {
        assertThat(new Schedule.Move(3, List.of(0, 1, 0, 0))).isEqualTo(new Schedule.Move(3, List.of(0, 1)));
    }

    @Test
    void everyDamagedLetter_isNoticed() {
        String token = new Schedule(List.of(new Schedule.Move(1, List.of(2)), new Schedule.Move(0, List.of()))).token();
        for (int i = 0; i < token.length(); i++) {
            String damaged = token.substring(0, i) + (token.charAt(i) == 'B' ? 'C' : 'B') + token.substring(i + 1);
            if (!damaged.equals(token)) {
                assertThatThrownBy(() -> Schedule.parse(damaged))
                        .as(damaged)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("the replay token is damaged: ");
            }
        }
        assertThatThrownBy(() -> Schedule.parse(token.substring(0, token.length() - 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "x", "s!!!!", "s____________", "sAAAAAB"})
    void whatIsNoToken_isRefused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the replay token is damaged: ");
    }
}
