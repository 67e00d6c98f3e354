package grusim.linux;

import grusim.machine.PhysicalMemory;

/**
 * The part of the machine one kernel runs, and the shape of its page tables.
 *
 * @param name prefix of the names of the kernel's components
 * @param firstBlade first of its blades
 * @param blades number of its blades
 * @param tableBits address bits that one level of the page table resolves: 9 on x86-64; 1 or 2 keep the snapshots of an
 *     exploration small. User addresses have {@code 4 * tableBits + 11} bits.
 */
public record Partition(String name, int firstBlade, int blades, int tableBits) {
    /** Address bits per level of x86-64. */
    public static final int X86_64_TABLE_BITS = 9;

    public Partition {
        if (firstBlade < 0 || blades < 1) {
            throw new IllegalArgumentException("blades " + firstBlade + " on, " + blades + " of them: at least one");
        }
        if (tableBits < 1 || tableBits > X86_64_TABLE_BITS) {
            throw new IllegalArgumentException("tableBits: " + tableBits + ", 1 to " + X86_64_TABLE_BITS);
        }
    }

    /** All blades, with the page tables of x86-64. */
    public static Partition whole(PhysicalMemory memory) {
        return new Partition("linux", 0, memory.blades(), X86_64_TABLE_BITS);
    }
}
