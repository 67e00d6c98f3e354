package grusim.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast as in the Web Content Accessibility Guidelines: 4.5 for text, 3 for what a picture is understood by. */
final class PaperTest {
    private static Map<String, Integer> colours(Paper paper) {
        Matcher declaration = Pattern.compile("--([a-z]+):#([0-9a-f]{6});").matcher(paper.declarations());
        Map<String, Integer> colours = new HashMap<>();
        while (declaration.find()) {
            colours.put(declaration.group(1), Integer.parseInt(declaration.group(2), 16));
        }
        return colours;
    }

    private static double luminance(int colour) {
        double[] parts = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = ((colour >> (16 - 8 * i)) & 0xff) / 255.0;
            parts[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    private static double contrast(Map<String, Integer> colours, String a, String b) {
        double one = luminance(colours.getOrDefault(a, 0)) + 0.05;
        double other = luminance(colours.getOrDefault(b, 0)) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    @ParameterizedTest
    @CsvSource({
        "ink, paper",
        "ink, panel",
        "ink, bluetint",
        "ink, oldtint",
        "ink, redtint",
        "faint, paper",
        "faint, panel",
        "faint, bluetint",
        "faint, oldtint",
        "faint, redtint",
        "oldtext, oldtint",
        "redtext, redtint",
        "redtext, paper",
        "greentext, greentint",
        "greentext, paper"
    })
    void texts_haveContrast(String text, String ground) {
        assertThat(contrast(colours(Paper.LIGHT), text, ground)).as("light").isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(colours(Paper.DARK), text, ground)).as("dark").isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue", "red", "faint", "green"})
    void lines_haveContrast(String line) {
        assertThat(contrast(colours(Paper.LIGHT), line, "paper")).as("light").isGreaterThanOrEqualTo(3);
        assertThat(contrast(colours(Paper.DARK), line, "paper")).as("dark").isGreaterThanOrEqualTo(3);
    }
}
