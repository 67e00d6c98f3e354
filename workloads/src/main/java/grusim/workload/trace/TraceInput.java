package grusim.workload.trace;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a trace file, gzip or plain, as ranges of a reused byte buffer: nothing is allocated per line.
 *
 * <p>Gzip is told by its magic number, not by the file's name. Not thread-safe.
 */
final class TraceInput implements Closeable {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int INFLATE_BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[4 * LONGEST_LINE];
    private int start;
    private int end;
    private int limit;
    private int next;
    private boolean finished;
    private long line;

    private TraceInput(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static TraceInput open(Path file) {
        if (Files.isDirectory(file)) {
            throw new TraceException(file + ": is a directory; accepted: a Lackey trace, gzip or plain");
        }
        try {
            InputStream raw = new BufferedInputStream(Files.newInputStream(file), INFLATE_BUFFER);
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new TraceInput(file, zipped ? new GZIPInputStream(raw, INFLATE_BUFFER) : raw);
        } catch (NoSuchFileException e) {
            throw new TraceException(file + ": does not exist; accepted: a Lackey trace, gzip or plain");
        } catch (EOFException | ZipException e) {
            throw new TraceException(file + ": truncated or corrupt gzip; accepted: a whole gzip file");
        } catch (IOException e) {
            throw new TraceException(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); accepted: a Lackey trace, gzip or plain");
        }
    }

    /** Moves to the next line; false at the end. */
    boolean advance() {
        int from = next;
        while (true) {
            for (int i = from; i < limit; i++) {
                if (buffer[i] == '\n') {
                    start = next;
                    end = i;
                    next = i + 1;
                    line++;
                    return true;
                }
            }
            if (finished) {
                start = next;
                end = limit;
                next = limit;
                line += end > start ? 1 : 0;
                return end > start;
            }
            if (limit - next >= LONGEST_LINE) {
                line++;
                throw fail("line of more than " + LONGEST_LINE + " bytes");
            }
            from = refill();
        }
    }

    private int refill() {
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        next = 0;
        int scanned = limit;
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            finished = read < 0;
            limit += Math.max(read, 0);
        } catch (EOFException e) {
            throw new TraceException(
                    file + ":" + line + ": truncated gzip after this line; accepted: a whole gzip file");
        } catch (IOException e) {
            throw new TraceException(file + ":" + line + ": cannot be read beyond this line (" + e.getMessage()
                    + "); accepted: a whole file");
        }
        return scanned;
    }

    /** The buffer that holds the line. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line starts. */
    int start() {
        return start;
    }

    /** Where the line ends, its line feed excluded. */
    int end() {
        return end;
    }

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** An error at the line. */
    TraceException fail(String what) {
        return new TraceException(file + ":" + line + ": " + what
                + "; accepted: the output of valgrind --tool=lackey --trace-mem=yes --trace-syscalls=yes");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new TraceException(file + ": cannot be closed (" + e.getMessage() + "); accepted: a readable file");
        }
    }
}
