package io.github.offlinestate.windows;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.windows.com.OfflineLibrary;
import io.github.offlinestate.windows.com.OfflineObject;
import io.github.offlinestate.windows.com.RawNotification;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Outlook's offline object by HrOpenOfflineObj, which works inside Outlook's process only. */
final class InProcessRoute implements Route {
    private static final Logger LOG = System.getLogger(InProcessRoute.class.getName());
    /** Any value; it comes back with each notification, where a debugger or a log shows whose it is. */
    private static final int CLIENT_TOKEN = 0x4F53_4A56;

    private final Supplier<OfflineLibrary> finder;
    private final boolean insideOutlook;
    private @Nullable OfflineLibrary library;

    /**
     * A route through a library that is looked for at the first opening.
     *
     * @param finder finds and loads it
     * @param insideOutlook whether this is Outlook's process, as far as can be seen; elsewhere MAPI_E_NOT_FOUND says
     *     nothing about the profile
     */
    InProcessRoute(Supplier<OfflineLibrary> finder, boolean insideOutlook) {
        this.finder = finder;
        this.insideOutlook = insideOutlook;
    }

    @Override
    public OutlookSession open(String profile, Consumer<RawNotification> receiver) {
        OfflineObject object = openObject(profile);
        try {
            Capabilities capabilities = object.capabilities();
            return new ComSession(object, object.advise(CLIENT_TOKEN, receiver), capabilities);
        } catch (RuntimeException | Error failed) {
            object.close();
            throw failed;
        }
    }

    private OfflineObject openObject(String profile) {
        try {
            return library().open(profile);
        } catch (OfflineStateException failed) {
            if (!insideOutlook && failed.result().equals(HResult.MAPI_E_NOT_FOUND)) {
                throw new OfflineStateException(
                        HResult.MAPI_E_CALL_FAILED,
                        "Outlook answered MAPI_E_NOT_FOUND, as it does outside its own process, whether profile '"
                                + profile
                                + "' exists or not. Run this JVM inside Outlook's process (see docs/windows.md)",
                        failed);
            }
            throw failed;
        }
    }

    private synchronized OfflineLibrary library() {
        OfflineLibrary loaded = library;
        if (loaded == null) {
            loaded = finder.get();
            library = loaded;
        }
        return loaded;
    }

    private record ComSession(OfflineObject object, OfflineObject.Advised advised, Capabilities capabilities)
            implements OutlookSession {
        @Override
        public ConnectionState state() {
            return object.state();
        }

        @Override
        public void requestState(ConnectionState target) {
            object.requestState(target);
        }

        @Override
        public void close() {
            try {
                advised.close();
            } catch (RuntimeException failed) {
                // Outlook went first, or it will be told by the release that follows.
                LOG.log(Level.DEBUG, "Unadvise failed", failed);
            } finally {
                object.close();
            }
        }
    }
}
