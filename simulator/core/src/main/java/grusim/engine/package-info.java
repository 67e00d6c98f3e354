/** Placeholder. */
package grusim.engine;
