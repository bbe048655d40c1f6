package io.github.offlinestate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** What is thrown by providers: which of it is theirs, and how it reads. */
final class Failures {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_LENGTH = 1_000;

    private Failures() {}

    /**
     * Throws what is a failure of the virtual machine and not of the provider that happened to run. A provider that
     * recurses without end is the provider's own fault, and leaves the machine whole.
     */
    static void rethrowFatal(Throwable failure) {
        Throwable thrown = failure instanceof ServiceConfigurationError wrapped ? wrapped.getCause() : failure;
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /** The failure and its causes in one line; a cause that its effect already quotes is not said twice. */
    static String text(Throwable failure) {
        List<String> parts = new ArrayList<>();
        Throwable at = failure;
        while (at != null && parts.size() < MAX_CAUSES) {
            String part = one(at);
            if (parts.isEmpty() || !parts.get(parts.size() - 1).contains(part)) {
                parts.add(part);
            }
            at = at.getCause();
        }
        return String.join("; caused by ", parts);
    }

    static boolean same(Throwable one, Throwable other) {
        return one.getClass() == other.getClass() && Objects.equals(message(one), message(other));
    }

    static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException e) { // a provider's exception may override it, wrongly
            return null;
        }
    }

    private static String one(Throwable failure) {
        String message = message(failure);
        String type =
                failure instanceof DiscoveryException ? "" : failure.getClass().getName();
        String text = message == null ? failure.getClass().getName() : type.isEmpty() ? message : type + ": " + message;
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
