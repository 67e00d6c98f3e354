package grusim.result.file;

import grusim.result.Dictionary;
import grusim.result.HostFacts;
import grusim.result.Replications;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of one run, check or comparison. Opening it proves that it can be written, before any simulation; files are put into a hidden
 * directory inside it and moved into place together by {@link #commit()}, {@code result.json}, {@code verdict.json} or {@code comparison.json} last. Closed without
 * commit, it leaves nothing behind, not even directories it had to make.
 *
 * <p>Files of an earlier run are replaced, or removed if this run has none of that name; other files in the directory are
 * left alone. Every failure is an
 * {@link OutputException}. One thread, except that distinct staged files may be written by distinct threads.
 */
public final class RunDirectory implements AutoCloseable {
    private static final String RESULT = "result.json";
    /** What is moved into place after everything else: whoever finds one of these finds all. */
    private static final Set<String> LAST = Set.of(RESULT, "verdict.json", ComparisonDirectory.FILE);
    /** Where files lie, seen from the directory. */
    private static final List<String> INSIDE = List.of("", "charts", "a", "a/charts", "b", "b/charts");

    private static final Pattern OF_RUN = Pattern.compile("result\\.json|data\\.json\\.gz|figures\\.jsonl"
            + "|(result|figures|latency|series|attribution|views|waterfalls|chiplets|stats|sweep)\\.csv"
            + "|(host|provenance)\\.json|report\\.html|trace\\.txt|charts/[a-z-]+-(light|dark)\\.(png|svg)");
    private static final Pattern OF_VIEWS = Pattern.compile("(mcs_)?statistics|(cch|gru)_status");
    private static final Pattern OF_COMPARISON =
            Pattern.compile("comparison\\.(json|csv)|provenance\\.json|([ab]/)?report\\.html|[ab]/data\\.json\\.gz"
                    + "|charts/comparison-(light|dark)\\.(png|svg)|[ab]/charts/[a-z-]+-(light|dark)\\.(png|svg)");
    private static final Pattern OF_CHECK = Pattern.compile("verdict\\.json|counterexample\\.(html|svg|txt)");

    private final Pattern own;
    private final Path place;
    private final Path staging;
    private final List<Path> made;
    private boolean committed;

    private RunDirectory(Pattern own, Path place, Path staging, List<Path> made) {
        this.own = own;
        this.place = place;
        this.staging = staging;
        this.made = made;
    }

    /** Makes the directory of a run if needed and a place for unfinished files inside it. */
    public static RunDirectory open(Path directory) {
        return open(OF_RUN, directory);
    }

    /** As {@link #open(Path)}, for a check. */
    public static RunDirectory ofCheck(Path directory) {
        return open(OF_CHECK, directory);
    }

    /** As {@link #open(Path)}, for the driver's views under /proc. */
    public static RunDirectory ofViews(Path directory) {
        return open(OF_VIEWS, directory);
    }

    /** As {@link #open(Path)}, for a comparison. */
    public static RunDirectory ofComparison(Path directory) {
        return open(OF_COMPARISON, directory);
    }

    private static RunDirectory open(Pattern own, Path directory) {
        Path place = directory.toAbsolutePath().normalize();
        List<Path> made = new ArrayList<>();
        try {
            makeDirectories(place, made);
            return new RunDirectory(own, place, Files.createTempDirectory(place, ".unfinished-"), made);
        } catch (IOException e) {
            remove(made);
            throw new OutputException(directory, e);
        }
    }

    /** Where the files will be. */
    public Path place() {
        return place;
    }

    /** The path under which to write a file now; {@link #commit()} moves it to the same name in the directory. */
    public Path staged(String file) {
        Path path = staging.resolve(file).normalize();
        if (!path.startsWith(staging) || path.equals(staging)) {
            throw new IllegalArgumentException("file name \"" + file + "\" leaves the run directory");
        }
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new OutputException(place, e);
        }
        return path;
    }

    /** A directory to write several files into now, such as {@code charts}. */
    public Path stagedDirectory(String name) {
        Path path = staged(name);
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new OutputException(place, e);
        }
    }

    /** Stages a text file. */
    public void write(String file, String text) {
        try {
            Files.writeString(staged(file), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutputException(place.resolve(file), e);
        }
    }

    /** Stages everything that replications leave behind, for people and for later commands. */
    public void write(Replications result) {
        List<Figure> figures = Figures.of(result);
        write(RESULT, ResultJson.print(result));
        write("figures.csv", FigureTable.csv(figures));
        write("figures.jsonl", FigureTable.jsonLines(figures));
        write("latency.csv", ResultCsv.latency(result));
        write("series.csv", ResultCsv.series(result));
        write("attribution.csv", ResultCsv.attribution(result));
        write("views.csv", WaitCsv.views(result.views()));
        write("waterfalls.csv", WaitCsv.waterfalls(result.waterfalls().values()));
        write("chiplets.csv", WaitCsv.chiplets(result.first().chiplets()));
        RunArchive.write(result, staged(RunArchive.FILE));
    }

    /** Stages {@code stats.csv}: what each figure of a run means. */
    public void write(Dictionary dictionary) {
        write("stats.csv", DictionaryFile.csv(dictionary));
    }

    /** Stages {@code host.json}. */
    public void write(HostFacts facts) {
        write("host.json", HostJson.print(facts));
    }

    /** Moves everything staged into place and returns the files, by name. */
    public List<Path> commit() {
        try {
            List<Path> files = stagedFiles();
            for (Path file : files) {
                Path target = place.resolve(staging.relativize(file));
                if (Files.isDirectory(target)) {
                    throw new OutputException(place, target + " is a directory");
                }
                Files.createDirectories(target.getParent());
            }
            List<Path> written = new ArrayList<>();
            for (Path file : files) {
                Path target = place.resolve(staging.relativize(file));
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                written.add(target);
            }
            committed = true;
            removeStale(written);
            written.sort(Comparator.naturalOrder());
            return written;
        } catch (IOException e) {
            throw new OutputException(place, e);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        removeTree(staging);
        if (!committed) {
            remove(made);
        }
    }

    /** Removes files of an earlier run that this one did not write, such as its trace. */
    private void removeStale(List<Path> written) throws IOException {
        for (String inside : INSIDE) {
            Path directory = place.resolve(inside);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        String name = place.relativize(file).toString();
                        if (own.matcher(name).matches() && !written.contains(file)) {
                            Files.delete(file);
                        }
                    }
                }
            }
        }
    }

    private List<Path> stagedFiles() throws IOException {
        try (Stream<Path> walk = Files.walk(staging)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path p) ->
                                    LAST.contains(staging.relativize(p).toString()))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static void makeDirectories(Path directory, List<Path> made) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent, made);
        }
        try {
            Files.createDirectory(directory);
            made.add(0, directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            // another run made it meanwhile
        }
    }

    /** Removes directories, innermost first, as far as they are empty. */
    private static void remove(List<Path> directories) {
        for (Path directory : directories) {
            if (!directory.toFile().delete()) {
                return;
            }
        }
    }

    private static void removeTree(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new OutputException(root, e);
        }
    }
}
