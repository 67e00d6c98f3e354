package grusim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parameters of every command that holds two specs or runs against each other: which, and what is overridden. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class TwoSides {
    @Parameters(index = "0", paramLabel = "A", description = "What there is: a spec, or the directory of a run.")
    private Path placeA;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description =
                    "What is held against it: a spec, or the directory of a run (default: A, as --set-b changes it).")
    private @Nullable Path placeB;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Override a value of both specs.")
    private List<String> both = new ArrayList<>();

    @Option(names = "--set-a", paramLabel = "PATH=VALUE", description = "Override a value of A.")
    private List<String> ofA = new ArrayList<>();

    @Option(names = "--set-b", paramLabel = "PATH=VALUE", description = "Override a value of B.")
    private List<String> ofB = new ArrayList<>();

    Path placeA() {
        return placeA;
    }

    Path placeB() {
        return placeB == null ? placeA : placeB;
    }

    /** Whether B is A and nothing of it is overridden. */
    boolean same() {
        return placeB == null && ofB.isEmpty();
    }

    /** What is overridden in A. */
    List<String> settingsA() {
        return together(ofA);
    }

    /** What is overridden in B. */
    List<String> settingsB() {
        return together(ofB);
    }

    /** Whether something is overridden in one side only. */
    boolean inOneOnly(String setting) {
        return ofA.contains(setting) || ofB.contains(setting);
    }

    private List<String> together(List<String> own) {
        List<String> all = new ArrayList<>(both);
        all.addAll(own);
        return all;
    }
}
