/** Placeholder. */
package grusim.workload;
