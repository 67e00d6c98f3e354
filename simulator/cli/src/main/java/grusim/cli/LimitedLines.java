package grusim.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines up to a greatest length, so that a file without line ends cannot fill the memory. Lines end in \n or \r\n.
 */
final class LimitedLines {
    /** The longest line, in characters. */
    static final int LIMIT = 1 << 20;

    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder();

    LimitedLines(Reader reader) {
        this.reader = new BufferedReader(reader, 1 << 16);
    }

    /** The next line without its end, or null at the end of the input. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() == LIMIT) {
                throw new UserError("line too long; accepted: up to %d characters".formatted(LIMIT));
            }
            line.append((char) c);
            c = reader.read();
        }
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }
}
