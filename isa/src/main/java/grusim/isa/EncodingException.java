package grusim.isa;

/** A name or value that has no encoding; the message says what, where and which values are accepted. */
public final class EncodingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public EncodingException(String message) {
        super(message);
    }
}
