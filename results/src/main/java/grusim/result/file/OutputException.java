package grusim.result.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Results could not be written, or not be read again. The message is one line that names the place and the reason. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutputException(Path where, IOException cause) {
        super("cannot write results to " + where + ": " + reason(cause), cause);
    }

    public OutputException(Path where, String reason) {
        super("cannot write results to " + where + ": " + reason);
    }

    private OutputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A file of results cannot be read. */
    static OutputException unreadable(Path where, IOException cause) {
        return new OutputException("cannot read results from " + where + ": " + reason(cause), cause);
    }

    /** A file of results does not hold what it should. */
    static OutputException broken(Path where, String reason, Throwable cause) {
        return new OutputException("cannot read results from " + where + ": " + oneLine(reason), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException e) {
            return e.getFile() + " exists and is not a directory";
        }
        if (cause instanceof NotDirectoryException e) {
            return e.getFile() + " is not a directory";
        }
        if (cause instanceof NoSuchFileException e) {
            return e.getFile() + " does not exist";
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return oneLine(e.getReason());
        }
        String message = cause.getMessage();
        return oneLine(message == null ? cause.getClass().getSimpleName() : message);
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("unknown reason");
    }
}
