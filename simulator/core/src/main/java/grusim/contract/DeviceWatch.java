package grusim.contract;

import grusim.gru.DeviceObserver;
import grusim.isa.PageSize;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;

/** Hands what the chiplets announce to the invariants it matters to. */
final class DeviceWatch implements DeviceObserver {
    private static final int KIB_4 = PageSize.KIB_4.code();

    private final ContextLives contexts;
    private final StaleTranslations translations;
    private final AsidOwners asids;
    private final MemoryContent content;
    private final boolean bytesKept;
    private final Topics topics;

    DeviceWatch(
            ContextLives contexts,
            StaleTranslations translations,
            AsidOwners asids,
            MemoryContent content,
            boolean bytesKept,
            Topics topics) {
        this.contexts = contexts;
        this.translations = translations;
        this.asids = asids;
        this.content = content;
        this.bytesKept = bytesKept;
        this.topics = topics;
    }

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        topics.missChanged(cb);
        contexts.recorded(chiplet, context, cb, vaddr);
    }

    @Override
    public void faultBitSet(int chiplet, int context, int cb) {
        topics.missChanged(cb);
        contexts.faulted(chiplet, cb);
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        if (answer != TfhOpcode.NOOP && answer != TfhOpcode.WRITE_ONLY) {
            topics.missChanged(cb);
            contexts.answered(chiplet, cb);
        }
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        translations.killed(chiplet, cb);
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        topics.asidConsulted();
        asids.entered(chiplet, asid);
        translations.entered(chiplet, cb, asid, vaddr, pfn, shift(pageSizeCode));
    }

    @Override
    public void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {
        topics.asidConsulted();
        asids.removed(chiplet, asid);
        translations.removed(chiplet, asid, vaddr, pfn, shift(pageSizeCode));
    }

    private static int shift(int pageSizeCode) {
        return pageSizeCode == KIB_4 ? PageKey.SHIFT : PageSize.of(pageSizeCode).shift();
    }

    @Override
    public void contextCommanded(int chiplet, int context, CchOpcode command) {
        topics.contextChanged(context);
        if (command == CchOpcode.DEALLOCATE) {
            topics.missesChanged();
        }
        contexts.commanded(chiplet, context, command);
    }

    @Override
    public void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {
        topics.contextConsulted(context);
        contexts.ended(chiplet, context, cb);
    }

    @Override
    public void memoryAccessed(
            int chiplet, int context, int cb, int asid, long vaddr, long pfn, int bytes, boolean write, byte[] data) {
        if (topics.asked()) {
            topics.memoryAccessed(context, vaddr, pfn, bytesKept, write);
        }
        int mm = contexts.accessed(chiplet, context, cb, vaddr);
        if (mm == PageKey.NO_MM) {
            return;
        }
        translations.judge().accessed(chiplet, cb, asid, mm, vaddr, pfn, write);
        if (bytesKept) {
            long page = PageKey.of(mm, vaddr);
            if (write) {
                content.stored(chiplet, cb, page, pfn, vaddr, bytes, data);
            } else {
                content.loaded(chiplet, cb, page, pfn, vaddr, bytes, data);
            }
        }
    }
}
