package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.proof.Scene.Area;
import grusim.result.proof.Scene.Box;
import grusim.result.proof.Scene.Label;
import grusim.result.proof.Scene.Point;
import grusim.result.proof.Scene.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TimelineTest {
    private static final Set<String> BOXES = Set.of("head", "initial", "run", "callout", "violation");
    private static final Set<String> BANDS = Set.of("race", "old", "last");

    /** Named by the seed where there is one. */
    record Case(String name, Counterexample proof, Detail detail) {
        @Override
        public String toString() {
            return name + " " + detail;
        }
    }

    static Stream<Case> cases() {
        Stream<Case> known = Stream.of(
                        Proofs.countVsPte(), Proofs.munmapDowngrade(), Proofs.messagePassing(), Proofs.deadlock())
                .map(proof -> new Case(proof.scenario(), proof, Detail.STORY));
        Stream<Case> random = LongStream.range(0, 60)
                .mapToObj(seed -> new Case("seed " + seed, RandomProof.of(seed), Detail.values()[(int) (seed % 3)]));
        return Stream.concat(known, random);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void boxes_neverOverlapAndStayInside(Case c) {
        Scene scene = Timeline.of(c.proof(), c.detail());
        List<Box> boxes = boxes(scene, BOXES);
        Box whole = new Box(0, 0, scene.width(), scene.height());
        for (int i = 0; i < boxes.size(); i++) {
            assertThat(whole.contains(boxes.get(i)))
                    .as("inside: %s", boxes.get(i))
                    .isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(boxes.get(i).overlaps(boxes.get(j)))
                        .as("%s over %s", boxes.get(i), boxes.get(j))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void texts_stayInTheirBoxesAndOffEachOther(Case c) {
        Scene scene = Timeline.of(c.proof(), c.detail());
        List<Box> boxes = boxes(scene, BOXES);
        List<Box> texts = new ArrayList<>();
        for (Scene.Shape shape : scene.shapes()) {
            if (shape instanceof Label label) {
                int size = label.face().size();
                Box text =
                        new Box(label.x(), label.baseline() - size, label.face().width(label.text()), size + 2);
                assertThat(boxes).as("%s", label).anyMatch(box -> box.contains(text));
                assertThat(texts).as("%s", label).noneMatch(other -> other.overlaps(text));
                texts.add(text);
            }
        }
        for (Box band : boxes(scene, BANDS)) {
            assertThat(boxes(scene, Set.of("run"))).as("%s", band).anyMatch(run -> run.contains(band));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arrows_crossNoStepAndShareNoTrack(Case c) {
        Scene scene = Timeline.of(c.proof(), c.detail());
        List<Box> boxes = boxes(scene, Set.of("head", "initial", "run"));
        List<Box> pieces = new ArrayList<>();
        for (Scene.Shape shape : scene.shapes()) {
            if (shape instanceof Route route && !Set.of("life", "fatal").contains(route.css())) {
                List<Box> own = pieces(route);
                for (Box piece : own) {
                    assertThat(boxes).as("%s", route).noneMatch(box -> box.overlaps(piece));
                    assertThat(pieces.stream().filter(other -> sameWay(other, piece)))
                            .as("%s", route)
                            .noneMatch(other -> other.overlaps(piece));
                }
                pieces.addAll(own);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arrows_beginAndEndAtTheBandOfAStep(Case c) {
        Scene scene = Timeline.of(c.proof(), c.detail());
        List<Box> bands = boxes(scene, BANDS);
        for (String css : List.of("flow", "stale", "unseen", "missing")) {
            for (Route route : routes(scene, css)) {
                Point last = route.points().get(route.points().size() - 1);
                assertThat(bands).as("%s", route).anyMatch(band -> beside(band, last));
                if (route.points().size() == 4) {
                    assertThat(bands)
                            .as("%s", route)
                            .anyMatch(band -> beside(band, route.points().get(0)));
                }
            }
        }
    }

    private static boolean beside(Box band, Point point) {
        boolean height = band.y() <= point.y() && point.y() <= band.bottom();
        return height && (point.x() == band.x() - 3 || point.x() == band.right() + 3);
    }

    @Test
    void arrows_betweenTheSameTwoStepsDoNotCross() {
        Scene scene = Timeline.of(Proofs.munmapDowngrade(), Detail.STORY);
        List<Box> missing = pieces(routes(scene, "missing").get(0));
        List<Box> flow = pieces(routes(scene, "flow").get(0));
        assertThat(missing).hasSize(3).noneMatch(piece -> flow.stream().anyMatch(piece::overlaps));
    }

    private static boolean sameWay(Box a, Box b) {
        return (a.width() > a.height()) == (b.width() > b.height());
    }

    /** The straight pieces as thin boxes, one pixel short at both ends. */
    private static List<Box> pieces(Route route) {
        List<Box> pieces = new ArrayList<>();
        for (int i = 1; i < route.points().size(); i++) {
            Point a = route.points().get(i - 1);
            Point b = route.points().get(i);
            int x = Math.min(a.x(), b.x());
            int y = Math.min(a.y(), b.y());
            int width = Math.abs(a.x() - b.x());
            int height = Math.abs(a.y() - b.y());
            if (width + height > 2) {
                pieces.add(width > 0 ? new Box(x + 1, y, width - 2, 1) : new Box(x, y + 1, 1, height - 2));
            }
        }
        return pieces;
    }

    private static List<Box> boxes(Scene scene, Set<String> looks) {
        return scene.shapes().stream()
                .filter(shape -> shape instanceof Area area && looks.contains(area.css()))
                .map(shape -> ((Area) shape).box())
                .toList();
    }

    @Test
    void missing_goesFromTheEarlierToTheLaterStepAndUnderItsWords() {
        Scene scene = Timeline.of(Proofs.munmapDowngrade(), Detail.STORY);
        List<Route> missing = routes(scene, "missing");
        assertThat(missing).hasSize(1);
        List<Point> way = missing.get(0).points();
        Box callout = boxes(scene, Set.of("callout")).get(0);
        assertThat(way.get(0).y()).as("begins below").isGreaterThan(callout.bottom());
        assertThat(way.get(way.size() - 1).y()).as("ends above").isLessThan(callout.y());
        assertThat(way.get(1).x()).isBetween(callout.x(), callout.right());
    }

    @Test
    void messagePassing_hasOneWayOfEachKind() {
        Scene scene = Timeline.of(Proofs.messagePassing(), Detail.STORY);
        assertThat(routes(scene, "flow")).hasSize(1);
        assertThat(routes(scene, "unseen")).hasSize(1).allMatch(route -> route.end() == Scene.End.CROSS);
        assertThat(routes(scene, "missing")).hasSize(1);
        int bottom = boxes(scene, Set.of("initial")).get(0).bottom();
        assertThat(routes(scene, "stale"))
                .hasSize(1)
                .allMatch(route -> route.points().get(0).y() == bottom);
        assertThat(boxes(scene, Set.of("race"))).hasSize(3);
        assertThat(boxes(scene, Set.of("last"))).hasSize(1);
    }

    private static List<Route> routes(Scene scene, String css) {
        return scene.shapes().stream()
                .filter(shape -> shape instanceof Route route && route.css().equals(css))
                .map(shape -> (Route) shape)
                .toList();
    }

    @Test
    void cuts_goThroughNoBox() {
        Scene scene = Timeline.of(Proofs.countVsPte(), Detail.SHARED);
        assertThat(scene.cuts()).isSorted().isNotEmpty();
        for (int cut : scene.cuts()) {
            assertThat(boxes(scene, BOXES)).noneMatch(box -> box.y() < cut && cut < box.bottom());
        }
    }

    @Test
    void widths_fitAReviewWithFiveLanes() {
        assertThat(Timeline.of(Proofs.countVsPte(), Detail.STORY).width()).isLessThan(1300);
        assertThat(Timeline.of(Proofs.munmapDowngrade(), Detail.STORY).width()).isLessThan(1300);
    }
}
