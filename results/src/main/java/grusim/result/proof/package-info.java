/** A counterexample that a person can read: what happened step by step, as text for a terminal, a picture and a page. */
@NullMarked
package grusim.result.proof;

import org.jspecify.annotations.NullMarked;
