package grusim.run;

import grusim.gru.DataSegment;
import grusim.isa.TransferType;
import grusim.workload.AtomicStep;

/**
 * What a user puts into the data segment before an instruction starts: the elements of a store, the operands of a masked
 * exchange, an index vector. Only index vectors are put there when data is elided, for they say where memory is accessed.
 */
final class SegmentFill {
    private final Simulation simulation;
    private final byte[] line = new byte[64];

    SegmentFill(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Fills the control block's part for the thread's next instruction. */
    void fill(ThreadRun thread, IssuePlan plan, int user) {
        if (plan.indexed()) {
            indexes(thread, plan, user);
        }
        if (!simulation.functional()) {
            return;
        }
        if (plan.stores()) {
            elements(thread, plan, user);
        }
        AtomicStep.Gamxr exchange = plan.exchange;
        if (exchange != null) {
            int at = plan.dsrSlice * user;
            word(thread, at, exchange.compare(), Long.BYTES);
            word(thread, at + Long.BYTES, exchange.compareMask(), Long.BYTES);
            word(thread, at + 2 * Long.BYTES, exchange.value(), Long.BYTES);
            word(thread, at + 3 * Long.BYTES, exchange.valueMask(), Long.BYTES);
        }
    }

    private void indexes(ThreadRun thread, IssuePlan plan, int user) {
        int at = plan.indexes(user);
        for (int k = 0; k < plan.elements; k++) {
            word(thread, at + k * Long.BYTES, plan.index(thread.issued, k, thread.random), Long.BYTES);
        }
    }

    private void elements(ThreadRun thread, IssuePlan plan, int user) {
        long value = plan.sequence ? plan.value + thread.issued : plan.value;
        int bytes = Math.min(Long.BYTES, plan.type.bytes());
        int words = plan.type == TransferType.CACHE_LINE ? 8 : 1;
        for (int element = 0; element < plan.elements * words; element++) {
            word(thread, plan.dsrSlice * user + element * bytes, value, bytes);
        }
    }

    private void word(ThreadRun thread, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            line[i] = (byte) (value >>> (8 * i));
        }
        DataSegment segment = simulation.chiplet(thread.gts.chiplet()).dataSegment();
        segment.write(thread.gts.dsrMap(), at, line, 0, bytes);
    }
}
