package grusim.machine;

import grusim.engine.Hash;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all blades' memory, by page frame number.
 *
 * <p>A frame number is {@code blade * framesPerBlade() + index}; {@code framesPerBlade()} is the power of two that holds
 * a blade's memory, so numbers past a blade's last frame name nothing. A frame is zero, generated from a seed, poisoned,
 * or holds bytes of its own from the first write on; a frame that was never written takes no host memory. With {@code
 * functional} off no bytes are kept, writes are dropped and reads return zero.
 *
 * <p>Words are little endian. Accesses stay within one frame. Models neither time nor who may access what; not a piece
 * of shared state of its own: whoever times an access does that. One simulation's thread only.
 */
public final class PhysicalMemory implements Stateful {
    /** Bytes of a page frame. */
    public static final int FRAME_BYTES = 4096;

    /** Shift between a frame number and the physical address of the frame's first byte. */
    public static final int FRAME_SHIFT = 12;

    /** Bytes of a cache line. */
    public static final int LINE_BYTES = 64;

    private static final int CHUNK_SHIFT = 10;
    private static final long END_OF_LIST = -1;

    private final int blades;
    private final long framesOnBlade;
    private final int bladeShift;
    private final int chunkShift;
    private final boolean functional;
    private final FrameChunk[][] chunks;
    private final LineWatches watches = new LineWatches();
    private RacingBlock[] races = {};

    /**
     * Makes memory that is zero everywhere.
     *
     * @param blades number of blades
     * @param memoryPerBladeBytes memory of each blade, a multiple of the frame size
     * @param functional whether bytes are kept
     */
    public PhysicalMemory(int blades, long memoryPerBladeBytes, boolean functional) {
        if (blades < 1) {
            throw new IllegalArgumentException("blades: " + blades + ", at least 1");
        }
        if (memoryPerBladeBytes < FRAME_BYTES || memoryPerBladeBytes % FRAME_BYTES != 0) {
            throw new IllegalArgumentException(
                    "memoryPerBladeBytes: " + memoryPerBladeBytes + ", a positive multiple of " + FRAME_BYTES);
        }
        this.blades = blades;
        this.framesOnBlade = memoryPerBladeBytes >>> FRAME_SHIFT;
        this.bladeShift = Long.SIZE - Long.numberOfLeadingZeros(framesOnBlade - 1);
        this.chunkShift = Math.min(bladeShift, CHUNK_SHIFT);
        this.functional = functional;
        this.chunks = new FrameChunk[blades][];
    }

    /** Keeps the block for whose lines agents race; while the machine is built. */
    void races(RacingBlock block) {
        races = Arrays.copyOf(races, races.length + 1);
        races[races.length - 1] = block;
    }

    /** The block for whose lines agents race that lies in a frame, or null. */
    public @Nullable RacingBlock racing(long pfn) {
        for (RacingBlock block : races) {
            if (block.touches(pfn)) {
                return block;
            }
        }
        return null;
    }

    /** Number of blades. */
    public int blades() {
        return blades;
    }

    /** Distance between the first frame numbers of neighbouring blades, a power of two. */
    public long framesPerBlade() {
        return 1L << bladeShift;
    }

    /** Number of frames that exist on each blade. */
    public long framesOnBlade() {
        return framesOnBlade;
    }

    /** Who waits for a line to change. */
    public LineWatches watches() {
        return watches;
    }

    private void altered(long pfn, int offset, int bytes) {
        if (watches.any()) {
            watches.changed(pfn, offset, bytes);
        }
    }

    /** Whether bytes are kept. */
    public boolean functional() {
        return functional;
    }

    /** The blade whose memory holds the frame. */
    public int blade(long pfn) {
        return (int) (pfn >>> bladeShift);
    }

    /** Number of a blade's frame; {@code index} counts from 0 to {@code framesOnBlade() - 1}. */
    public long frame(int blade, long index) {
        return (long) blade << bladeShift | index;
    }

    /** Whether the machine has a frame of this number. */
    public boolean exists(long pfn) {
        return pfn >= 0 && pfn >>> bladeShift < blades && (pfn & framesPerBlade() - 1) < framesOnBlade;
    }

    /** Makes every byte of the frame zero. */
    public void zero(long pfn) {
        if (functional) {
            FrameChunk chunk = existing(pfn);
            if (chunk != null) {
                chunk.zero(slot(pfn));
            }
            altered(pfn, 0, FRAME_BYTES);
        }
    }

    /** Fills the frame with the generated content of one page of a region; see {@link GeneratedContent}. */
    public void seed(long pfn, long seed, long pageIndex) {
        if (functional) {
            chunk(pfn).seed(slot(pfn), seed, pageIndex);
            altered(pfn, 0, FRAME_BYTES);
        }
    }

    /** Fills the frame with the pattern of freed memory. */
    public void poison(long pfn) {
        if (functional) {
            chunk(pfn).poison(slot(pfn));
            altered(pfn, 0, FRAME_BYTES);
        }
    }

    /** Makes one frame's content equal to another's. */
    public void copyFrame(long from, long to) {
        copyFrame(from, this, to);
    }

