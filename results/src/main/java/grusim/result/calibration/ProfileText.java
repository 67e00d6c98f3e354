package grusim.result.calibration;

import java.util.List;

/**
 * A machine of which figures were published, for the document.
 *
 * @param name by which targets call it
 * @param description what it is
 * @param settings each {@code path=value} and where it comes from, alternating
 */
public record ProfileText(String name, String description, List<String> settings) {
    public ProfileText {
        settings = List.copyOf(settings);
    }
}
