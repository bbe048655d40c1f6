package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.Rule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The method is a test of a rule. It has one parameter, the {@link Trial} that it runs in. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Checks {
    /**
     * Which rule.
     *
     * @return the rule
     */
    Rule value();
}
