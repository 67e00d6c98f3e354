package grusim.result.trace;

import grusim.result.file.OutputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a trace that ui.perfetto.dev and trace_processor open: TrackEvent packets on one packet sequence, names interned.
 *
 * <p>Source: Perfetto's public protocol-buffer schema, protos/perfetto/trace (trace_packet, track_event, track_descriptor,
 * counter_descriptor, debug_annotation, interned_data). Its time unit is the nanosecond: times are rounded down to it,
 * which keeps their order, and events at the same nanosecond keep that of the file. What lasts less shows as an instant.
 */
public final class PerfettoTrace implements TraceSink {
    private static final int PS_PER_NS = 1000;
    private static final int SEQUENCE = 1;
    private static final int UNIT_COUNT = 2;
    private static final int CLEARED = 1;
    private static final int NEEDS_STATE = 2;

    /** Numbers of fields, by message. */
    private static final class Field {
        static final int TRACE_PACKET = 1;

        static final int PACKET_TIMESTAMP = 8;
        static final int PACKET_SEQUENCE_ID = 10;
        static final int PACKET_TRACK_EVENT = 11;
        static final int PACKET_INTERNED_DATA = 12;
        static final int PACKET_SEQUENCE_FLAGS = 13;
        static final int PACKET_TRACK_DESCRIPTOR = 60;

        static final int TRACK_UUID = 1;
        static final int TRACK_NAME = 2;
        static final int TRACK_PARENT_UUID = 5;
        static final int TRACK_COUNTER = 8;
        static final int TRACK_CHILD_ORDERING = 11;
        static final int TRACK_SIBLING_RANK = 12;

        static final int COUNTER_UNIT = 3;
        static final int COUNTER_UNIT_NAME = 6;

        static final int EVENT_CATEGORY_IIDS = 3;
        static final int EVENT_ANNOTATIONS = 4;
        static final int EVENT_TYPE = 9;
        static final int EVENT_NAME_IID = 10;
        static final int EVENT_TRACK_UUID = 11;
        static final int EVENT_COUNTER_VALUE = 30;
        static final int EVENT_FLOW_IDS = 47;
        static final int EVENT_TERMINATING_FLOW_IDS = 48;

        static final int ANNOTATION_NAME_IID = 1;
        static final int ANNOTATION_INT = 4;
        static final int ANNOTATION_STRING = 6;
        static final int ANNOTATION_POINTER = 7;

        static final int INTERNED_CATEGORIES = 1;
        static final int INTERNED_EVENT_NAMES = 2;
        static final int INTERNED_ANNOTATION_NAMES = 3;
        static final int INTERNED_IID = 1;
        static final int INTERNED_NAME = 2;

        private Field() {}
    }

    private static final int ORDER_EXPLICIT = 3;
    private static final int SLICE_BEGIN = 1;
    private static final int SLICE_END = 2;
    private static final int INSTANT = 3;
    private static final int COUNTER = 4;

    /** Names of one kind that the file has numbers for. */
    private static final class Index {
        final int field;
        final Map<String, Integer> numbers = new HashMap<>();
        final List<String> fresh = new ArrayList<>();

        Index(int field) {
            this.field = field;
        }

        int of(String name) {
            Integer known = numbers.get(name);
            if (known != null) {
                return known;
            }
            int number = numbers.size() + 1;
            numbers.put(name, number);
            fresh.add(name);
            return number;
        }
    }

    private final Path file;
    private final OutputStream out;
    private final ProtoWriter packet = new ProtoWriter();
    private final Index categories = new Index(Field.INTERNED_CATEGORIES);
    private final Index names = new Index(Field.INTERNED_EVENT_NAMES);
    private final Index details = new Index(Field.INTERNED_ANNOTATION_NAMES);
    private final List<Integer> categoryOf = new ArrayList<>(List.of(0));
    private boolean begun;
    private long events;

    /** Opens a trace file. */
    public PerfettoTrace(Path file) {
        this.file = file;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }

    @Override
    public int track(int parent, int rank, String name, String category) {
        int track = describe(parent, rank, name);
        categoryOf.set(track, categories.of(category));
        packet.number(Field.TRACK_CHILD_ORDERING, ORDER_EXPLICIT);
        packet.close();
        write();
        return track;
    }

