package grusim.run;

import grusim.driver.DriverCounter;
import grusim.driver.DriverStatistics;
import grusim.driver.McsOperation;
import grusim.gru.DeviceStat;
import grusim.result.McsTiming;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figures;

/** Puts a finished simulation's facts together. */
final class ResultAssembly {
    private static final String DRIVER_SOURCE = "Linux drivers/misc/sgi-gru, gruprocfs.c";

    private static final String MODEL = "model";

    private ResultAssembly() {}

    /** How many fault bits interrupts and scans of the polling threads found; what never happened is left out. */
    private static void faultsServed(RunResultBuilder result, DriverStatistics driver) {
        for (int faults = 0; faults <= DriverStatistics.MOST_FAULTS; faults++) {
            String many = (faults == DriverStatistics.MOST_FAULTS ? faults + " or more" : faults) + " fault bits set.";
            served(
                    result,
                    new StatDeclaration(
                            "device.faultsPerInterrupt." + faults,
                            "interrupts",
                            "Interrupts that found " + many,
                            MODEL),
                    driver.interruptsServing(faults));
            served(
                    result,
                    new StatDeclaration(
                            "device.faultsPerScan." + faults,
                            "scans",
                            "Polling threads' scans that found " + many,
                            MODEL),
                    driver.scansServing(faults));
        }
    }

    private static void served(RunResultBuilder result, StatDeclaration declaration, long times) {
        if (times > 0) {
            result.counter(declaration, times);
        }
    }

    static RunResult of(
            Simulation simulation, RunOptions options, Watch watch, Sampler sampler, long endPs, long measuredFromPs) {
        RunResultBuilder result = RunResult.builder(
                simulation.spec().name(), options.version(), simulation.spec().seed());
        result.spec(simulation.resolved().json())
                .simulatedPs(endPs)
                .events(simulation.engine().steps())
                .eventHash(simulation.engine().eventHash());
        if (simulation.spec().run().warmUpPs() != 0) {
            result.counter(
                    new StatDeclaration(
                            Figures.MEASURED_FROM, "ps", "Simulated time from which durations were measured.", MODEL),
                    measuredFromPs);
        }
        DriverStatistics driver = simulation.driver().statistics();
        for (DriverCounter counter : DriverCounter.values()) {
            result.counter(
                    new StatDeclaration(
                            "driver." + counter.statistic(), "events", counter.description(), DRIVER_SOURCE),
                    driver.value(counter));
        }
        for (McsOperation operation : McsOperation.values()) {
            result.mcs(new McsTiming(
                    operation.statistic(),
                    driver.commands(operation),
                    driver.totalPs(operation),
                    driver.maximumPs(operation)));
        }
        simulation.kernel().counters().all().forEach(c -> result.counter(c.declaration(), c.value()));
        simulation
                .calls()
                .refused()
                .forEach((errno, calls) -> result.counter(
                        new StatDeclaration(
                                "vm.refused_errno_" + errno,
                                "calls",
                                "Calls of programs and traces refused with this error.",
                                MODEL),
                        calls));
        result.counter(
                new StatDeclaration(
                        "memory.stale_loads",
                        "loads",
                        "Loads of racing state that returned an older value than the newest, as the memory model allows.",
                        MODEL),
                simulation.engine().memory().staleLoads());
        faultsServed(result, driver);
        DeviceStat.totals(simulation.chiplets()).forEach(c -> result.counter(c.declaration(), c.value()));
        ExceptionReport.report(result, simulation);
        boolean measures = simulation.probes().measures() != Measures.NONE;
        if (measures && simulation.kernel().shootdownDurations().count() > 0) {
            result.latency("shootdown", simulation.kernel().shootdownDurations());
        }
        simulation.locks().report(result);
        simulation
                .probes()
                .report(
                        result,
                        simulation.processes().stream().map(p -> p.spec.name()).toList(),
                        simulation.spec().machine().chipletsPerBlade());
        sampler.report(result, endPs);
        ProtocolReport.report(result, result.build(), simulation);
        if (simulation.ended() && simulation.functional()) {
            simulation.processes().forEach(p -> simulation.checks().atEnd(p, p.spec.checks()));
        }
        result.contract(watch.verdict()).dataChecks(simulation.checks().verdict());
        return result.build();
    }
}
