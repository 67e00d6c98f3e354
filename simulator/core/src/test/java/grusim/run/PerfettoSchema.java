package grusim.run;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The part of Perfetto's schema that track events need, written down a second time, for reading: numbers and types of the
 * fields as in its public protos/perfetto/trace.
 */
final class PerfettoSchema {
    private PerfettoSchema() {}

    /** The message that a whole file is. */
    static Descriptor trace() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("perfetto.proto")
                .setSyntax("proto2")
                .addMessageType(message("Trace", many("packet", 1, "TracePacket")))
                .addMessageType(message(
                        "TracePacket",
                        one("timestamp", 8, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("trusted_packet_sequence_id", 10, FieldDescriptorProto.Type.TYPE_UINT32),
                        one("track_event", 11, "TrackEvent"),
                        one("interned_data", 12, "InternedData"),
                        one("sequence_flags", 13, FieldDescriptorProto.Type.TYPE_UINT32),
                        one("track_descriptor", 60, "TrackDescriptor")))
                .addMessageType(message(
                        "TrackDescriptor",
                        one("uuid", 1, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("name", 2, FieldDescriptorProto.Type.TYPE_STRING),
                        one("parent_uuid", 5, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("counter", 8, "CounterDescriptor"),
                        one("child_ordering", 11, FieldDescriptorProto.Type.TYPE_INT32),
                        one("sibling_order_rank", 12, FieldDescriptorProto.Type.TYPE_INT32)))
                .addMessageType(message(
                        "CounterDescriptor",
                        one("unit", 3, FieldDescriptorProto.Type.TYPE_INT32),
                        one("unit_name", 6, FieldDescriptorProto.Type.TYPE_STRING)))
                .addMessageType(message(
                        "TrackEvent",
                        many("category_iids", 3, FieldDescriptorProto.Type.TYPE_UINT64),
                        many("debug_annotations", 4, "DebugAnnotation"),
                        one("type", 9, FieldDescriptorProto.Type.TYPE_INT32),
                        one("name_iid", 10, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("track_uuid", 11, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("counter_value", 30, FieldDescriptorProto.Type.TYPE_INT64),
                        many("flow_ids", 47, FieldDescriptorProto.Type.TYPE_FIXED64),
                        many("terminating_flow_ids", 48, FieldDescriptorProto.Type.TYPE_FIXED64)))
                .addMessageType(message(
                        "DebugAnnotation",
                        one("name_iid", 1, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("int_value", 4, FieldDescriptorProto.Type.TYPE_INT64),
                        one("string_value", 6, FieldDescriptorProto.Type.TYPE_STRING),
                        one("pointer_value", 7, FieldDescriptorProto.Type.TYPE_UINT64)))
                .addMessageType(message(
                        "InternedData",
                        many("event_categories", 1, "Interned"),
                        many("event_names", 2, "Interned"),
                        many("debug_annotation_names", 3, "Interned")))
                .addMessageType(message(
                        "Interned",
                        one("iid", 1, FieldDescriptorProto.Type.TYPE_UINT64),
                        one("name", 2, FieldDescriptorProto.Type.TYPE_STRING)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Trace");
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (FieldDescriptorProto.Builder field : fields) {
            message.addField(field);
        }
        return message.build();
    }

    private static FieldDescriptorProto.Builder one(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setType(type);
    }

    private static FieldDescriptorProto.Builder one(String name, int number, String message) {
        return one(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(message);
    }

    private static FieldDescriptorProto.Builder many(String name, int number, FieldDescriptorProto.Type type) {
        return one(name, number, type).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
    }

    private static FieldDescriptorProto.Builder many(String name, int number, String message) {
        return one(name, number, message).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
    }
}
