package grusim.protocol;

import static grusim.protocol.ProtocolRig.NS;
import static grusim.protocol.ProtocolRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.LockName;
import grusim.engine.LockObserver;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.gru.DeviceObserver;
import grusim.linux.Pte;
import grusim.linux.VmCounter;
import grusim.linux.VmObserver;
import grusim.workload.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * When each protocol flushes the device, compared with the moments at which the VM clears a page's entry and drops its
 * references, which locks are held then, and what a fill does meanwhile. In reclaim the last drop is that of the reference
 * that took the page off its list; munmap has the smallest gather, so that pages are freed before the range's end.
 */
final class MomentsTest {
    private enum Fill {
        PROCEEDS,
        WAITS,
        TRIES_AGAIN
    }

    /**
     * What is to be expected of a protocol, words in order: of munmap, of reclaim, which passes over pinned pages, and of a
     * fill.
     */
    record Row(Protocol protocol, String munmap, String reclaim, Fill fill) {
        @Override
        public String toString() {
            return protocol.toString();
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row(Protocol.PIN_ONLY, "clear drop", "", Fill.PROCEEDS),
            new Row(
                    Protocol.CLEAR_FLUSH,
                    "clear flush[mmap_sem, page_table_lock] drop",
                    "clear flush[rmap_lock, page_table_lock] drop drop",
                    Fill.WAITS),
            new Row(
                    Protocol.UNMAP_AT_FLUSH,
                    "clear flush[mmap_sem, page_table_lock] drop",
                    "clear flush[rmap_lock, page_table_lock] drop drop",
                    Fill.WAITS),
            new Row(
                    Protocol.RANGE_KILL_BITS,
                    "flush[mmap_sem] clear drop",
                    "flush[rmap_lock] clear drop drop",
                    Fill.WAITS),
            new Row(
                    Protocol.INVALIDATE_BEFORE_FINISH,
                    "clear flush[mmap_sem, page_table_lock] drop",
                    "clear flush[rmap_lock, page_table_lock] drop drop",
                    Fill.PROCEEDS),
            new Row(
                    Protocol.KVM_SEQ,
                    "flush[mmap_sem, mmu_lock] clear drop",
                    "flush[rmap_lock, mmu_lock] clear drop drop",
                    Fill.TRIES_AGAIN),
            new Row(
                    Protocol.SLEEPABLE_BEGIN,
                    "flush[mmap_sem] unpin clear drop",
                    "flush[rmap_lock] unpin clear drop drop",
                    Fill.WAITS),
            new Row(Protocol.END_ONLY, "clear drop flush[mmap_sem, recall_mutex] unpin", "", Fill.PROCEEDS),
            new Row(
                    Protocol.CROSS_PARTITION_IPI,
                    "clear flush[mmap_sem, page_table_lock] drop",
                    "clear flush[rmap_lock, page_table_lock] drop drop",
                    Fill.PROCEEDS),
            new Row(
                    Protocol.SRCU_BLOCKABLE,
                    "flush[mmap_sem, umem_mutex] clear drop",
                    "flush[rmap_lock, umem_mutex] clear drop drop",
                    Fill.WAITS),
            new Row(
                    Protocol.INTERVAL,
                    "flush[mmap_sem, user_lock] clear drop",
                    "flush[rmap_lock, user_lock] clear drop drop",
                    Fill.WAITS),
            new Row(
                    Protocol.ATS,
                    "clear flush[mmap_sem, page_table_lock] drop",
                    "clear flush[rmap_lock, page_table_lock] drop drop",
                    Fill.PROCEEDS));

    /** Locks that say where a callout is made. */
    private static final List<String> KINDS =
            List.of("mmap_sem", "rmap_lock", "page_table_lock", "mmu_lock", "recall_mutex", "umem_mutex", "user_lock");

