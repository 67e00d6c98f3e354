/** Placeholder. */
package grusim.isa;
