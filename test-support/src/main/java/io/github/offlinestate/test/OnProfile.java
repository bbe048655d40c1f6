package io.github.offlinestate.test;

import io.github.offlinestate.sim.SimulatedProfile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which profile's {@link SimulatedProfile} a parameter is; without it, the default profile's. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnProfile {
    /**
     * The profile.
     *
     * @return its name
     */
    String value();
}
