package grusim.run.trace;

import java.util.SortedMap;

/**
 * Who plays in a run.
 *
 * @param processOfCpu name of the process that a CPU, by its agent's number, works for
 * @param threadOfCpu name of the thread that has a CPU to itself
 * @param processOfMm name of the process with an address space
 * @param threadOfGts name of the thread with a thread state
 */
public record Cast(
        SortedMap<Integer, String> processOfCpu,
        SortedMap<Integer, String> threadOfCpu,
        SortedMap<Integer, String> processOfMm,
        SortedMap<Integer, String> threadOfGts) {
    /** Name of the process with an address space; empty if no process of the spec has it. */
    String process(int mm) {
        return processOfMm.getOrDefault(mm, "");
    }
}
