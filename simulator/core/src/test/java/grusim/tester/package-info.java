/** A random tester of the whole device and driver: random programs of many threads against one shadow of memory. */
@NullMarked
package grusim.tester;

import org.jspecify.annotations.NullMarked;
