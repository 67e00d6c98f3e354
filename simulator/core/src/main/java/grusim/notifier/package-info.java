/**
 * The ports between a VM and what mirrors its page tables: an address space announces changes of a range, a secondary
 * MMU supplies the routines that react. Neither side knows the other.
 */
@NullMarked
package grusim.notifier;

import org.jspecify.annotations.NullMarked;
