package grusim.engine;

import org.jspecify.annotations.Nullable;

/** What one agent has seen. A CPU has three views, each contained in the next: fenced, current, acquired; others have one. */
final class AgentViews {
    /** The CPU, or null for agents that do not reorder. */
    final @Nullable Cpu cpu;

    /** Number among the CPUs. */
    final int number;

    /** What its next plain store passes on: what it had seen at its last write fence or full fence. */
    final View released;

    /** What restricts its loads, and what its next release store passes on. */
    final View current;

    /** What it would have seen had all its loads been acquiring; a read fence makes it current. */
    final View acquired;

    AgentViews(@Nullable Cpu cpu, int number) {
        this.cpu = cpu;
        this.number = number;
        current = new View();
        released = cpu == null ? current : new View();
        acquired = cpu == null ? current : new View();
    }

    boolean finished() {
        return cpu != null && cpu.finished();
    }

    /** Reads a message of a place. */
    void read(Place place, Message message, boolean acquire) {
        if (place.count > 1) {
            current.raise(place.key, message.stamp);
            acquired.raise(place.key, message.stamp);
        }
        acquired.join(message.view);
        if (acquire) {
            current.join(message.view);
        }
    }

    /** A full fence: exchanges with all other full fences, both ways. */
    void fence(View global) {
        current.join(acquired);
        global.join(current);
        current.become(global);
        acquired.become(global);
        released.become(global);
    }

    void clear() {
        released.clear();
        current.clear();
        acquired.clear();
    }

    void forget(View.Horizon horizon) {
        current.forget(horizon);
        if (cpu != null) {
            released.forget(horizon);
            acquired.forget(horizon);
        }
    }

    boolean isEmpty() {
        return acquired.size() == 0;
    }
}
