/** Placeholder. */
package grusim.result;
