/** Litmus tests: what each memory model allows tiny programs to see, and the races of invalidate and fill in their smallest form. */
@NullMarked
package grusim.litmus;

import org.jspecify.annotations.NullMarked;
