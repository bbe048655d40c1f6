package io.github.offlinestate.spi;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call fails, decided on one thread and thrown on another: the exception is made where it is thrown, so that its
 * stack is the caller's.
 */
record Failure(HResult result, String message, @Nullable Throwable cause) {
    OfflineStateException exception() {
        return new OfflineStateException(result, message, cause);
    }
}
