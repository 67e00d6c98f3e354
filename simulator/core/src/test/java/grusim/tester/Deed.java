package grusim.tester;

import grusim.isa.ExtendedOpcode;
import grusim.isa.TransferType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thing that a thread of the tester does: an instruction, or a call to the kernel or the driver.
 *
 * @param offset first byte of the process's region it is about
 * @param elements elements of the instruction, or pages of the call
 * @param stride distance of the elements, or one more than the largest index of an index vector
 * @param to first byte written by a copy, or the blade that pages move to
 * @param value what is written, or what an index vector is drawn from
 */
record Deed(
        Kind kind,
        int offset,
        int elements,
        int stride,
        TransferType type,
        int to,
        ExtendedOpcode operation,
        long value) {
    static final int PAGE = 4096;

    /** What may be done. */
    enum Kind {
        LOAD,
        STORE,
        SET,
        BLOCK_STORE,
        FLUSH,
        COPY,
        GATHER,
        SCATTER,
        SCATTER_SET,
        ATOMIC,
        /** Increments a counter that all threads of the process increment. */
        COUNT,
        THINK,
        /** The thread goes to its other core. */
        MOVE,
        UNLOAD,
        FLUSH_TLB,
        DONTNEED,
        REMAP,
        PROTECT,
        PAGEOUT,
        MIGRATE,
        NUMA_SCAN,
        MERGE,
        RECLAIM,
        TOUCH;

        boolean instruction() {
            return ordinal() <= COUNT.ordinal();
        }

        /** Whether its elements lie where an index vector says. */
        boolean indexed() {
            return this == GATHER || this == SCATTER || this == SCATTER_SET;
        }

        /** Whether an instruction fills elements from its value. */
        boolean fills() {
            return this == SET || this == SCATTER_SET;
        }

        boolean loads() {
            return this == LOAD || this == GATHER;
        }

        boolean stores() {
            return this == STORE || this == SCATTER || this == BLOCK_STORE;
        }
    }

    /** A range of bytes of the region that is read or written. */
    record Span(int first, int bytes, boolean write) {}

    /** The n-th index of the deed's index vector. */
    int index(int n) {
        return new SplittableRandom(value + 31L * n).nextInt(stride);
    }

    /** Where the n-th element lies in the region. */
    int at(int n) {
        return offset + (kind.indexed() ? index(n) : n * stride) * type.bytes();
    }

    int bytes() {
        return elements * type.bytes();
    }

    /** What nobody else may change, or touch, while the deed is under way. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        switch (kind) {
            case LOAD, GATHER, FLUSH, STORE, SCATTER, SET, SCATTER_SET, BLOCK_STORE -> {
                for (int n = 0; n < elements; n++) {
                    spans.add(new Span(at(n), type.bytes(), kind.fills() || kind.stores()));
                }
            }
            case COPY -> {
                spans.add(new Span(offset, bytes(), false));
                spans.add(new Span(to, bytes(), true));
            }
            case ATOMIC -> spans.add(new Span(offset, type.bytes(), true));
            case DONTNEED, REMAP -> spans.add(new Span(offset, elements * PAGE, true));
            case PROTECT -> spans.add(new Span(offset, elements * PAGE, false));
            case COUNT, THINK, MOVE, UNLOAD, FLUSH_TLB, PAGEOUT, MIGRATE, NUMA_SCAN, MERGE, RECLAIM, TOUCH -> {}
        }
        return spans;
    }

    @Override
    public String toString() {
        String place = "page %d + 0x%x".formatted(offset / PAGE, offset % PAGE);
        String many = "%d x %d B".formatted(elements, type.bytes());
        return switch (kind) {
            case LOAD, STORE, SET, FLUSH -> "%s %s at %s, stride %d".formatted(kind, many, place, stride);
            case BLOCK_STORE -> "%s %s to %s".formatted(kind, many, place);
            case GATHER, SCATTER, SCATTER_SET -> "%s %s at %s, indexes below %d".formatted(kind, many, place, stride);
            case COPY -> "%s %s from %s to page %d + 0x%x".formatted(kind, many, place, to / PAGE, to % PAGE);
            case ATOMIC -> "%s %s of %d B at %s".formatted(kind, operation, type.bytes(), place);
            case COUNT -> "COUNT at " + place;
            case THINK -> "THINK %d ns".formatted(value);
            case MOVE -> "MOVE to the other core";
            case UNLOAD -> "UNLOAD the context of thread %d of the process".formatted(to);
            case MIGRATE -> "MIGRATE %d pages at %s to blade %d".formatted(elements, place, to);
            default -> "%s %d pages at %s".formatted(kind, elements, place);
        };
    }
}
