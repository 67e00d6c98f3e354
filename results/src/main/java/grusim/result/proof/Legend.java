package grusim.result.proof;

import grusim.result.proof.Scene.Area;
import grusim.result.proof.Scene.Box;
import grusim.result.proof.Scene.End;
import grusim.result.proof.Scene.Label;
import grusim.result.proof.Scene.Point;
import grusim.result.proof.Scene.Route;
import java.util.ArrayList;
import java.util.List;

/** Says what the looks in a picture mean; only those that are in it. Pixels. */
final class Legend {
    static final int SAMPLE_WIDTH = 34;
    static final int SAMPLE_HEIGHT = 16;

    private static final int TEXT_GAP = 6;
    private static final int ITEM_GAP = 18;
    private static final int ROW_GAP = 6;

    /** A look, drawn from the origin, and its meaning. */
    record Item(Scene.Shape sample, String words) {}

    private Legend() {}

    /** The looks of a scene that need words. */
    static List<Item> items(Scene scene) {
        List<Item> items = new ArrayList<>();
        band(items, scene, "race", "racing access");
        band(items, scene, "old", "racing access that read an old value");
        line(items, scene, "flow", End.ARROW, "the value written here is read there");
        line(items, scene, "stale", End.ARROW, "the old value is read");
        line(items, scene, "unseen", End.CROSS, "the newer value is not seen");
        line(items, scene, "missing", End.ARROW, "the order that was missing");
        return items;
    }

    private static void band(List<Item> items, Scene scene, String css, String words) {
        if (scene.shapes().stream()
                .anyMatch(s -> s instanceof Area area && area.css().equals(css))) {
            items.add(new Item(new Area(css, new Box(1, 1, SAMPLE_WIDTH - 2, SAMPLE_HEIGHT - 2)), words));
        }
    }

    private static void line(List<Item> items, Scene scene, String css, End end, String words) {
        if (scene.shapes().stream()
                .anyMatch(s -> s instanceof Route route && route.css().equals(css))) {
            int middle = SAMPLE_HEIGHT / 2;
            List<Point> points = List.of(new Point(0, middle), new Point(SAMPLE_WIDTH, middle));
            items.add(new Item(new Route(css, points, end), words));
        }
    }

    /** Writes the legend of a scene below each other in rows as wide as the scene and returns its height. */
    static int append(StringBuilder out, Scene scene, int left, int top) {
        int x = 0;
        int y = 0;
        for (Item item : items(scene)) {
            int room = SAMPLE_WIDTH + TEXT_GAP + Face.SMALL.width(item.words());
            if (x > 0 && x + room > scene.width()) {
                x = 0;
                y += SAMPLE_HEIGHT + ROW_GAP;
            }
            int baseline = (SAMPLE_HEIGHT + Face.SMALL.size()) / 2 - 1;
            Label label = new Label(Face.SMALL, "faint", SAMPLE_WIDTH + TEXT_GAP, baseline, item.words());
            Strokes.append(out, List.of(item.sample(), label), left + x, top + y);
            x += room + ITEM_GAP;
        }
        return y + SAMPLE_HEIGHT;
    }
}
