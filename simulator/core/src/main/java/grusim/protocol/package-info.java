/**
 * The invalidation protocols: each is one class that says what happens on the VM's callouts and what a fill has to do, in
 * terms of the ports of {@code grusim.notifier}. Which callouts there are, and when, is the VM's; how a device is flushed
 * and filled is the driver's.
 */
@NullMarked
package grusim.protocol;

import org.jspecify.annotations.NullMarked;
