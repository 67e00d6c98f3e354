package grusim.workload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Everything known about one key of a spec, stated once, at the record component that holds it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Knob {
    /** Where a value comes from that is published nowhere. */
    String ASSUMED = "assumed";

    /** Where a value comes from that is a matter of the experiment, not of the hardware. */
    String CHOICE = "choice";

    /** What the key means, in one sentence. */
    String doc();

    /** The default as it would be written in the spec; empty for records and lists whose default is all defaults. */
    String value() default "";

    /** Whether the key has to be given. */
    boolean required() default false;

    /** Whether the default is supplied by the machine preset. */
    boolean preset() default false;

    /** Whether the default is supplied by the era of the kernel. */
    boolean era() default false;

    /** Whether the record may be left out altogether; the component then holds null. */
    boolean optional() default false;

    /** The smallest accepted value, as it would be written; empty for zero. */
    String min() default "";

    /** The largest accepted value, as it would be written; empty for what the Java type holds. */
    String max() default "";

    /** A word accepted in place of a quantity; the record then holds -1 (or an empty optional). */
    String word() default "";

    /** Where the default comes from: a publication with its confidence tag, {@link #ASSUMED} or {@link #CHOICE}. */
    String source() default CHOICE;

    /** How the value is written, when type and name do not say it. */
    Kind kind() default Kind.DERIVED;

    /** The JSON key, when it is not the component's name without its unit. */
    String key() default "";

    /** Whether the presence of this key selects its record among the shapes of an untagged union. */
    boolean selects() default false;
}
