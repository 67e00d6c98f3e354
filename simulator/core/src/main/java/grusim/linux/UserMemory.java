package grusim.linux;

import grusim.machine.PhysicalMemory;

/**
 * Reads what a process would read, wherever the page is: in a frame, in swap, or not touched yet. A probe for checks, not an
 * access of the simulated machine; pages on their way to or from swap are not to be read.
 */
public final class UserMemory {
    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final PhysicalMemory scratch;

    UserMemory(Kernel kernel, PhysicalMemory memory) {
        this.kernel = kernel;
        this.memory = memory;
        this.scratch = new PhysicalMemory(1, PhysicalMemory.FRAME_BYTES, memory.functional());
    }

    /** Whether an address lies in a mapping. */
    public boolean mapped(Mm mm, long vaddr) {
        return mm.vmas().contains(mm.vmas().indexAbove(vaddr), vaddr);
    }

    /** Copies bytes out of an address space; they may span pages. An address that is not mapped is an error. */
    public void read(Mm mm, long vaddr, byte[] into, int at, int bytes) {
        int done = 0;
        while (done < bytes) {
            long page = vaddr + done;
            int offset = (int) (page & (PhysicalMemory.FRAME_BYTES - 1));
            int n = Math.min(bytes - done, PhysicalMemory.FRAME_BYTES - offset);
            readPage(mm, page - offset, offset, into, at + done, n);
            done += n;
        }
    }

    /** The zero-extended little-endian word of 1 to 8 bytes at an address. */
    public long readWord(Mm mm, long vaddr, int bytes) {
        byte[] word = new byte[bytes];
        read(mm, vaddr, word, 0, bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (word[i] & 0xff);
        }
        return value;
    }

    private void readPage(Mm mm, long page, int offset, byte[] into, int at, int bytes) {
        long pte = mm.peekPte(page);
        if (Pte.present(pte) || Pte.migration(pte)) {
            memory.read(Pte.pfn(pte), offset, into, at, bytes);
        } else if (Pte.swap(pte)) {
            kernel.swap().content().read(Pte.slot(pte), offset, into, at, bytes);
        } else {
            Vmas vmas = mm.vmas();
            int vma = vmas.indexAbove(page);
            if (!vmas.contains(vma, page)) {
                throw new IllegalArgumentException("address 0x" + Long.toHexString(page) + " is not mapped");
            }
            kernel.contents().source(vmas.source(vma)).fill(scratch, 0, vmas.sourcePage(vma, page));
            scratch.read(0, offset, into, at, bytes);
        }
    }
}