    /** Makes the content of a frame of {@code target} equal to that of a frame of this memory. */
    public void copyFrame(long from, PhysicalMemory target, long to) {
        if (!functional || !target.functional) {
            return;
        }
        FrameChunk source = existing(from);
        if (source == null) {
            target.zero(to);
        } else {
            source.copy(slot(from), target.chunk(to), target.slot(to));
            target.altered(to, 0, FRAME_BYTES);
        }
    }

    /** Copies bytes of a frame out. */
    public void read(long pfn, int offset, byte[] into, int at, int bytes) {
        assert within(pfn, offset, bytes);
        FrameChunk chunk = functional ? existing(pfn) : null;
        if (chunk == null) {
            Arrays.fill(into, at, at + bytes, (byte) 0);
        } else {
            chunk.read(slot(pfn), offset, into, at, bytes);
        }
    }

    /** Copies bytes into a frame. */
    public void write(long pfn, int offset, byte[] from, int at, int bytes) {
        assert within(pfn, offset, bytes);
        if (functional) {
            System.arraycopy(from, at, chunk(pfn).bytes(slot(pfn)), offset, bytes);
            altered(pfn, offset, bytes);
        }
    }

    /** The zero-extended little-endian word of 1 to 8 bytes. */
    public long readWord(long pfn, int offset, int bytes) {
        assert within(pfn, offset, bytes);
        FrameChunk chunk = functional ? existing(pfn) : null;
        return chunk == null ? 0 : chunk.readWord(slot(pfn), offset, bytes);
    }

    /** Writes the low 1 to 8 bytes of a word, little endian. */
    public void writeWord(long pfn, int offset, int bytes, long value) {
        assert within(pfn, offset, bytes);
        if (functional) {
            chunk(pfn).writeWord(slot(pfn), offset, bytes, value);
            altered(pfn, offset, bytes);
        }
    }

    /** Whether two frames read the same. */
    public boolean sameContent(long pfn, long other) {
        for (int offset = 0; offset < FRAME_BYTES; offset += Long.BYTES) {
            if (readWord(pfn, offset, Long.BYTES) != readWord(other, offset, Long.BYTES)) {
                return false;
            }
        }
        return true;
    }

    /** A 64-bit fingerprint of one of the frame's 64 lines. */
    public long contentHash(long pfn, int line) {
        long hash = 0;
        for (int word = 0; word < LINE_BYTES / Long.BYTES; word++) {
            hash = Hash.mix(hash, readWord(pfn, line * LINE_BYTES + word * Long.BYTES, Long.BYTES));
        }
        return hash;
    }

    private boolean within(long pfn, int offset, int bytes) {
        assert exists(pfn) : "frame " + pfn + " does not exist";
        assert offset >= 0 && bytes >= 0 && offset + bytes <= FRAME_BYTES
                : "bytes " + offset + " to " + (offset + bytes) + " leave the frame";
        return true;
    }

    private int slot(long pfn) {
        return (int) (pfn & (1L << chunkShift) - 1);
    }

    private @Nullable FrameChunk existing(long pfn) {
        FrameChunk[] ofBlade = chunks[(int) (pfn >>> bladeShift)];
        return ofBlade == null ? null : ofBlade[(int) ((pfn & framesPerBlade() - 1) >>> chunkShift)];
    }

    private FrameChunk chunk(long pfn) {
        FrameChunk chunk = existing(pfn);
        if (chunk == null) {
            assert exists(pfn) : "frame " + pfn + " does not exist";
            int blade = (int) (pfn >>> bladeShift);
            FrameChunk[] ofBlade = chunks[blade];
            if (ofBlade == null) {
                ofBlade = new FrameChunk[1 << (bladeShift - chunkShift)];
                chunks[blade] = ofBlade;
            }
            chunk = new FrameChunk(1 << chunkShift);
            ofBlade[(int) ((pfn & framesPerBlade() - 1) >>> chunkShift)] = chunk;
        }
        return chunk;
    }

    @Override
    public void state(StateIo io) {
        if (!functional) {
            return;
        }
        watches.state(io);
        if (io.loading()) {
            load(io);
        } else {
            save(io);
        }
    }

    private void save(StateIo io) {
        for (int blade = 0; blade < blades; blade++) {
            FrameChunk[] ofBlade = chunks[blade];
            for (int i = 0; ofBlade != null && i < ofBlade.length; i++) {
                FrameChunk chunk = ofBlade[i];
                if (chunk != null) {
                    long first = frame(blade, (long) i << chunkShift);
                    for (int slot = chunk.nextUsed(0); slot >= 0; slot = chunk.nextUsed(slot + 1)) {
                        io.i64(first + slot);
                        chunk.state(io, slot);
                    }
                }
            }
        }
        io.i64(END_OF_LIST);
    }

    private void load(StateIo io) {
        for (FrameChunk[] ofBlade : chunks) {
            for (int i = 0; ofBlade != null && i < ofBlade.length; i++) {
                if (ofBlade[i] != null) {
                    ofBlade[i].zeroAll();
                }
            }
        }
        for (long pfn = io.i64(0); pfn != END_OF_LIST; pfn = io.i64(0)) {
            chunk(pfn).state(io, slot(pfn));
        }
    }
}
