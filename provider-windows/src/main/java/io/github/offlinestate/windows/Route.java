package io.github.offlinestate.windows;

import io.github.offlinestate.windows.com.RawNotification;
import java.util.function.Consumer;

/**
 * A way to Outlook's offline object. {@link InProcessRoute} is for a JVM inside Outlook's process; one through an add-in
 * that speaks to an ordinary JVM would be another. {@link OutlookBackend} knows none of them.
 */
interface Route {
    /**
     * Opens a profile and registers for its notifications.
     *
     * @param profile the profile's name
     * @param receiver gets every notification, from any thread, possibly before this returns
     * @return the session
     * @throws io.github.offlinestate.OfflineStateException as Outlook answers; nothing is left open then
     */
    OutlookSession open(String profile, Consumer<RawNotification> receiver);
}
