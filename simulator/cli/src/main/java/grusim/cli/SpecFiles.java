package grusim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The spec files that a user named: files as they are, and the {@code .json} files of directories by name. */
record SpecFiles(List<Path> files, boolean several) {
    static SpecFiles in(List<Path> places) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(inside(place));
            } else {
                files.add(place);
            }
        }
        return new SpecFiles(List.copyOf(files), places.size() > 1 || Files.isDirectory(places.get(0)));
    }

    private static List<Path> inside(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> specs =
                    entries.filter(p -> p.toString().endsWith(".json")).sorted().toList();
            if (specs.isEmpty()) {
                throw new UserError(directory + ": no spec in it; accepted: a directory with .json files");
            }
            return specs;
        }
    }
}
