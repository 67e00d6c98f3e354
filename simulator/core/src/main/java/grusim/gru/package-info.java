/**
 * The GRU chiplet: control blocks that execute instructions, the TLB they share, and the handles through which software
 * configures contexts, answers misses and invalidates translations.
 *
 * <p>Reading order: {@link grusim.gru.Chiplet}, {@link grusim.gru.ControlBlock}, {@link grusim.gru.CbrRoutine}, {@link
 * grusim.gru.TlbPort}, then the handles {@link grusim.gru.TlbFaultHandle}, {@link grusim.gru.TlbGlobalHandle}, {@link
 * grusim.gru.ContextHandle}, {@link grusim.gru.FaultMap} with the routine of each.
 *
 * <p>A chiplet's state that several agents touch is: the {@code TlbPort} (TLB, kill bits, contexts, lines in flight),
 * and word 0 of each control block and handle, which lives in a cell. Everything else belongs to one unit.
 */
@NullMarked
package grusim.gru;

import org.jspecify.annotations.NullMarked;
