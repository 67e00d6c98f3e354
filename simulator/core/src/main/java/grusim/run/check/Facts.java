package grusim.run.check;

import grusim.engine.Agent;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Writes down, at the step in which it happens, what device and kernel do that no access shows. */
final class Facts implements DeviceObserver, VmObserver {
    private final StateWords words;
    private final Supplier<Played> present;
    private final Map<Long, Integer> freed = new HashMap<>();

    Facts(StateWords words, Supplier<Played> present) {
        this.words = words;
        this.present = present;
    }

    private void note(String text) {
        present.get().notes.add(text);
    }

    private String page(long vaddr) {
        return words.names().page("", vaddr);
    }

    // ---- the device ----

    @Override
    public void missed(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        present.get().found = "no entry of " + page(vaddr);
    }

    @Override
    public void killMarked(int chiplet, int context, int cb, int asid, long vaddr) {
        note("marks CB " + cb + "'s miss");
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        note("ignored: the miss was marked");
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        present.get().made = page(vaddr) + " at frame " + pfn;
    }

    @Override
    public void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {
        note("drops the entry of " + page(vaddr));
    }

    @Override
    public void memoryAccessed(
            int chiplet, int context, int cb, int asid, long vaddr, long pfn, int bytes, boolean write, byte[] data) {
        note((write ? "writes" : "reads") + " frame " + pfn + " for " + page(vaddr));
    }

    @Override
    public void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {
        if (ecause != 0) {
            note("raises an exception");
        }
    }

    // ---- the kernel ----

    @Override
    public void frameFreed(Agent agent, long pfn) {
        note("frame " + pfn + " is free");
    }

    @Override
    public void tableFreed(Agent agent, long table) {
        note(words.table(table) + " is free");
        freed.put(table, present.get().number);
    }

    @Override
    public void tableReadAfterFree(Agent agent, long table) {
        present.get().junkSince = freed.getOrDefault(table, 0);
    }
}
