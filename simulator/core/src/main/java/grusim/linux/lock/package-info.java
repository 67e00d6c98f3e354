/** The kernel's locks and what its threads sleep on, by the rules of Linux 2.6.28. They know no virtual memory. */
@NullMarked
package grusim.linux.lock;

import org.jspecify.annotations.NullMarked;
