package io.github.offlinestate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which provider is asked for, and who says so (FIND-5). */
record Wanted(@Nullable String name, String says) {

    @SuppressWarnings("ConstantValue") // a caller may pass null, whatever the type says
    static Wanted byCaller(String name) {
        if (name == null || name.isBlank()) {
            throw new OfflineStateException(
                    HResult.E_INVALIDARG,
                    "the name of the provider is " + (name == null ? "null" : "blank")
                            + ": name one, or call the method that takes no name");
        }
        return new Wanted(name, "the provider \"" + name + "\", named by the caller");
    }

    static Wanted bySettings(Function<String, @Nullable String> environment) {
        String property = System.getProperty(OfflineManagers.PROVIDER_PROPERTY);
        if (property != null && !property.isBlank()) {
            return new Wanted(
                    property,
                    "the provider \"" + property + "\", named by the system property "
                            + OfflineManagers.PROVIDER_PROPERTY);
        }
        String variable = environment.apply(OfflineManagers.PROVIDER_VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return new Wanted(
                    variable,
                    "the provider \"" + variable + "\", named by the environment variable "
                            + OfflineManagers.PROVIDER_VARIABLE);
        }
        return new Wanted(
                null,
                "any provider: none is named by the caller, by the system property " + OfflineManagers.PROVIDER_PROPERTY
                        + " or by the environment variable " + OfflineManagers.PROVIDER_VARIABLE);
    }
}
