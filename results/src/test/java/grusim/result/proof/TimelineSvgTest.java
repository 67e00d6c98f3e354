package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

final class TimelineSvgTest {
    static final String HOSTILE = "</text><script>alert('x')</script>&amp;\"\u0000\ud800]]>";

    /** A counterexample whose every text would break out of a document if it could. */
    static Counterexample hostile() {
        Touch touch = new Touch(HOSTILE, Touch.Kind.UPDATE, HOSTILE, HOSTILE, HOSTILE, 1);
        return new Counterexample(
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                new Finding(1, HOSTILE, HOSTILE, HOSTILE),
                List.of(new Lane(HOSTILE, HOSTILE), new Lane(HOSTILE, HOSTILE)),
                List.of(
                        new Step(1, 0, HOSTILE, HOSTILE, Touch.write(HOSTILE, HOSTILE), HOSTILE),
                        new Step(2, 1, HOSTILE, HOSTILE, touch, HOSTILE),
                        new Step(3, 1, HOSTILE, HOSTILE, null, "")),
                List.of(new Missing(1, 2, HOSTILE, HOSTILE)),
                HOSTILE,
                1);
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void render_isAPictureWithTheWholeStory() throws Exception {
        Counterexample proof = Proofs.countVsPte();
        String svg = TimelineSvg.render(proof, Detail.ALL);
        String text = parse(svg).getDocumentElement().getTextContent();
        for (Step step : proof.steps()) {
            assertThat(text).contains("\n" + step.number() + "\n");
        }
        assertThat(text)
                .contains("MISSING read barrier", "step 39 before step 43", "violates point 1", "VIOLATED: point 1")
                .contains("OLD: it is swap slot 0", "driver.barrierCountToPte=false", "--replay");
        assertThat(svg).contains("class=\"missing\"", "class=\"missing-head\"", "class=\"unseen-cross\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void render_isWellFormedForAnyTexts(long seed) throws Exception {
        Document document = parse(TimelineSvg.render(RandomProof.of(seed), Detail.SHARED));
        assertThat(document.getElementsByTagName("b").getLength()).isZero();
    }

    @Test
    void render_escapesEveryText() throws Exception {
        Document document = parse(TimelineSvg.render(hostile(), Detail.ALL));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").getLength()).isEqualTo(1);
    }

    @Test
    void render_needsNothingFromElsewhere() {
        String svg = TimelineSvg.render(Proofs.munmapDowngrade(), Detail.STORY);
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http", "url(", "href", "@import", "var(");
        assertThat(svg).containsOnlyOnce("<style>");
    }

    @Test
    void render_isTheSameEveryTime() {
        assertThat(TimelineSvg.render(Proofs.countVsPte(), Detail.STORY))
                .isEqualTo(TimelineSvg.render(Proofs.countVsPte(), Detail.STORY));
    }
}
