package io.github.offlinestate.tck.catalogue;

/** Knows which threads are inside a callback of a client, of whatever profile and provider (SET-8, UNADVISE-2). */
final class Callbacks {
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    private Callbacks() {}

    static boolean isInside() {
        return INSIDE.get() != null;
    }

    static void inside(Runnable call) {
        boolean nested = isInside();
        INSIDE.set(true);
        try {
            call.run();
        } finally {
            if (!nested) {
                INSIDE.remove();
            }
        }
    }
}
