package grusim.contract;

import java.util.Arrays;

/**
 * Records of translations, by slot: what was read of a PTE, and what has happened to its page since. A record has eight
 * words, a cache line of the host.
 */
class TranslationPool {
    static final int NONE = -1;

    // ---- stages ----
    static final int UNUSED = 0;
    static final int READ = 1;
    static final int COMMANDED = 2;
    static final int ENTRY = 3;

    // ---- marks ----
    /** The frame was freed after the read. */
    static final int FREED = 1;
    /** The PTE was cleared after the read, and the end of that was announced. */
    static final int STALE = 2;
    /** That it is a stale live entry was found already. */
    static final int TOLD = 4;

    // ---- words of a record; two ints share a word, the first one on top ----
    private static final int WORDS_SHIFT = 3;
    private static final int PAGE = 0;
    private static final int PFN = 1;
    /** Clears of the PTE since the read whose end was not announced: bit numbers of {@link OpenClears}. */
    private static final int CLEARS = 2;
    /** Place and asid. */
    private static final int WHERE = 3;
    /** Reader; stage, marks and logarithm of the page's bytes, a byte each. */
    private static final int KIND = 4;
    /** Who cleared the PTE last; the next entry of the same frame. */
    private static final int CLEARER = 5;

    private static final int READ_PS = 6;
    private static final int CLEARED_PS = 7;

    private static final int MARKS_SHIFT = 8;
    private static final int PAGE_SHIFT = 16;
    private static final int BYTE = 0xff;
    private static final long LOW = 0xffff_ffffL;

    private long[] words = new long[16 << WORDS_SHIFT];
    private int[] free = new int[16];
    private int freed;
    private int high;

    /** Every slot is below this. */
    final int high() {
        return high;
    }

    final boolean isEmpty() {
        return high == freed;
    }

    /** Takes a slot for what was read of a page. */
    final int take(long ofPage, long frame, int by, long nowPs) {
        int slot = freed > 0 ? free[--freed] : high++;
        int at = slot << WORDS_SHIFT;
        if (at == words.length) {
            words = Arrays.copyOf(words, 2 * at);
        }
        words[at + PAGE] = ofPage;
        words[at + PFN] = frame;
        words[at + CLEARS] = 0;
        words[at + WHERE] = 0;
        words[at + KIND] = pair(by, PageKey.SHIFT << PAGE_SHIFT);
        words[at + CLEARER] = pair(Findings.UNKNOWN, NONE);
        words[at + READ_PS] = nowPs;
        words[at + CLEARED_PS] = 0;
        return slot;
    }

    /** Gives a slot back. */
    final void give(int slot) {
        word(slot, KIND, UNUSED);
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = slot;
    }

    /** Gives all slots back. */
    final void giveAll() {
        freed = 0;
        high = 0;
    }

    private long word(int slot, int word) {
        return words[(slot << WORDS_SHIFT) + word];
    }

    private void word(int slot, int word, long value) {
        words[(slot << WORDS_SHIFT) + word] = value;
    }

    // ---- one translation ----

    final int stage(int slot) {
        return (int) word(slot, KIND) & BYTE;
    }

    final boolean used(int slot) {
        return stage(slot) != UNUSED;
    }

    final int marks(int slot) {
        return (int) word(slot, KIND) >>> MARKS_SHIFT & BYTE;
    }

    final void mark(int slot, int mark) {
        words[(slot << WORDS_SHIFT) + KIND] |= (long) mark << MARKS_SHIFT;
    }

    /** Logarithm of the page's bytes. */
    final int shift(int slot) {
        return (int) word(slot, KIND) >>> PAGE_SHIFT & BYTE;
    }

    /** Who read the PTE; for words only. */
    final int reader(int slot) {
        return (int) (word(slot, KIND) >> Integer.SIZE);
    }

    final int place(int slot) {
        return (int) (word(slot, WHERE) >> Integer.SIZE);
    }

    final int asid(int slot) {
        return (int) word(slot, WHERE);
    }

    final long page(int slot) {
        return word(slot, PAGE);
    }

    final long pfn(int slot) {
        return word(slot, PFN);
    }

    final long readPs(int slot) {
        return word(slot, READ_PS);
    }

    /** Who cleared the PTE last, or {@link Findings#UNKNOWN}; for words only. */
    final int clearer(int slot) {
        return (int) (word(slot, CLEARER) >> Integer.SIZE);
    }

    final long clearedPs(int slot) {
        return word(slot, CLEARED_PS);
    }

    /** The next entry of the same frame. */
    final int next(int slot) {
        return (int) word(slot, CLEARER);
    }

    final void next(int slot, int next) {
        word(slot, CLEARER, (word(slot, CLEARER) & ~LOW) | (next & LOW));
    }

    static long pair(int upper, int lower) {
        return (long) upper << Integer.SIZE | (lower & LOW);
    }

    /** Place and asid, as {@link #pair} puts them together. */
    final long where(int slot) {
        return word(slot, WHERE);
    }

    /** Bits of open clears. */
    final long clears(int slot) {
        return word(slot, CLEARS);
    }

    final void clears(int slot, long bits) {
        word(slot, CLEARS, bits);
    }

    final void clearer(int slot, int agent, long nowPs) {
        word(slot, CLEARER, pair(agent, next(slot)));
        word(slot, CLEARED_PS, nowPs);
    }

    final void reader(int slot, int agent, long atPs) {
        word(slot, KIND, pair(agent, (int) word(slot, KIND)));
        word(slot, READ_PS, atPs);
    }

    /** Moves a translation on to a stage before that of an entry. */
    final void hold(int slot, int atStage, int at) {
        word(slot, KIND, (word(slot, KIND) & ~(long) BYTE) | atStage);
        word(slot, WHERE, pair(at, 0));
    }

    final void becomeEntry(int slot, int chiplet, int underAsid, int pageShift) {
        long others = word(slot, KIND) & ~((long) BYTE | (long) BYTE << PAGE_SHIFT);
        word(slot, KIND, others | ENTRY | pageShift << PAGE_SHIFT);
        word(slot, WHERE, pair(chiplet, underAsid));
    }

    // ---- the addresses and frames of a translation ----

    /** First address of a translation's page. */
    final long vaddr(int slot) {
        return PageKey.vaddr(page(slot)) & -1L << shift(slot);
    }

    final boolean covers(int slot, long vaddr) {
        return (vaddr & -1L << shift(slot)) == vaddr(slot);
    }

    /** Whether a translation is of an address of an address space. */
    final boolean translates(int slot, int mm, long vaddr) {
        return PageKey.mm(page(slot)) == mm && covers(slot, vaddr);
    }

    /** Whether a translation is of addresses in a range of an address space. */
    final boolean overlaps(int slot, int mm, long start, long end) {
        long first = vaddr(slot);
        return PageKey.mm(page(slot)) == mm && first < end && first + (1L << shift(slot)) > start;
    }

    /** The frame a translation gives an address in its page. */
    final long frameOf(int slot, long vaddr) {
        return pfn(slot) + ((vaddr & (1L << shift(slot)) - 1) >>> PageKey.SHIFT);
    }

    /** Whether a frame belongs to the page a translation leads to. */
    final boolean uses(int slot, long frame) {
        return frame >= pfn(slot) && frame - pfn(slot) < 1L << (shift(slot) - PageKey.SHIFT);
    }
}
