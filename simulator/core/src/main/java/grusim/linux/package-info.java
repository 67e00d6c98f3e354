/**
 * A Linux-like virtual memory: frames, page tables, vmas, address spaces, faults, the memory system calls and reclaim,
 * by the rules of Linux 2.6.28. It announces changes to a secondary MMU and knows no device.
 */
@NullMarked
package grusim.linux;

import org.jspecify.annotations.NullMarked;
