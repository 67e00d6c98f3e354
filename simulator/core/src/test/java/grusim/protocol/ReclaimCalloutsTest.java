package grusim.protocol;

import static grusim.protocol.ProtocolRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.Pte;
import grusim.notifier.FillRules;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The protocols that reclaim calls before it unmaps a page and after it has dropped its locks. */
final class ReclaimCalloutsTest {
    private static long reclaim(ProtocolRig rig) {
        return rig.call(rig.cpu(1), rig.kernel.reclaimPages(), 1, 1, 0, PAGE);
    }

    @Test
    void gather_flushesAfterTheSpinlocksAndUnderThePageLock() {
        ProtocolRig rig = new ProtocolRig("invalidation.protocol=gather-outside-locks");
        rig.touch(0);
        rig.listen();
        assertThat(reclaim(rig)).isOne();
        assertThat(rig.steps)
                .containsSubsequence(
                        "lock_page",
                        "clear the pte",
                        "release the page-table lock",
                        "release the reverse map's lock",
                        "flush the device",
                        "unlock_page",
                        "free the frame");
        assertThat(rig.steps)
                .filteredOn(step -> step.equals("flush the device"))
                .hasSize(1);
    }

    @Test
    void gather_fillWhosePageIsBeingReclaimed_sleepsAndLooksAgain() {
        ProtocolRig rig = new ProtocolRig("invalidation.protocol=gather-outside-locks");
        FillRules fills = Objects.requireNonNull(rig.fills);
        rig.touch(0);
        long pte = rig.mm.peekPte(0);
        long pfn = Pte.pfn(pte);
        rig.call(rig.cpu(1), rig.callouts.beforeUnmap(), 0, 0, pfn);
        List<Long> fill = rig.start(rig.cpu(0), fills.admit(), 0, 0, 0, pte);
        rig.run();
        assertThat(fill).isEmpty();
        rig.call(rig.cpu(1), rig.callouts.afterUnmap(), 0, 0, pfn);
        assertThat(fill).as("the entry is still there").containsExactly(pte);
    }

    @Test
    void export_recallsBeforeTheClearAndLetsInAfterTheLocks() {
        ProtocolRig rig = new ProtocolRig("invalidation.protocol=export-notifier");
        rig.touch(0);
        rig.listen();
        assertThat(reclaim(rig)).isOne();
        assertThat(rig.steps)
                .containsSubsequence(
                        "recall the page",
                        "block fills",
                        "flush the device",
                        "next pinned page",
                        "clear the pte",
                        "release the reverse map's lock",
                        "the page may be exported again",
                        "let fills in",
                        "free the frame");
        assertThat(rig.steps)
                .filteredOn(step -> step.equals("flush the device"))
                .hasSize(1);
    }
}
