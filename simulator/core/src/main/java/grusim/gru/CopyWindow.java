package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * What a BCOPY's buffer allows: its source is read as far ahead of what is written as the buffer holds, and its
 * destination is written as far as the source is read. That is why bandwidth depends on the buffer more than on anything
 * else.
 */
final class CopyWindow implements Stateful {
    private final Transfer transfer;
    private final LineSlots slots;

    /** First source byte that is not in the buffer, and first destination byte that is not written. */
    private long read;

    private long written;

    CopyWindow(Transfer transfer, LineSlots slots) {
        this.transfer = transfer;
        this.slots = slots;
    }

    void clear() {
        read = 0;
        written = 0;
    }

    /** Nothing is under way, and the transfer is where it was: what is issued is complete. */
    void resume() {
        read = transfer.issued(0);
        written = transfer.issued(1);
    }

    /** A request of a stream ended: how far is the stream complete? */
    void refresh(int stream) {
        long complete = slots.complete(stream, transfer.issued(stream));
        if (stream == 0) {
            read = complete;
        } else {
            written = complete;
        }
    }

    /** Source bytes that lie in one line and for which the buffer has room, else 0. */
    int readableBytes() {
        long position = transfer.issued(0);
        if (position == transfer.totalBytes()) {
            return 0;
        }
        int bytes = transfer.chunk(0, position);
        return position + bytes <= written + transfer.buffer() ? bytes : 0;
    }

    /**
     * Destination bytes that lie in one line and are in the buffer, else 0. Part of a line goes only when the buffer is
     * too small to hold the rest.
     */
    int writableBytes() {
        long position = transfer.issued(1);
        if (position == transfer.totalBytes()) {
            return 0;
        }
        int bytes = transfer.chunk(1, position);
        long present = read - position;
        if (present >= bytes) {
            return bytes;
        }
        return slots.active() == 0 && readableBytes() == 0 ? (int) present : 0;
    }

    @Override
    public void state(StateIo io) {
        read = io.i64(read);
        written = io.i64(written);
    }
}
