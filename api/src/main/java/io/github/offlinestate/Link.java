package io.github.offlinestate;

import io.github.offlinestate.ReplayRule.Ticket;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A monitor's connection to its offline object: opens it, tries again where that is wanted, registers, reads, and gives
 * it back. What it learns goes to the {@link MonitorState}.
 */
final class Link {
    private record Open(OfflineManager manager, Optional<AdviseToken> token) {}

    private final Supplier<OfflineManager> opener;
    private final boolean owned;
    private final String profile;
    private final MonitorSettings settings;
    private final MonitorThreads threads;
    private final MonitorState state;

    private final Object lock = new Object();
    private @Nullable Open open;
    private boolean closed;

    Link(
            Supplier<OfflineManager> opener,
            boolean owned,
            String profile,
            MonitorSettings settings,
            MonitorThreads threads,
            MonitorState state) {
        this.opener = opener;
        this.owned = owned;
        this.profile = profile;
        this.settings = settings;
        this.threads = threads;
        this.state = state;
    }

    /** The offline object, where it is open and the monitor is not closed. */
    Optional<OfflineManager> manager() {
        synchronized (lock) {
            return closed ? Optional.empty() : Optional.ofNullable(open).map(Open::manager);
        }
    }

    /** Opens, or begins to try, or fails. */
    void start() {
        try {
            connect();
        } catch (RuntimeException | LinkageError e) {
            if (!settings.opensAnyway() || isOfTheCallers(e)) {
                throw e;
            }
            Log.LOG.log(Level.WARNING, notOpened(), e);
            state.notOpened(e);
            tryLater(Pauses.RECOVERY.first());
        }
    }

    private static boolean isOfTheCallers(Throwable failure) {
        return failure instanceof OfflineStateException e && e.result().equals(HResult.E_INVALIDARG);
    }

    private String notOpened() {
        return "profile " + profile + " could not be opened; "
                + settings.assumed().map(assumed -> "assuming " + assumed).orElse("its state is unknown")
                + (settings.keepTrying() ? ", trying on" : "");
    }

    private void tryLater(Duration pause) {
        if (settings.keepTrying()) {
            threads.schedule("another try to open profile " + profile, () -> tryAgain(pause), pause);
        }
    }

    private void tryAgain(Duration pause) {
        if (isClosed()) {
            return;
        }
        try {
            connect();
        } catch (RuntimeException | LinkageError e) {
            Log.LOG.log(Level.DEBUG, notOpened(), e);
            state.notOpened(e);
            tryLater(Pauses.RECOVERY.after(pause));
        }
    }

    private void connect() {
        OfflineManager manager = opener.get();
        try {
            Capabilities capabilities = manager.capabilities();
            boolean told = capabilities.notifiesOffline() || capabilities.notifiesOnline(); // ADVISE-11
            state.opened(capabilities, told);
            Optional<AdviseToken> token = told
                    ? Optional.of(manager.advise(notification -> received(manager, notification)))
                    : Optional.empty();
            keep(new Open(manager, token));
            read(manager, false);
            rereadLater(manager, capabilities);
        } catch (RuntimeException | LinkageError e) {
            giveBack(manager);
            throw e;
        }
    }

    private void keep(Open opened) {
        synchronized (lock) {
            if (!closed) {
                open = opened;
                return;
            }
        }
        release(opened); // closed while it was being opened
    }

    private void received(OfflineManager manager, OfflineNotification notification) {
        InsideListener.takeCallback(() -> {
            if (state.received(notification)) {
                read(manager, false);
            }
        });
    }

    /** Reads the state again where the source would not tell of its end, or where it is not known. */
    void refresh() {
        manager().ifPresent(manager -> read(manager, true));
    }

    private void read(OfflineManager manager, boolean again) {
        boolean done = false;
        while (!done) {
            Optional<Ticket> ticket = state.beginReading(again);
            done = ticket.isEmpty() || read(manager, ticket.get());
        }
    }

    private boolean read(OfflineManager manager, Ticket ticket) {
        ConnectionState now;
        try {
            now = manager.currentState();
        } catch (RuntimeException e) {
            return state.unreadable(ticket, e);
        }
        return state.read(ticket, now);
    }

    private void rereadLater(OfflineManager manager, Capabilities capabilities) {
        if (capabilities.notifiesBoth()) {
            return;
        }
        if (settings.rereadEvery().isEmpty()) {
            Log.LOG.log(
                    Level.DEBUG,
                    "profile " + profile + " does not tell of every change (" + capabilities
                            + "), and no interval is set to read it again: listeners will miss some");
            return;
        }
        threads.schedule(
                "reading profile " + profile + " again",
                () -> {
                    if (!isClosed()) {
                        try {
                            read(manager, true);
                        } finally {
                            rereadLater(manager, capabilities);
                        }
                    }
                },
                settings.rereadEvery().get());
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Unregisters and, where it is the monitor's own, closes the offline object. */
    void close() {
        Open last;
        synchronized (lock) {
            closed = true;
            last = open;
        }
        if (last != null) {
            release(last); // again, too: a second closing waits as the first does
        }
    }

    private void release(Open opened) {
        try {
            opened.token().ifPresent(opened.manager()::unadvise);
        } finally {
            giveBack(opened.manager());
        }
    }

    private void giveBack(OfflineManager manager) {
        if (owned) {
            manager.close();
        }
    }
}
