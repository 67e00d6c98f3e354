package grusim.result.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class InlineSvgTest {
    @Test
    void of_givesNamesAPrefixAndLeavesTextsAlone() {
        String svg =
                "<svg width=\"1\"\n><!--by--><g id=\"a\"\n  clip-path=\"url(#b)\"  ><text\n>two  spaces, id=\"a\"</text\n></g\n/></svg\n>";
        assertThat(InlineSvg.of(svg, "wide light", "A-"))
                .isEqualTo("<svg class=\"wide light\" width=\"1\"><g id=\"A-a\" clip-path=\"url(#A-b)\">"
                        + "<text>two  spaces, id=\"a\"</text></g/></svg>");
    }

    @Test
    void of_refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> InlineSvg.of("<script>", "wide", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no SVG element");
    }
}
