/**
 * The Linux GRU driver as behaviour: context load and unload, asids, TLB-miss interrupts, the atomic page-table lookup,
 * the user's call to the OS, and the mmu notifier that flushes the device.
 *
 * <p>Source: Linux drivers/misc/sgi-gru as merged in 2.6.28, whose counters' names are kept.
 */
@NullMarked
package grusim.driver;

import org.jspecify.annotations.NullMarked;
