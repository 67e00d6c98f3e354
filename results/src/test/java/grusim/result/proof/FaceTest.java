package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FaceTest {
    /** 613 + 635 thousandths of 12 pixels are 14.976. */
    @Test
    void width_isThatOfTheCharactersRoundedUp() {
        assertThat(Face.TEXT.width("ab")).isEqualTo(15);
        assertThat(Face.STRONG.width("ab")).isEqualTo(17);
        assertThat(Face.MONO.width("ab")).isEqualTo(14);
        assertThat(Face.TEXT.width("")).isZero();
        assertThat(Face.MONO.width("\u2192")).isEqualTo(11);
    }

    @Test
    void wrap_breaksAtSpacesAndOnlyTooWideWordsInside() {
        assertThat(Wrap.columns("one two three", 7)).containsExactly("one two", "three");
        assertThat(Wrap.columns("abcdefgh", 3)).containsExactly("abc", "def", "gh");
        assertThat(Wrap.columns("range_start_of", 8)).containsExactly("range_", "start_of");
        assertThat(Wrap.columns("", 3)).containsExactly("");
        assertThat(Wrap.columns("\ud83d\ude00\ud83d\ude00", 1)).containsExactly("\ud83d\ude00", "\ud83d\ude00");
    }

    @Test
    void wrap_cutsWhatNeedsTooManyLines() {
        assertThat(Face.MONO.wrap("aaaa bbbb cccc", Face.MONO.width("aaaa"), 2)).containsExactly("aaaa", "b...");
        assertThat(Face.MONO.wrap("aaaa bbbb", Face.MONO.width("aaaa"), 2)).containsExactly("aaaa", "bbbb");
    }
}
