package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Hash;
import grusim.machine.PhysicalMemory;

/** Test 3: 200 bytes are copied by physical address. */
final class QuickCopy extends QuickTest {
    private static final int BYTES = 200;

    private static final int EXCEPTION = 1;

    private final long from;
    private final long to;

    QuickCopy(GruDriver driver, PhysicalMemory memory, long from, long to) {
        super(driver, memory, "quicktest3", 0);
        this.from = from;
        this.to = to;
    }

    @Override
    public String title() {
        return "copy 200 bytes";
    }

    @Override
    public String failure(long result) {
        return result == EXCEPTION ? "the copy ended with an exception" : "the copy differs from its source";
    }

    @Override
    public void ready() {
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            word(from + at, Hash.mix(from, at));
            word(to + at, 0);
        }
    }

    @Override
    public String stepName(int pc) {
        return pc == 0 ? "copy" : "compare";
    }

    @Override
    public void step(Agent a, int pc) {
        if (pc == 0) {
            a.call(driver.kernelContexts().copyGpa(), 1, to, from, BYTES);
            return;
        }
        boolean same = true;
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            same &= word(from + at) == word(to + at);
        }
        a.done(a.result() != 0 ? EXCEPTION : same ? PASSED : EXCEPTION + 1);
    }
}
