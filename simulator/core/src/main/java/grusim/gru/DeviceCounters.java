package grusim.gru;

import grusim.isa.ExceptionCause;
import grusim.isa.Opcode;

/** What a chiplet counts; meanings in {@link DeviceStat}. Not part of the machine's state. */
final class DeviceCounters {
    /** Misses that needed this many more dropins because earlier ones were killed; the last slot counts all above. */
    static final int RETRIES = 9;

    long hits;
    long misses;
    long modifyMisses;
    long parityErrors;
    long missesMarked;
    long dropinsWritten;
    long dropinsKilled;
    long falseKills;
    long strayCommands;
    long evictions;
    long invalidates;
    long entriesInvalidated;
    long linesRead;
    long linesWritten;
    long linesFlushed;
    long atomics;
    long readsHeld;
    long exceptions;
    long faultInterrupts;
    long callOs;
    final long[] causes = new long[ExceptionCause.values().length];
    final long[] instructions = new long[Opcode.values().length];
    final long[] retries = new long[RETRIES];
}