    @Override
    public int counter(int parent, int rank, String name, String unit) {
        int track = describe(parent, rank, name);
        packet.open(Field.TRACK_COUNTER)
                .number(Field.COUNTER_UNIT, UNIT_COUNT)
                .text(Field.COUNTER_UNIT_NAME, unit)
                .close();
        packet.close();
        write();
        return track;
    }

    /** Begins the packet of a track descriptor; its parts in common. */
    private int describe(int parent, int rank, String name) {
        int track = categoryOf.size();
        categoryOf.add(0);
        start();
        packet.open(Field.PACKET_TRACK_DESCRIPTOR)
                .number(Field.TRACK_UUID, track)
                .text(Field.TRACK_NAME, name)
                .number(Field.TRACK_SIBLING_RANK, rank);
        if (parent != ROOT) {
            packet.number(Field.TRACK_PARENT_UUID, parent);
        }
        return track;
    }

    @Override
    public void begin(int track, long atPs, String name, Mark mark) {
        named(track, atPs, SLICE_BEGIN, name, mark);
    }

    @Override
    public void instant(int track, long atPs, String name, Mark mark) {
        named(track, atPs, INSTANT, name, mark);
    }

    private void named(int track, long atPs, int type, String name, Mark mark) {
        int number = names.of(name);
        mark.details().forEach(detail -> details.of(detail.name()));
        start(atPs);
        intern();
        event(track, type)
                .number(Field.EVENT_CATEGORY_IIDS, categoryOf.get(track))
                .number(Field.EVENT_NAME_IID, number);
        mark.details().forEach(this::annotate);
        mark.flows().forEach(flow -> packet.fixed64(Field.EVENT_FLOW_IDS, flow));
        mark.ends().forEach(flow -> packet.fixed64(Field.EVENT_TERMINATING_FLOW_IDS, flow));
        packet.close();
        write();
        events++;
    }

    private void annotate(Detail detail) {
        packet.open(Field.EVENT_ANNOTATIONS).number(Field.ANNOTATION_NAME_IID, details.of(detail.name()));
        if (detail.text() != null) {
            packet.text(Field.ANNOTATION_STRING, detail.text());
        } else {
            packet.number(detail.address() ? Field.ANNOTATION_POINTER : Field.ANNOTATION_INT, detail.number());
        }
        packet.close();
    }

    @Override
    public void end(int track, long atPs) {
        start(atPs);
        event(track, SLICE_END).close();
        write();
        events++;
    }

    @Override
    public void count(int counter, long atPs, long value) {
        start(atPs);
        event(counter, COUNTER).number(Field.EVENT_COUNTER_VALUE, value).close();
        write();
        events++;
    }

    private ProtoWriter event(int track, int type) {
        return packet.open(Field.PACKET_TRACK_EVENT)
                .number(Field.EVENT_TYPE, type)
                .number(Field.EVENT_TRACK_UUID, track);
    }

    /** Adds the names that are new since the last packet. */
    private void intern() {
        if (categories.fresh.isEmpty() && names.fresh.isEmpty() && details.fresh.isEmpty()) {
            return;
        }
        packet.open(Field.PACKET_INTERNED_DATA);
        for (Index index : List.of(categories, names, details)) {
            int number = index.numbers.size() - index.fresh.size();
            for (String name : index.fresh) {
                number++;
                packet.open(index.field)
                        .number(Field.INTERNED_IID, number)
                        .text(Field.INTERNED_NAME, name)
                        .close();
            }
            index.fresh.clear();
        }
        packet.close();
    }

    private void start(long atPs) {
        start();
        packet.number(Field.PACKET_TIMESTAMP, atPs / PS_PER_NS);
    }

    private void start() {
        packet.open(Field.TRACE_PACKET)
                .number(Field.PACKET_SEQUENCE_ID, SEQUENCE)
                .number(Field.PACKET_SEQUENCE_FLAGS, begun ? NEEDS_STATE : CLEARED);
        begun = true;
    }

    private void write() {
        packet.close();
        try {
            packet.flush(out);
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }
}
