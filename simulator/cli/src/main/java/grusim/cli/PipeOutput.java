package grusim.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Output that may go into a pipe: once its reader has seen enough and closed it, what follows is dropped in silence. */
final class PipeOutput extends FilterOutputStream {
    private static final String CLOSED = "Broken pipe";

    private boolean closedByReader;

    PipeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closedByReader) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (!CLOSED.equals(e.getMessage())) {
                throw e;
            }
            closedByReader = true;
        }
    }
}
