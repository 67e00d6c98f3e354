package grusim.tester;

import java.util.BitSet;
import java.util.List;

/**
 * What the memory of one process must hold. Whoever reads or writes bytes claims them for as long as the access is under
 * way, so that every load has one right answer; claims are by doubleword, so that neighbours share lines and pages.
 */
final class Shadow {
    private static final int SHIFT = 3;

    /** Page that holds the counters, behind those that are claimed. */
    final int counterPage;

    final byte[] bytes;
    private final byte[] readers;
    private final boolean[] written;
    private final BitSet[] counted = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};

    Shadow(int pages) {
        counterPage = pages;
        bytes = new byte[pages * Deed.PAGE];
        readers = new byte[bytes.length >> SHIFT];
        written = new boolean[bytes.length >> SHIFT];
    }

    /** Claims ranges, all or none; a deed may claim the same bytes twice. */
    boolean claim(List<Deed.Span> spans) {
        for (int i = 0; i < spans.size(); i++) {
            if (!free(spans.get(i))) {
                return false;
            }
        }
        for (Deed.Span span : spans) {
            change(span, 1);
        }
        return true;
    }

    void release(List<Deed.Span> spans) {
        for (Deed.Span span : spans) {
            change(span, -1);
        }
    }

    private boolean free(Deed.Span span) {
        for (int word = span.first() >> SHIFT; word <= last(span); word++) {
            if (written[word] || (span.write() && readers[word] != 0) || readers[word] == Byte.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private void change(Deed.Span span, int by) {
        for (int word = span.first() >> SHIFT; word <= last(span); word++) {
            if (span.write()) {
                written[word] = by > 0;
            } else {
                readers[word] = (byte) (readers[word] + by);
            }
        }
    }

    private static int last(Deed.Span span) {
        return (span.first() + span.bytes() - 1) >> SHIFT;
    }

    /** A counter returned an old value; says whether it is the first time. */
    boolean counted(int counter, long old) {
        if (old < 0 || old > 1_000_000 || counted[counter].get((int) old)) {
            return false;
        }
        counted[counter].set((int) old);
        return true;
    }

    /** What a counter holds after all. */
    long count(int counter) {
        return counted[counter].cardinality();
    }

    long word(int at, int size) {
        long value = 0;
        for (int b = size - 1; b >= 0; b--) {
            value = (value << 8) | (bytes[at + b] & 0xff);
        }
        return value;
    }

    void word(int at, int size, long value) {
        for (int b = 0; b < size; b++) {
            bytes[at + b] = (byte) (value >>> (b % 8 * 8));
        }
    }
}
