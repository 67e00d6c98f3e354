package grusim.workload;

/** Input that cannot be accepted; the message is one line that says where, what, and what would be accepted. */
public class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with its one-line message. */
    public SpecException(String message) {
        super(oneLine(message));
    }

    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        message.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }
}
