/** Placeholder. */
package grusim.cli;
