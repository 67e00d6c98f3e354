package grusim.result.file;

import grusim.result.Replications;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@value #FILE} of a run directory: everything of every replication, so that runs can be compared, drawn and reported
 * later. Distributions are kept as histograms, so the size does not grow with the number of samples. Written by a version
 * of the format that is not ours, or broken, it is refused with one line. Any thread.
 */
public final class RunArchive {
    /** The file's name in a run directory. */
    public static final String FILE = "data.json.gz";

    private static final int BUFFER = 1 << 16;
    private static final int LEVEL = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RunArchive() {}

    /** Columns of small numbers shrink well enough without a long search. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream file) throws IOException {
            super(file, BUFFER);
            def.setLevel(LEVEL);
        }
    }

    /** Writes replications to a file. */
    public static void write(Replications replications, Path file) {
        try (OutputStream out = new QuickGzip(Files.newOutputStream(file))) {
            MAPPER.writeValue(out, ArchiveTree.of(replications));
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }

    /** Reads the replications of a run directory. */
    public static Replications read(Path runDirectory) {
        Path file = runDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            throw OutputException.broken(runDirectory, absent(runDirectory), new IOException(file.toString()));
        }
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), BUFFER)) {
            JsonNode tree = MAPPER.readTree(in);
            return ArchiveReader.read(tree);
        } catch (ZipException e) {
            throw OutputException.broken(file, "it is not a file of grusim: " + e.getMessage(), e);
        } catch (IOException e) {
            throw OutputException.unreadable(file, e);
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            String message = e.getMessage();
            throw OutputException.broken(
                    file, "it is broken: " + (message == null ? e.getClass().getSimpleName() : message), e);
        }
    }

    /** Why a directory that has no archive has none. */
    private static String absent(Path directory) {
        if (Files.exists(directory.resolve("result.json"))) {
            return "it has no " + FILE + ", so an older grusim wrote it; run its spec again";
        }
        if (ComparisonDirectory.is(directory)) {
            return "it is the directory of a comparison; accepted: the runs in it, "
                    + directory.resolve(ComparisonDirectory.A) + " and " + directory.resolve(ComparisonDirectory.B);
        }
        return Files.isDirectory(directory)
                ? "it is not a run directory, " + FILE + " is missing"
                : "it is not a directory; accepted: a directory that grusim run wrote";
    }
}
