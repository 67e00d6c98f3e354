package grusim.result.proof;

import java.util.List;

/**
 * A picture as shapes with computed places, in pixels from the upper left corner.
 *
 * @param width of the whole
 * @param height of the whole
 * @param shapes in the order in which they are drawn
 * @param cuts heights at which the picture may be cut into pages without cutting a box
 */
record Scene(int width, int height, List<Shape> shapes, List<Integer> cuts) {
    /** Something drawn; its look is the class of that name in the style sheet. */
    sealed interface Shape {}

    /** A rectangle. */
    record Area(String css, Box box) implements Shape {}

    /** A line of text that begins at a point of its baseline. */
    record Label(Face face, String css, int x, int baseline, String text) implements Shape {}

    /** A line of horizontal and vertical pieces with rounded corners. */
    record Route(String css, List<Point> points, End end) implements Shape {}

    /** How a route ends. */
    enum End {
        NONE,
        ARROW,
        /** What is on its way does not arrive. */
        CROSS
    }

    record Point(int x, int y) {}

    record Box(int x, int y, int width, int height) {
        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }

        boolean overlaps(Box other) {
            return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
        }

        boolean contains(Box other) {
            return x <= other.x && y <= other.y && right() >= other.right() && bottom() >= other.bottom();
        }
    }
}
