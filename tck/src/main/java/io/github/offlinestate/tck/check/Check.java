package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.Rule;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One test of a rule.
 *
 * @param rule the rule
 * @param method what is run, on a new instance of its class
 */
public record Check(Rule rule, Method method) {
    /**
     * The tests that classes hold.
     *
     * @param classes classes with methods that are marked with {@link Checks}
     * @return the tests, by rule and name
     */
    public static List<Check> in(Class<?>... classes) {
        List<Check> found = new ArrayList<>();
        for (Class<?> type : classes) {
            for (Method method : type.getDeclaredMethods()) {
                Checks mark = method.getAnnotation(Checks.class);
                if (mark != null) {
                    method.setAccessible(true);
                    found.add(new Check(mark.value(), method));
                }
            }
        }
        found.sort(Comparator.comparing(Check::rule).thenComparing(Check::name));
        return List.copyOf(found);
    }

    /**
     * The name.
     *
     * @return class and method
     */
    public String name() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    void run(Trial trial) throws Throwable {
        try {
            Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
            constructor.setAccessible(true);
            method.invoke(constructor.newInstance(), trial);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    name() + " cannot be run: " + Arrays.toString(method.getParameterTypes()), e);
        }
    }
}
