package grusim.protocol;

import grusim.driver.GruDriver;
import grusim.engine.Cpu;
import grusim.linux.Kernel;
import grusim.notifier.FillRules;
import grusim.notifier.InvalidationProtocol;
import grusim.workload.InvalidationSpec;
import grusim.workload.KernelSpec;
import java.util.List;

/** Makes the protocol that a spec names. */
public final class Protocols {
    private Protocols() {}

    /** Makes a protocol over a driver and has the driver fill by its rules. */
    public static InvalidationProtocol install(
            InvalidationSpec spec, Kernel kernel, KernelSpec costs, GruDriver driver) {
        Surroundings around = new Surroundings(kernel, costs, driver, spec.without());
        InvalidationProtocol protocol = switch (spec.protocol()) {
            case PIN_ONLY -> new PinOnly(around);
            case EXPORT_NOTIFIER -> new ExportNotifier(around);
            case CLEAR_FLUSH -> new ClearFlush(around, spec.hookPerPage());
            case UNMAP_AT_FLUSH -> new UnmapAtFlush(around);
            case RANGE_KILL_BITS -> new RangeKillBits(driver);
            case INVALIDATE_BEFORE_FINISH -> new InvalidateBeforeFinish(around);
            case KVM_SEQ -> new KvmSeq(around);
            case SLEEPABLE_BEGIN -> new SleepableBegin(around);
            case END_ONLY -> new EndOnly(around);
            case CROSS_PARTITION_IPI ->
                new CrossPartitionIpi(
                        around, spec.crossPartition(), List.of(new Cpu(kernel.engine(), "device server")));
            case GATHER_OUTSIDE_LOCKS -> new GatherOutsideLocks(around);
            case SRCU_BLOCKABLE -> new SrcuBlockable(around);
            case INTERVAL -> new Interval(around, spec.intervalBytes());
            case ATS -> new Ats(around, spec.ats());
        };
        if (protocol.revokesPins()) {
            kernel.revokePins();
        }
        FillRules fills = protocol.fills();
        if (fills != null) {
            driver.fills(fills);
        }
        return protocol;
    }
}
