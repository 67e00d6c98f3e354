package grusim.engine;

import org.jspecify.annotations.Nullable;

/** One write to a place: what it wrote, and what whoever reads it may learn from it. Reused. */
final class Message {
    /** What it wrote; the newest message's value is the word in memory. */
    long value;

    long stamp;
    final View view = new View();

    @Nullable
    Message newer;
}
