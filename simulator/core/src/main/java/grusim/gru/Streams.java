package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * Which request a running instruction makes next: of a vector, the next of its only stream; of a BCOPY, what its buffer
 * allows; of a message, the check of the queue and then the lines of the message.
 */
final class Streams implements Stateful {
    static final int NONE = -1;

    private final Transfer transfer;
    private final CopyWindow copy;

    Streams(Transfer transfer, LineSlots slots) {
        this.transfer = transfer;
        copy = new CopyWindow(transfer, slots);
    }

    void clear() {
        copy.clear();
    }

    /** Nothing is under way, and the transfer is where it was when its context was unloaded. */
    void resume() {
        copy.resume();
    }

    /** The stream whose next request can be made, or {@link #NONE}. A BCOPY writes what it has read before it reads on. */
    int next() {
        if (transfer.buffer() == 0) {
            return transfer.issued(0) < transfer.totalBytes()
                    ? 0
                    : transfer.issued(1) < transfer.totalBytes(1) ? 1 : NONE;
        }
        return copy.writableBytes() > 0 ? 1 : copy.readableBytes() > 0 ? 0 : NONE;
    }

    /** Bytes the next request of a stream is for, 0 if none can be made now. */
    int bytes(int stream) {
        if (transfer.buffer() == 0) {
            return transfer.chunk(stream, transfer.issued(stream));
        }
        return stream == 1 ? copy.writableBytes() : copy.readableBytes();
    }

    /** A request of a stream is over. */
    void over(int stream) {
        if (transfer.buffer() != 0) {
            copy.refresh(stream);
        }
    }

    @Override
    public void state(StateIo io) {
        copy.state(io);
    }
}
