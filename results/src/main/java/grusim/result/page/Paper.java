package grusim.result.page;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The paper a page is read on, with its colours by what they are for. Blue, orange, vermilion and green of the Okabe-Ito
 * set stay apart under every common form of colour blindness; whatever a colour says, a page also says in words. The
 * {@code text} colours are readable on their tints.
 */
public enum Paper {
    LIGHT(List.of(
            new Colour("paper", "#ffffff"),
            new Colour("ink", "#1b1f24"),
            new Colour("faint", "#5b6570"),
            new Colour("line", "#c9d0d7"),
            new Colour("panel", "#f3f5f7"),
            new Colour("blue", "#0072b2"),
            new Colour("bluetint", "#e2f0f9"),
            new Colour("orange", "#e69f00"),
            new Colour("oldtint", "#fff3d6"),
            new Colour("oldtext", "#8a5a00"),
            new Colour("red", "#d55e00"),
            new Colour("redtint", "#fdece1"),
            new Colour("redtext", "#a84300"),
            new Colour("green", "#009e73"),
            new Colour("greentint", "#e0f4ee"),
            new Colour("greentext", "#00664a"))),
    DARK(List.of(
            new Colour("paper", "#14181d"),
            new Colour("ink", "#e9edf1"),
            new Colour("faint", "#9aa6b2"),
            new Colour("line", "#3d4751"),
            new Colour("panel", "#1d232a"),
            new Colour("blue", "#56b4e9"),
            new Colour("bluetint", "#12303f"),
            new Colour("orange", "#e69f00"),
            new Colour("oldtint", "#3a2f12"),
            new Colour("oldtext", "#f2be3c"),
            new Colour("red", "#f07d32"),
            new Colour("redtint", "#3d2315"),
            new Colour("redtext", "#ff9d63"),
            new Colour("green", "#1fc794"),
            new Colour("greentint", "#12332a"),
            new Colour("greentext", "#5fdcb4")));

    /**
     * A colour by its use.
     *
     * @param name the use, which is also the name of the style sheet's property without its dashes
     * @param hex as in a style sheet
     */
    public record Colour(String name, String hex) {}

    @SuppressWarnings("ImmutableEnumChecker") // a list of constants made by List.of
    private final List<Colour> colours;

    Paper(List<Colour> colours) {
        this.colours = colours;
    }

    public List<Colour> colours() {
        return colours;
    }

    /** The declarations of all colours as properties of a style sheet. */
    public String declarations() {
        return colours.stream()
                .map(colour -> "--" + colour.name() + ":" + colour.hex() + ";")
                .collect(Collectors.joining());
    }
}
