package io.github.offlinestate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of this API failed. The message says what was asked, what is there and what to do; {@link #result()} says
 * which of the documented failures it is.
 *
 * <p>MAPI counterpart: a failing {@code HRESULT}.
 */
public class OfflineStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code; an int and not an {@link HResult}, so that the exception stays serializable. */
    private final int code;

    /**
     * A failure without another one behind it.
     *
     * @param result which failure it is
     * @param message what was asked, what is there, what to do
     */
    public OfflineStateException(HResult result, String message) {
        this(result, message, null);
    }

    /**
     * A failure with its cause.
     *
     * @param result which failure it is
     * @param message what was asked, what is there, what to do
     * @param cause what went wrong underneath
     */
    public OfflineStateException(HResult result, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message") + " [" + result + "]", cause);
        this.code = result.code();
    }

    /**
     * Which failure it is.
     *
     * @return the result code; open: a provider may use codes that this API does not know
     */
    public HResult result() {
        return new HResult(code);
    }
}
