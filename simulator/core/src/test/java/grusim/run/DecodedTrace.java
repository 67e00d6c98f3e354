package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Perfetto trace as a reader sees it: decoded by protobuf, names looked up, events sorted by time and otherwise in the
 * order of the file. Reading fails where Perfetto would drop or misplace something: unknown fields, names or tracks used
 * before they are declared, an end without a begin, a slice that never ends.
 */
final class DecodedTrace {
    /** Types of events, as in the schema. */
    enum EventType {
        NONE,
        BEGIN,
        END,
        INSTANT,
        COUNT
    }

    record Track(
            long uuid, String name, long parent, @Nullable String unit) {}

    /** One event; the details are in words. */
    record Event(
            EventType type,
            Track track,
            long ns,
            String category,
            String name,
            long value,
            Map<String, String> details,
            List<Long> flows,
            List<Long> ends) {
        boolean onFlow(long flow) {
            return flows.contains(flow) || ends.contains(flow);
        }
    }

    /** A slice with the number of slices around it. */
    record Slice(Track track, String name, long beginNs, long endNs, int depth, Event begin) {}

    private final Map<Long, Track> tracks = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();

    private final Map<Long, String> categories = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, String> details = new HashMap<>();
    private boolean begun;

    private DecodedTrace() {}

    static DecodedTrace read(Path file) throws IOException {
        DecodedTrace trace = new DecodedTrace();
        FieldDescriptor packet = PerfettoSchema.trace().findFieldByName("packet");
        try (InputStream in = Files.newInputStream(file)) {
            CodedInputStream fields = CodedInputStream.newInstance(in);
            fields.setSizeLimit(Integer.MAX_VALUE);
            for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
                assertThat(tag).isEqualTo(packet.getNumber() << 3 | 2);
                DynamicMessage read = DynamicMessage.parseFrom(packet.getMessageType(), fields.readByteArray());
                known(read);
                trace.packet(read);
            }
        }
        trace.events.sort(Comparator.comparingLong(Event::ns));
        trace.nest();
        return trace;
    }

    private static void known(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new AssertionError("unknown fields of " + message);
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> nested = field.isRepeated() ? (List<?>) value : List.of(value);
                nested.forEach(each -> known((Message) each));
            }
        });
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static boolean has(Message message, String field) {
        return message.hasField(message.getDescriptorForType().findFieldByName(field));
    }

    private static long number(Message message, String field) {
        return ((Number) get(message, field)).longValue();
    }

    private static List<Message> messages(Message message, String field) {
        return ((List<?>) get(message, field)).stream().map(Message.class::cast).toList();
    }

    private static List<Long> numbers(Message message, String field) {
        return ((List<?>) get(message, field)).stream().map(Long.class::cast).toList();
    }

    private void packet(Message packet) {
        if (number(packet, "trusted_packet_sequence_id") != 1 || number(packet, "sequence_flags") != (begun ? 2 : 1)) {
            throw new AssertionError("sequence of " + packet);
        }
        begun = true;
        if (has(packet, "interned_data")) {
            Message interned = (Message) get(packet, "interned_data");
            intern(interned, "event_categories", categories);
            intern(interned, "event_names", names);
            intern(interned, "debug_annotation_names", details);
        }
        if (has(packet, "track_descriptor")) {
            track((Message) get(packet, "track_descriptor"));
        } else {
            event(number(packet, "timestamp"), (Message) get(packet, "track_event"));
        }
    }

    private static void intern(Message interned, String field, Map<Long, String> into) {
        for (Message each : messages(interned, field)) {
            assertThat(into.put(number(each, "iid"), (String) get(each, "name")))
                    .isNull();
        }
    }

    private void track(Message track) {
        long uuid = number(track, "uuid");
        long parent = number(track, "parent_uuid");
        assertThat(uuid).isNotZero();
        assertThat(parent == 0 || tracks.containsKey(parent)).isTrue();
        String unit = has(track, "counter") ? (String) get((Message) get(track, "counter"), "unit_name") : null;
        assertThat(tracks.put(uuid, new Track(uuid, (String) get(track, "name"), parent, unit)))
                .isNull();
    }

    private static String in(Map<Long, String> index, long number) {
        String name = index.get(number);
        if (name == null) {
            throw new AssertionError("name " + number + " is used before it is declared");
        }
        return name;
    }

    private void event(long ns, Message event) {
        EventType type = EventType.values()[(int) number(event, "type")];
        Track track = tracks.get(number(event, "track_uuid"));
        boolean named = type == EventType.BEGIN || type == EventType.INSTANT;
        if (track == null || (type == EventType.COUNT) != (track.unit != null) || has(event, "name_iid") != named) {
            throw new AssertionError("event on " + track + ": " + event);
        }
        Map<String, String> said = new LinkedHashMap<>();
        for (Message each : messages(event, "debug_annotations")) {
            said.put(in(details, number(each, "name_iid")), value(each));
        }
        events.add(new Event(
                type,
                track,
                ns,
                named ? in(categories, numbers(event, "category_iids").get(0)) : "",
                named ? in(names, number(event, "name_iid")) : "",
                number(event, "counter_value"),
                said.isEmpty() ? Map.of() : said,
                numbers(event, "flow_ids"),
                numbers(event, "terminating_flow_ids")));
    }

    private static String value(Message detail) {
        return has(detail, "string_value")
                ? (String) get(detail, "string_value")
                : has(detail, "pointer_value")
                        ? "0x" + Long.toHexString(number(detail, "pointer_value"))
                        : Long.toString(number(detail, "int_value"));
    }

    private void nest() {
        Map<Track, List<Event>> open = new HashMap<>();
        for (Event event : events) {
            List<Event> stack = open.computeIfAbsent(event.track, t -> new ArrayList<>());
            if (event.type == EventType.BEGIN) {
                stack.add(event);
            } else if (event.type == EventType.END) {
                assertThat(stack)
                        .as("open slices of %s at %d ns", event.track.name, event.ns)
                        .isNotEmpty();
                Event begin = stack.remove(stack.size() - 1);
                slices.add(new Slice(event.track, begin.name, begin.ns, event.ns, stack.size(), begin));
            }
        }
        open.forEach((track, stack) ->
                assertThat(stack).as("slices of %s that never end", track.name).isEmpty());
    }

    List<Track> tracks() {
        return List.copyOf(tracks.values());
    }

    List<Event> events() {
        return events;
    }

    List<Slice> slices() {
        return slices;
    }

    Stream<Event> instants(String name) {
        return events.stream().filter(e -> e.type == EventType.INSTANT && e.name.equals(name));
    }

    /** Outermost slices of a category. */
    Stream<Slice> outermost(String category) {
        return slices.stream().filter(s -> s.depth == 0 && s.begin.category.equals(category));
    }

    /** Values of the counters whose names end so, in order of time. */
    List<Event> counts(String nameEnd) {
        return events.stream()
                .filter(e -> e.type == EventType.COUNT && e.track.name.endsWith(nameEnd))
                .toList();
    }

    /** The events of a flow, in order of time. */
    List<Event> flow(long number) {
        return flows().getOrDefault(number, List.of());
    }

    /** The events of each flow, in order of time. */
    Map<Long, List<Event>> flows() {
        Map<Long, List<Event>> flows = new LinkedHashMap<>();
        for (Event event : events) {
            Stream.concat(event.flows.stream(), event.ends.stream())
                    .forEach(flow ->
                            flows.computeIfAbsent(flow, f -> new ArrayList<>()).add(event));
        }
        return flows;
    }
}