    private static String name(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens to the page at address 0, which the device has loaded, in order. */
    private static final class Moments {
        final List<String> log = new ArrayList<>();
        final ProtocolRig rig;
        private final TreeSet<String> held = new TreeSet<>();
        private int references;
        private boolean unpins;

        Moments(Protocol protocol, String... settings) {
            rig = new ProtocolRig(Stream.concat(
                            Stream.of(
                                    "invalidation.protocol=" + name(protocol),
                                    "kernel.era=4.20",
                                    "kernel.gatherPages=1"),
                            Stream.of(settings))
                    .toArray(String[]::new));
            assertThat(rig.load(rig.cpu(0), 0, 0)).isEmpty();
            rig.run();
            long pfn = Pte.pfn(rig.mm.peekPte(0));
            references = rig.kernel.frames().references(pfn);
            rig.engine.observer((agent, routine, pc) -> stepping(pfn, routine, pc));
            rig.kernel.observer(new VmObserver() {
                @Override
                public void pteCleared(Agent agent, int mm, long vaddr, long oldPte, boolean kept) {
                    log.add("clear");
                }
            });
            rig.chiplet().observer(new DeviceObserver() {
                @Override
                public void invalidateEnded(int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages) {
                    log.add("flush" + KINDS.stream().filter(held::contains).toList());
                }
            });
            rig.engine.lockObserver(new LockObserver() {
                @Override
                public void taken(Agent agent, Shared lock, boolean exclusive) {
                    held.add(LockName.kind(lock.name()));
                }

                @Override
                public void released(Agent agent, Shared lock) {
                    held.remove(LockName.kind(lock.name()));
                }
            });
        }

        private void stepping(long pfn, Routine routine, int pc) {
            int now = rig.kernel.frames().references(pfn);
            if (now < references) {
                log.add(unpins ? "unpin" : "drop");
            }
            references = now;
            unpins = routine.stepName(pc).startsWith("put_page");
        }
    }

    static Stream<Row> rows() {
        return ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void munmap_hasItsMoments(Row row) {
        Moments moments = new Moments(row.protocol);
        moments.rig.call(moments.rig.cpu(1), moments.rig.kernel.calls().munmap(), 0, 0, PAGE);
        assertThat(String.join(" ", moments.log)).isEqualTo(row.munmap);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void reclaim_hasItsMoments(Row row) {
        Moments moments = new Moments(row.protocol);
        long reclaimed = moments.rig.call(moments.rig.cpu(1), moments.rig.kernel.reclaimPages(), 1, 1, 0, PAGE);
        assertThat(String.join(" ", moments.log)).isEqualTo(row.reclaim);
        boolean pinned = row.reclaim.isEmpty();
        assertThat(reclaimed).isEqualTo(pinned ? 0 : 1);
        assertThat(moments.rig.kernel.counters().value(VmCounter.RECLAIM_REFERENCED))
                .isEqualTo(pinned ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fillDuringAChange_doesAsTheTableSays(Row row) {
        ProtocolRig rig = new Moments(row.protocol).rig;
        Routine start = rig.callouts.rangeStart();
        boolean locks = row.protocol == Protocol.CLEAR_FLUSH || row.protocol == Protocol.UNMAP_AT_FLUSH;
        rig.touch(1);
        if (locks) {
            rig.call(rig.cpu(1), rig.kernel.userPages().lockPte(), 0, 0);
        } else if (start != null) {
            rig.call(rig.cpu(1), start, 0, 0, 2 * PAGE);
        }
        List<Long> loaded = rig.load(rig.cpu(0), 0, 1);
        rig.runFor(50_000 * NS);
        long discarded = rig.kernel.counters().value(VmCounter.FILLS_DISCARDED);
        assertThat(loaded.isEmpty()).as("waits").isEqualTo(row.fill != Fill.PROCEEDS);
        assertThat(discarded > 0).as("tried again").isEqualTo(row.fill == Fill.TRIES_AGAIN);
        if (locks) {
            rig.cpu(1)
                    .start(
                            rig.play().then("unlock", (a, here) -> {
                                rig.kernel.userPages().unlockPte(a, 0);
                                a.done(0);
                            }),
                            0);
        } else if (rig.callouts.rangeEnd() != null) {
            rig.start(rig.cpu(1), rig.callouts.rangeEnd(), 0, 0, 2 * PAGE);
        }
        rig.run();
        assertThat(loaded).hasSize(1);
        // the try that was under way may still be in vain
        assertThat(rig.kernel.counters().value(VmCounter.FILLS_DISCARDED))
                .isBetween(discarded, row.fill == Fill.TRIES_AGAIN ? discarded + 1 : discarded);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void exit_leavesNoReference(Row row) {
        ProtocolRig rig = new Moments(row.protocol).rig;
        long frames = rig.kernel.frames().freeFrames();
        rig.call(rig.cpu(1), rig.kernel.exitMmap(), 0);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(frames + 1);
    }

    @Test
    void forkUnderPinOnly_recallsBeforeItCopies() {
        Moments moments = new Moments(Protocol.PIN_ONLY);
        moments.rig.kernel.processes().allow(moments.rig.cpu(1), 1);
        moments.rig.kernel.observer(new VmObserver() {
            @Override
            public void pteChanged(Agent agent, int mm, long vaddr, long oldPte, long newPte) {
                moments.log.add("protect");
            }
        });
        assertThat(moments.rig.call(
                        moments.rig.cpu(1), moments.rig.kernel.processes().fork(), 0))
                .isEqualTo(1);
        assertThat(moments.log).containsExactly("flush[mmap_sem, recall_mutex]", "unpin", "protect");
    }
}
