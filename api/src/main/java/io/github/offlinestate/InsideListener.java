package io.github.offlinestate;

/** Knows which threads are calling a listener, and which are within a provider's callback. Those must not wait. */
final class InsideListener {
    private static final ThreadLocal<Integer> LISTENERS = new ThreadLocal<>();
    private static final ThreadLocal<Integer> CALLBACKS = new ThreadLocal<>();

    private InsideListener() {}

    static void callListener(Runnable call) {
        within(LISTENERS, call);
    }

    static void takeCallback(Runnable work) {
        within(CALLBACKS, work);
    }

    /** Whether this thread is calling a listener, of whichever monitor. */
    static boolean insideListener() {
        return LISTENERS.get() != null;
    }

    /** Whether this thread is one that a provider notifies a monitor on. */
    static boolean insideCallback() {
        return CALLBACKS.get() != null;
    }

    private static void within(ThreadLocal<Integer> scope, Runnable work) {
        Integer outer = scope.get();
        scope.set(outer == null ? 1 : outer + 1);
        try {
            work.run();
        } finally {
            if (outer == null) {
                scope.remove();
            } else {
                scope.set(outer);
            }
        }
    }
}
