package grusim.cli;

import picocli.CommandLine.Option;

/** The option of every command that makes several runs: how many of them at the same time. */
final class WorkersOption {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs at the same time (default: one per processor); results do not depend on it.")
    private int workers = Runtime.getRuntime().availableProcessors();

    /** How many; a number that is none is refused. */
    int count() {
        Workers.check(workers);
        return workers;
    }
}
