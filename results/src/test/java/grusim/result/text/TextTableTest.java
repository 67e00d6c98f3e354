package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void lines_alignTheFirstColumnLeftAndNumbersRight() {
        TextTable table = new TextTable("name", "count");
        table.row("a", "1,000");
        table.row("longer", "7");
        assertThat(table.lines(40)).containsExactly("name    count", "a       1,000", "longer      7");
    }

    @Test
    void lines_putALongNameAboveItsRow() {
        TextTable table = new TextTable("name", "n");
        table.row("abcdefghijklmnopqrstuvwxyz", "7");
        assertThat(table.lines(15)).containsExactly("name          n", "abcdefg..uvwxyz", "              7");
        assertThat(table.lines(26))
                .containsExactly(
                        "name                     n", "abcdefghijklmnopqrstuvwxyz", "                         7");
    }

    @Test
    void row_refusesTheWrongNumberOfCells() {
        assertThatThrownBy(() -> new TextTable("a", "b").row("1")).hasMessage("1 cells in a table of 2 columns");
    }
}
