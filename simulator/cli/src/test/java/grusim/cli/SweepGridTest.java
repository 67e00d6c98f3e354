package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepGridTest {
    @Test
    void points_areEveryCombinationTheLastFastest() {
        SweepGrid grid = SweepGrid.of(List.of("a=1,2", "b=x,y,z"));
        assertThat(grid.points())
                .containsExactly(
                        List.of("1", "x"),
                        List.of("1", "y"),
                        List.of("1", "z"),
                        List.of("2", "x"),
                        List.of("2", "y"),
                        List.of("2", "z"));
        assertThat(grid.settings(List.of("2", "y"))).containsExactly("a=2", "b=y");
    }

    @Test
    void singleValues_standLast() {
        SweepGrid grid = SweepGrid.of(List.of("fixed=7", "a=1,2"));
        assertThat(grid.parameters()).containsExactly("a", "fixed");
        assertThat(grid.points()).containsExactly(List.of("1", "7"), List.of("2", "7"));
    }

    @Test
    void commasInsideValues_doNotSeparate() {
        SweepGrid grid = SweepGrid.of(List.of("a=[1,2],{\"b\":[3,4],\"c\":5},\"x,y]\", z "));
        assertThat(grid.values()).containsExactly(List.of("[1,2]", "{\"b\":[3,4],\"c\":5}", "\"x,y]\"", "z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a        | --set a; accepted: PATH=V1,V2,...",
                "=1       | --set =1; accepted: PATH=V1,V2,...",
                "a=       | --set a= has an empty value; accepted: PATH=V1,V2,...",
                "a=1,,2   | --set a=1,,2 has an empty value; accepted: PATH=V1,V2,...",
                "a=1,2,1  | --set a=1,2,1 has a value twice; accepted: distinct values"
            })
    void badOption_isRefused(String option, String message) {
        assertThatThrownBy(() -> SweepGrid.of(List.of(option)))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    @Test
    void parameterGivenTwice_isRefused() {
        assertThatThrownBy(() -> SweepGrid.of(List.of("a=1", "a=2")))
                .isInstanceOf(UserError.class)
                .hasMessage("--set a is given twice; accepted: once, with all its values");
    }
}
