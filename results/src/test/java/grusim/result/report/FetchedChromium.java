package grusim.result.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's Chromium, fetched with the machine's own apt and unpacked below the build's folder, with the libraries that the
 * machine lacks: nothing is installed, and no rights are needed. Takes some seconds the first time.
 */
final class FetchedChromium {
    private static final long PATIENCE_MINUTES = 4;

    private final Path place;

    private FetchedChromium(Path place) {
        this.place = place;
    }

    /**
     * A program that starts it, fetched unless it is there already.
     *
     * @throws IOException with the reason, if it cannot be had on this machine
     */
    static Path in(Path place) throws IOException, InterruptedException {
        FetchedChromium fetched = new FetchedChromium(place.toAbsolutePath());
        Path program = fetched.place.resolve("chromium.sh");
        if (!Files.isExecutable(program)) {
            fetched.fetch();
            fetched.writeStarter(program);
        }
        return program;
    }

    private void fetch() throws IOException, InterruptedException {
        Files.createDirectories(place.resolve("lists/partial"));
        Files.createDirectories(place.resolve("cache/archives/partial"));
        Path root = Files.createDirectories(place.resolve("root"));
        apt("update");
        apt("install", "--no-install-recommends", "--download-only", "chromium");
        for (Path archive : listed(place.resolve("cache/archives"), ".deb")) {
            run(List.of("dpkg", "-x", archive.toString(), root.toString()));
        }
    }

    private void apt(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                "apt-get",
                "-q",
                "-y",
                "-o",
                "Dir::State::Lists=" + place.resolve("lists"),
                "-o",
                "Dir::Cache=" + place.resolve("cache"),
                "-o",
                "Debug::NoLocking=1",
                "-o",
                "APT::Sandbox::User=root"));
        line.addAll(List.of(command));
        run(line);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path said = place.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " took longer than " + PATIENCE_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + Files.readString(said));
        }
    }

    private void writeStarter(Path program) throws IOException {
        Path lib = place.resolve("root/usr/lib");
        if (!Files.isExecutable(lib.resolve("chromium/chromium"))) {
            throw new IOException("apt fetched no chromium into " + lib);
        }
        String libraries = librariesBelow(place.resolve("root")).stream()
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        Files.writeString(
                program,
                "#!/bin/sh\nexec env LD_LIBRARY_PATH='%s' '%s' \"$@\"\n"
                        .formatted(libraries, lib.resolve("chromium/chromium")));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
    }

    /** The folders that have libraries in them. */
    private static List<Path> librariesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .flatMap(file -> Stream.ofNullable(file.getParent()))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> listed(Path folder, String ending) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
