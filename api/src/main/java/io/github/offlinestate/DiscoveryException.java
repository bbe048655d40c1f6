package io.github.offlinestate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No provider could be found or chosen, or it has no profile to open. The message begins with the code and says what
 * was asked, where was searched, each candidate and why it was passed over, and what to do. The causes of broken
 * candidates are the suppressed exceptions.
 */
public final class DiscoveryException extends OfflineStateException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    DiscoveryException(Problem problem, String message) {
        this(problem, message, null);
    }

    DiscoveryException(Problem problem, String message, @Nullable Throwable cause) {
        super(problem.result(), Objects.requireNonNull(problem, "problem").code() + ": " + message, cause);
        this.problem = problem;
    }

    /**
     * Which problem it is.
     *
     * @return the problem, with its stable code
     */
    public Problem problem() {
        return problem;
    }

    /** What can go wrong in finding a provider. The codes are stable; docs/discovery.md tells what to do for each. */
    public enum Problem {
        /** Nothing is registered at all. */
        NONE_FOUND("OFFLINE-FIND-001", MapiConstants.MAPI_E_NOT_FOUND, "No provider is registered at all."),
        /** Each one that was found is broken, not available here, or taken by name only. */
        NONE_USABLE(
                "OFFLINE-FIND-002",
                MapiConstants.MAPI_E_NOT_FOUND,
                "Each provider that was found is broken, not available here, or taken by name only."),
        /** Several usable ones have the same highest priority. */
        AMBIGUOUS(
                "OFFLINE-FIND-003",
                MapiConstants.MAPI_E_NOT_FOUND,
                "Several usable providers have the same highest priority."),
        /** None has the name that was asked for. */
        UNKNOWN_NAME(
                "OFFLINE-FIND-004", MapiConstants.MAPI_E_NOT_FOUND, "No provider has the name that was asked for."),
        /** Several have the name that was asked for. */
        DUPLICATE_NAME(
                "OFFLINE-FIND-005",
                MapiConstants.MAPI_E_NOT_FOUND,
                "Several providers have the name that was asked for."),
        /** The one that was asked for says that it cannot work here. */
        NOT_AVAILABLE(
                "OFFLINE-FIND-006",
                MapiConstants.MAPI_E_NOT_FOUND,
                "The provider that was asked for says that it cannot work here."),
        /** The one that was asked for is broken. */
        BROKEN("OFFLINE-FIND-007", MapiConstants.MAPI_E_CALL_FAILED, "The provider that was asked for is broken."),
        /** A profile was not named, and the provider lists none. */
        NO_PROFILE(
                "OFFLINE-FIND-008",
                MapiConstants.MAPI_E_NOT_FOUND,
                "No profile was named, and the provider lists none to take."),
        /** A module's {@code provider()} method does not declare the provider's class. */
        UNSUITABLE_TYPE(
                "OFFLINE-FIND-009",
                MapiConstants.MAPI_E_CALL_FAILED,
                "The static provider() method of a module's provider declares an interface or an abstract class.");

        private final String code;
        private final int result;
        private final String summary;

        Problem(String code, int result, String summary) {
            this.code = code;
            this.result = result;
            this.summary = summary;
        }

        /**
         * The code that the message begins with; it never changes its meaning.
         *
         * @return as {@code OFFLINE-FIND-001}
         */
        public String code() {
            return code;
        }

        /**
         * The result code that the exception carries.
         *
         * @return the code
         */
        public HResult result() {
            return new HResult(result);
        }

        /**
         * What the problem is.
         *
         * @return a sentence
         */
        public String summary() {
            return summary;
        }
    }
}
