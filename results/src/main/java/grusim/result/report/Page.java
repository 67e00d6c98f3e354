package grusim.result.report;

import java.util.List;

/**
 * What the template of a report shows, ready to print: texts are not escaped yet, pictures and nothing else are markup. An
 * empty text or list is left out of the page. Immutable.
 *
 * @param title the heading, and the title of the window
 * @param description what the title stands for, in the words of the spec
 * @param meta the line under it
 * @param badges the verdicts
 * @param failures what failed, if anything did
 * @param tiles the main figures
 * @param sentences the summary in words
 * @param chartsNote why there are no charts, or what to know of them all
 * @param charts pictures with a sentence each
 * @param sections everything else
 * @param footer the last line
 */
record Page(
        String title,
        String description,
        String meta,
        List<Badge> badges,
        List<String> failures,
        List<Tile> tiles,
        List<String> sentences,
        String chartsNote,
        List<Chart> charts,
        List<Section> sections,
        String footer) {
    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** The parts of the page that can be jumped to. */
    List<Link> contents() {
        return sections.stream()
                .map(section -> new Link(section.id(), section.title()))
                .toList();
    }

    /** A place of the page. */
    record Link(String id, String title) {}

    /**
     * A verdict.
     *
     * @param tone {@code good}, {@code bad}, {@code open} or empty
     */
    record Badge(String tone, String name, String text) {}

    /** A main figure. */
    record Tile(String label, String value, String unit, List<String> details) {}

    /**
     * A chart.
     *
     * @param id the chart's name, as {@code grusim plot} knows it
     * @param style {@code whole} if it needs the whole width of a page, or empty
     * @param says what it shows
     * @param pictures the same picture for each paper and width
     */
    record Chart(String id, String style, String says, List<Picture> pictures) {}

    /** Markup of a picture that may stand in a page. */
    record Picture(String svg) {}

    /** A name and what it is. */
    record Fact(String name, String text) {}

    /** A part of the page under a heading of its own. */
    record Section(
            String id, String title, String intro, List<Fact> facts, List<String> commands, List<PageTable> tables) {
        boolean hasFacts() {
            return !facts.isEmpty();
        }

        /** A part that has tables only. */
        static Section of(String id, String title, String intro, List<PageTable> tables) {
            return new Section(id, title, intro, List.of(), List.of(), tables);
        }
    }
}
