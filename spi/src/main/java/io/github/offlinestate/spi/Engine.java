package io.github.offlinestate.spi;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Opens profiles: one session a profile, opened with its first offline object and closed with its last. An opening that
 * meets another opening or the last closing waits for it.
 */
final class Engine {
    /** How often the state is read again at opening because it changed meanwhile. */
    private static final int READINGS = 100;

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** A profile that is being opened (no session yet), open, or being closed (no objects left). */
    private static final class Place {
        private @Nullable ProfileSession session;
        private int objects;

        /** Opens when it is open, or could not be opened, or has been closed. */
        private CountDownLatch settled = new CountDownLatch(1);
    }

    private final String provider;
    private final BackendFactory backends;
    private final EngineSettings settings;
    private final Executor threads;
    private final Watchdog watchdog;
    private final AdviseTokens tokens = new AdviseTokens();

    /** By profile; the map and its values are guarded by it. */
    private final Map<String, Place> places = new HashMap<>();

    Engine(String provider, BackendFactory backends, EngineSettings settings) {
        this.provider = provider;
        this.backends = backends;
        this.settings = settings;
        this.threads = EngineThread.pool(provider);
        this.watchdog = new Watchdog(provider, settings.callbackLimit());
    }

    EngineSettings settings() {
        return settings;
    }

    @SuppressWarnings("ConstantValue") // callers without null checking are answered too
    OfflineManager open(String profile) {
        if (profile == null || profile.isEmpty() || profile.contains("\0")) {
            throw new OfflineStateException(
                    HResult.E_INVALIDARG,
                    "opening a profile of provider \"" + provider + "\" needs a name that is not empty and has no NUL"
                            + " in it, not " + (profile == null ? "null" : '"' + profile.replace("\0", "\\0") + '"'));
        }
        Place opening = new Place();
        while (true) {
            ProfileSession closing;
            CountDownLatch settled;
            synchronized (places) {
                Place place = places.putIfAbsent(profile, opening);
                if (place == null) {
                    break;
                }
                if (place.session != null && place.objects > 0) {
                    place.session.requirePresent();
                    return join(place, place.session);
                }
                closing = place.session;
                settled = place.settled;
            }
            awaitSettled(settled, closing);
        }
        ProfileSession session = null;
        try {
            session = openSession(profile);
        } finally {
            if (session == null) {
                vacate(profile, opening);
            }
        }
        synchronized (places) {
            opening.session = session;
            opening.settled.countDown();
            return join(opening, session);
        }
    }

    /** Waits while a profile is being opened, which is the backend's to bound (BACKEND-6), or is being closed. */
    private void awaitSettled(CountDownLatch settled, @Nullable ProfileSession closing) {
        Duration limit = closing == null ? FOR_EVER : settings.closeLimit();
        if (!Uninterrupted.await(settled, limit)) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    "opening " + closing + ": its backend has been closing for longer than " + limit
                            + " and cannot be opened again before it has closed");
        }
    }

    private EngineManager join(Place place, ProfileSession session) {
        place.objects++;
        return new EngineManager(this, session);
    }

    private void vacate(String profile, Place place) {
        synchronized (places) {
            places.remove(profile, place);
            place.settled.countDown();
        }
    }

    /** An offline object of that session is closed; with the last one, the session is. */
    void closed(ProfileSession session) {
        Place place;
        synchronized (places) {
            place = places.get(session.profile());
            if (place == null || --place.objects > 0) {
                return;
            }
            place.settled = new CountDownLatch(1);
        }
        session.close(() -> vacate(session.profile(), place));
        if (!EngineThread.isInsideCallback()) {
            logUnlessClosed(session, Uninterrupted.await(place.settled, settings.closeLimit()));
        }
    }

    private void logUnlessClosed(ProfileSession session, boolean closed) {
        if (!closed) {
            Log.warning("the backend of " + session + " has not closed within " + settings.closeLimit()
                    + "; it is not waited for any longer");
        }
    }

    private ProfileSession openSession(String profile) {
        String description = "profile \"" + profile + "\" of provider \"" + provider + '"';
        OpeningSink sink = new OpeningSink();
        Backend backend = openBackend(profile, description, sink);
        boolean opened = false;
        try {
            ProfileSession session = openSession(profile, description, sink, backend);
            opened = true;
            return session;
        } catch (OfflineStateException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "opening " + description + " failed: " + e, e);
        } finally {
            if (!opened) {
                close(description, backend);
            }
        }
    }

    private Backend openBackend(String profile, String description, BackendSink sink) {
        try {
            Backend backend = backends.openBackend(profile, sink);
            if (backend == null) {
                throw new IllegalStateException("the factory gave no backend");
            }
            return backend;
        } catch (OfflineStateException e) {
            throw new OfflineStateException(e.result(), "opening " + description + ": " + withoutCode(e), e);
        } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "opening " + description + " failed: " + e, e);
        }
    }

    /** The message without the code at its end, which the exception that passes it on has too. */
    private static String withoutCode(OfflineStateException e) {
        String message = String.valueOf(e.getMessage());
        String code = " [" + e.result() + "]";
        return message.endsWith(code) ? message.substring(0, message.length() - code.length()) : message;
    }

    private ProfileSession openSession(String profile, String description, OpeningSink sink, Backend backend) {
        Capabilities capabilities = backend.capabilities();
        boolean canSet = backend.canSet();
        for (int readings = 1; ; readings++) {
            int changes = sink.changes();
            ConnectionState state = backend.currentState();
            ConnectionState reported = sink.reported();
            if (readings > READINGS && reported != null) {
                state = reported; // it flaps faster than it can be read; what comes next will be reported too
            }
            if (capabilities == null || state == null) {
                throw new IllegalStateException(
                        "the backend gave the state " + state + " and the capabilities " + capabilities);
            }
            ProfileSession session = new ProfileSession(
                    new ProfileSession.Opened(profile, description, backend, capabilities, canSet, state),
                    settings,
                    threads,
                    watchdog,
                    tokens);
            if (sink.handOver(session.sink(), readings > READINGS ? sink.changes() : changes)) {
                return session;
            }
            Throwable lostBy = sink.lostBy();
            if (lostBy != null) {
                throw new OfflineStateException(
                        HResult.MAPI_E_END_OF_SESSION,
                        "opening " + description + ": its backend is away: " + lostBy + "; open it when it is back",
                        lostBy);
            }
        }
    }

    private static void close(String description, Backend backend) {
        try {
            backend.close();
        } catch (RuntimeException | Error e) {
            Log.warning("the backend of " + description + " failed to close after a failed opening", e);
        }
    }
}
