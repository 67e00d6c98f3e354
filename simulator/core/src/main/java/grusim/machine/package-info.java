/** The machine around the chiplets: blades, their memory, their CPUs, and the network between them. */
@NullMarked
package grusim.machine;

import org.jspecify.annotations.NullMarked;
