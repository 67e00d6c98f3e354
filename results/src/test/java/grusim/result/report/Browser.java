package grusim.result.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A headless Chromium, driven through its DevTools protocol; one tab, one page at a time, one thread. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private String session = "";
    private int calls;

    private Browser(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /** The first Chromium on the search path, if there is one. */
    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(":", -1)).map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it and opens an empty tab. */
    static Browser start(Path program) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("grusim-browser");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(LISTENING)) {
                Thread drain = new Thread(() -> out.lines().forEach(rest -> {}), "browser output");
                drain.setDaemon(true);
                drain.start();
                Browser browser = new Browser(
                        process,
                        profile,
                        URI.create(line.substring(LISTENING.length()).strip()));
                browser.openTab();
                return browser;
            }
        }
        throw new IOException(program + " did not start:\n" + said);
    }

    private void openTab() throws InterruptedException {
        String target = call("Target.createTarget", object().put("url", "about:blank"))
                .path("targetId")
                .asString("");
        session = call("Target.attachToTarget", object().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .asString("");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", object());
        }
    }

    /** Loads a file into a window of that width, on light or dark paper; forgets what the page before it said. */
    void open(Path page, int width, boolean dark) throws InterruptedException {
        events.clear();
        call(
                "Emulation.setDeviceMetricsOverride",
                object().put("width", width)
                        .put("height", 900)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
        ObjectNode media = object().put("media", "");
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
        call("Page.navigate", object().put("url", page.toUri().toString()));
        while (events.stream().noneMatch(event -> method(event).equals("Page.loadEventFired"))) {
            events.add(next());
        }
    }

    /** The value of an expression in the page. */
    JsonNode evaluate(String expression) throws InterruptedException {
        JsonNode answer =
                call("Runtime.evaluate", object().put("expression", expression).put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The page as PDF. */
    byte[] pdf() throws InterruptedException {
        ObjectNode options = object().put("printBackground", true).put("preferCSSPageSize", true);
        return call("Page.printToPDF", options).path("data").binaryValue();
    }

    /** The whole page as PNG. */
    byte[] picture() throws InterruptedException {
        ObjectNode options = object().put("captureBeyondViewport", true);
        return call("Page.captureScreenshot", options).path("data").binaryValue();
    }

    /** What the page wrote to the console, exceptions and refusals included. */
    List<String> complaints() {
        return events.stream()
                .filter(event -> List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
                        .contains(method(event)))
                .map(JsonNode::toString)
                .toList();
    }

    /** Every address the page asked for, its own included. */
    List<String> requests() {
        return events.stream()
                .filter(event -> method(event).equals("Network.requestWillBeSent"))
                .map(event -> event.path("params").path("request").path("url").asString(""))
                .toList();
    }

    private JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
        int id = ++calls;
        ObjectNode call = object().put("id", id).put("method", method);
        if (!session.isEmpty()) {
            call.put("sessionId", session);
        }
        call.set("params", parameters);
        socket.sendText(MAPPER.writeValueAsString(call), true).join();
        while (true) {
            JsonNode message = next();
            if (message.path("id").asInt(0) == id) {
                if (message.has("error")) {
                    throw new IllegalStateException(method + ": " + message.path("error"));
                }
                return message.path("result");
            }
            events.add(message);
        }
    }

    private JsonNode next() throws InterruptedException {
        String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IllegalStateException("the browser has been silent for " + PATIENCE_SECONDS + " s");
        }
        return MAPPER.readTree(message);
    }

    private static String method(JsonNode event) {
        return event.path("method").asString("");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        }
    }

    /** Puts messages together from their parts. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder open = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            open.append(part);
            if (last) {
                messages.add(open.toString());
                open.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
