/** Placeholder. */
package grusim.benchmarks;
