package grusim.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Specs that simulate in milliseconds, in a directory of their own, and what else is in that directory. */
record SmallSpecs(Path directory) {
    /** 200 loads of random lines of 16 pages, whose content is checked. */
    Path loads(String name) throws IOException {
        return write(name + ".json", """
                {"name": "%s", "processes": [{"name": "p",
                 "regions": [{"name": "r", "size": "64 KiB", "content": {"seed": 3}}],
                 "threads": [{"name": "t", "program": [
                  {"op": "vload", "region": "r", "count": 200, "pattern": {"kind": "uniform"}, "expect": "content"}]}],
                 "checks": [{"region": "r", "equalsRegion": "r"}]}]}
                """.formatted(name));
    }

    /** One increment, followed by a check for another value than 1. */
    Path wrongSum() throws IOException {
        return write("wrong.json", """
                {"name": "wrong", "processes": [{"name": "p",
                 "regions": [{"name": "r", "size": "4 KiB"}],
                 "threads": [{"name": "t", "program": [{"op": "gamir", "exopc": "inc", "region": "r"}]}],
                 "checks": [{"region": "r", "equals": 2}]}]}
                """);
    }

    /** A replay of a trace file beside the spec. */
    Path replay(String trace) throws IOException {
        return write("replay.json", """
                {"name": "replay", "processes": [{"name": "p",
                 "threads": [{"name": "t", "program": [{"op": "trace", "file": "%s"}]}]}]}
                """.formatted(trace));
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    /** Every file and directory below the directory, by name. */
    List<String> tree() {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.map(path -> directory.relativize(path).toString())
                    .filter(path -> !path.isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
