package grusim.isa;

/**
 * A field of a 64-byte block: {@code width} bits from bit {@code shift} of 64-bit word {@code word}; {@code count}
 * above 1 makes it an array whose elements follow each other without gaps.
 *
 * @param name the driver's name of the field
 * @param word the word it (or its first element) stands in, 0-7
 * @param shift its lowest bit, 0-63
 * @param width its width in bits, 1-64
 * @param count the number of elements
 */
public record BitField(String name, int word, int shift, int width, int count) {
    /** Checks that every element lies inside one word. */
    public BitField {
        if (width < 1 || shift < 0 || shift + width > 64 || word < 0 || word > 7 || count < 1) {
            throw new IllegalArgumentException(
                    "field %s: word %d shift %d width %d".formatted(name, word, shift, width));
        }
        if (count > 1 && (64 % width != 0 || shift != 0 || word * 64 + width * count > 512)) {
            throw new IllegalArgumentException("field %s: %d elements of %d bits".formatted(name, count, width));
        }
    }

    /** A single field. */
    public static BitField of(String name, int word, int shift, int width) {
        return new BitField(name, word, shift, width, 1);
    }

    /** An array of fields from bit 0 of a word on. */
    public static BitField array(String name, int word, int width, int count) {
        return new BitField(name, word, 0, width, count);
    }

    /** The largest value, read as unsigned. */
    public long max() {
        return -1L >>> (64 - width);
    }

    /** The bits of the field in its word. */
    public long mask() {
        return max() << shift;
    }

    /** The value in a word that holds the field. */
    public long in(long wordValue) {
        return (wordValue >>> shift) & max();
    }

    /** The value as an int, for fields of at most 31 bits. */
    public int intIn(long wordValue) {
        assert width < 32 : name;
        return (int) in(wordValue);
    }

    /** The word with the field set to {@code value}; a value that does not fit is refused. */
    public long into(long wordValue, long value) {
        check(name, value);
        return (wordValue & ~mask()) | (value << shift);
    }

    /** The value of the field, or of an array's first element, in a block of eight words. */
    public long get(long[] words) {
        return in(words[word]);
    }

    /** The value of an element in a block of eight words. */
    public long get(long[] words, int element) {
        return (words[wordOf(element)] >>> shiftOf(element)) & max();
    }

    /** Sets the field, or an array's first element, in a block of eight words. */
    public void set(long[] words, long value) {
        set(words, 0, value);
    }

    /** Sets an element in a block of eight words; a value that does not fit is refused. */
    public void set(long[] words, int element, long value) {
        check(name, value);
        int shiftOf = shiftOf(element);
        int at = wordOf(element);
        words[at] = (words[at] & ~(max() << shiftOf)) | (value << shiftOf);
    }

    /** The word an element stands in. */
    public int wordOf(int element) {
        return word + element * width / 64;
    }

    /** The lowest bit of an element in its word. */
    public int shiftOf(int element) {
        if (element < 0 || element >= count) {
            throw new IndexOutOfBoundsException("%s[%d]: %d elements".formatted(name, element, count));
        }
        return shift + element * width % 64;
    }

    /** Refuses a value that does not fit; {@code called} names the field in the message. */
    public void check(String called, long value) {
        if ((value & ~max()) != 0) {
            throw new EncodingException(
                    "%s: 0x%x does not fit into %d bits; accepted: 0 .. 0x%x".formatted(called, value, width, max()));
        }
    }
}
