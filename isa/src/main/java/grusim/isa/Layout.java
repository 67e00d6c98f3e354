package grusim.isa;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a 64-byte block, in the order of their declaration. Fields do not overlap; bits outside every field are
 * reserved and must be zero. Immutable; any thread.
 */
public final class Layout {
    /** The number of 64-bit words of every block. */
    public static final int WORDS = 8;

    private final String name;
    private final Map<String, BitField> fields;
    private final long[] covered = new long[WORDS];

    private Layout(String name, List<BitField> fields) {
        this.name = name;
        Map<String, BitField> byName = new LinkedHashMap<>();
        for (BitField field : fields) {
            cover(field);
            byName.put(field.name(), field);
        }
        this.fields = Collections.unmodifiableMap(byName);
    }

    /** A layout of these fields; fields that overlap are refused. */
    public static Layout of(String name, BitField... fields) {
        return new Layout(name, List.of(fields));
    }

    private void cover(BitField field) {
        for (int i = 0; i < field.count(); i++) {
            long bits = field.max() << field.shiftOf(i);
            int word = field.wordOf(i);
            if ((covered[word] & bits) != 0) {
                throw new IllegalArgumentException("%s: field %s overlaps another".formatted(name, field.name()));
            }
            covered[word] |= bits;
        }
    }

    /** The name of the block. */
    public String name() {
        return name;
    }

    /** The fields by name, in order. */
    public Map<String, BitField> fields() {
        return fields;
    }

    /** The field with this name, or null. */
    public @Nullable BitField find(String field) {
        return fields.get(field);
    }

    /** The field with this name; others are refused. */
    public BitField field(String field) {
        BitField found = find(field);
        if (found == null) {
            throw new EncodingException("%s: unknown field \"%s\"; accepted: %s"
                    .formatted(name, field, String.join(", ", fields.keySet())));
        }
        return found;
    }

    /** The bits of a word that belong to no field. */
    public long reserved(int word) {
        return ~covered[word];
    }

    /** Whether no reserved bit is set in a block. */
    public boolean reservedClear(long[] words) {
        for (int i = 0; i < WORDS; i++) {
            if ((words[i] & reserved(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a block in which a reserved bit is set, or which is not eight words long. */
    public void refuseReserved(long[] words) {
        if (words.length != WORDS) {
            throw new EncodingException("%s: %d words; accepted: %d".formatted(name, words.length, WORDS));
        }
        for (int i = 0; i < WORDS; i++) {
            long stray = words[i] & reserved(i);
            if (stray != 0) {
                throw new EncodingException("%s: word %d has reserved bits 0x%x set; accepted bits: 0x%x"
                        .formatted(name, i, stray, covered[i]));
            }
        }
    }
}
