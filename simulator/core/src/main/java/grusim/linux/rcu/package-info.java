/** Read-copy-update by the rules of Linux kernel/rcu: read-side sections, grace periods and what is freed after them. */
@NullMarked
package grusim.linux.rcu;

import org.jspecify.annotations.NullMarked;
