package grusim.workload;

import java.util.Arrays;
import java.util.List;

/**
 * The designs by which a secondary MMU's translations are kept true to the page tables, in the order in which they are
 * compared, and the rules of each that can be taken away to see what they are for.
 *
 * <p>Source: linux-mm and linux-kernel mails of January to July 2008; Linux mm/mmu_notifier.c, virt/kvm/kvm_main.c and
 * drivers since.
 */
public enum Protocol {
    /** Pages are pinned and never taken back; nothing is invalidated before fork or exit. */
    PIN_ONLY(Rule.PIN),
    /** The page says whether it is exported; exports are recalled before an entry is cleared (Lameter, January 2008). */
    EXPORT_NOTIFIER(Rule.HOLD_OFF),
    /** A hook where an entry is cleared, under the page-table lock (Arcangeli, v1 to v6). */
    CLEAR_FLUSH(Rule.PAGE_TABLE_LOCK),
    /** A callout where the CPUs' TLBs are flushed (Piggin, February 2008). */
    UNMAP_AT_FLUSH(Rule.REREAD),
    /** A count around a range's change holds fills off, kill bits discard those under way: the GRU driver's own. */
    RANGE_KILL_BITS,
    /** One invalidate before what was unmapped is freed; kill bits, no count (Piggin, July 2008). */
    INVALIDATE_BEFORE_FINISH(Rule.INVALIDATE_AFTER_CLEAR),
    /** Fills run beside a range's change and are thrown away if one began (KVM). */
    KVM_SEQ(Rule.RETRY, Rule.READ_BARRIER, Rule.WRITE_BARRIER),
    /** A range's start that may sleep blocks fills, revokes and unpins (XPMEM, 2008). */
    SLEEPABLE_BEGIN(Rule.HOLD_OFF),
    /** Only the range's end revokes and unpins (XPMEM today). */
    END_ONLY(Rule.PIN),
    /** After the clear, an interrupt to the CPU that serves the device; fills under way are cancelled (Piggin). */
    CROSS_PARTITION_IPI(Rule.CANCEL),
    /** The page lock serialises fills with an invalidate made after all spinlocks were dropped (Torvalds). */
    GATHER_OUTSIDE_LOCKS(Rule.PAGE_LOCK),
    /** As the range callouts, which may sleep unless the caller says not (Linux since 2012, 2018). */
    SRCU_BLOCKABLE(Rule.HOLD_OFF),
    /** Fills look for a collision with the ranges being changed, and try again (Linux mmu_interval_notifier). */
    INTERVAL(Rule.RETRY),
    /** The device asks the IOMMU, which walks the same tables; its TLB is flushed with the CPUs' (ATS and PRI). */
    ATS(Rule.INVALIDATE_UNDER_LOCK);

    /** What a protocol cannot do without. */
    public enum Rule {
        /** Nothing is taken away. */
        NONE,
        /** The fill's reference to the page, kept as long as the device may use it. */
        PIN,
        /** Refusing or delaying fills while a change is under way. */
        HOLD_OFF,
        /** Reading the entry and giving it to the device under the page-table lock. */
        PAGE_TABLE_LOCK,
        /** Reading the entry again before it is used. */
        REREAD,
        /** Invalidating only when the entry is gone. */
        INVALIDATE_AFTER_CLEAR,
        /** Throwing away what was found while a change was under way. */
        RETRY,
        /** The fill's barrier between reading the count and the sequence number. */
        READ_BARRIER,
        /** The range end's barrier between raising the sequence number and lowering the count. */
        WRITE_BARRIER,
        /** Marking fills under way as cancelled when an invalidate passes. */
        CANCEL,
        /** The page lock held by fill and reclaim. */
        PAGE_LOCK,
        /** Flushing the device in the critical section that cleared the entry. */
        INVALIDATE_UNDER_LOCK
    }

    /** Bit by ordinal. */
    private final long rules;

    Protocol(Rule... rules) {
        long mask = 0;
        for (Rule rule : rules) {
            mask |= 1L << rule.ordinal();
        }
        this.rules = mask;
    }

    /** The rules that can be taken away. */
    public List<Rule> rules() {
        return Arrays.stream(Rule.values())
                .filter(rule -> (rules >>> rule.ordinal() & 1) != 0)
                .toList();
    }
}
