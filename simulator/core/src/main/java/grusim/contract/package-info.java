/**
 * The contract: invariants over what device, virtual memory and driver announce while they run, judged in the step in
 * which each fact happens, in timed runs and in explorations alike.
 *
 * <p>It keeps a shadow of what matters (lives of frames, where each translation's PTE value came from, owners of asids,
 * bytes last stored) and knows neither specs nor knobs.
 */
@NullMarked
package grusim.contract;

import org.jspecify.annotations.NullMarked;
