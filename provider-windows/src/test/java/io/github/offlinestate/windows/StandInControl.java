package io.github.offlinestate.windows;

import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.tck.fixture.ProviderControl;
import io.github.offlinestate.windows.com.StandIn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens to Outlook from outside, made to happen to the stand-in. Each has profiles of its own. */
final class StandInControl implements ProviderControl, AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final StandIn outlook;
    private final List<String> profiles = new CopyOnWriteArrayList<>();

    StandInControl(StandIn outlook) {
        this.outlook = outlook;
    }

    String firstProfile() {
        String name = "Outlook " + MADE.incrementAndGet();
        addProfile(name, Capabilities.BOTH);
        return name;
    }

    @Override
    public void addProfile(String name) {
        addProfile(name, Capabilities.BOTH);
    }

    @Override
    public void addProfile(String name, Capabilities capabilities) {
        profiles.add(name);
        outlook.profile(name, capabilities, ConnectionState.ONLINE);
    }

    @Override
    public void change(String profile, ConnectionState state) {
        outlook.transition(profile, state);
        outlook.drain(profile);
    }

    @Override
    public void changeUntold(String profile, ConnectionState state) {
        outlook.setUnnotified(profile, state);
    }

    @Override
    public void sendForeign(String profile, int type, int mask, int oldState, int newState) {
        outlook.foreign(profile, type, mask, oldState, newState);
    }

    @Override
    public void failNextChange(String profile, Exception cause) {
        outlook.failNext(profile, HResult.MAPI_E_CALL_FAILED.code(), false);
    }

    @Override
    public Runnable failNextChangeAfterStart(String profile, Exception cause) {
        outlook.failNextAfterStartWhenTold(profile);
        return () -> outlook.hold(profile, false);
    }

    @Override
    public Runnable holdNextChange(String profile) {
        outlook.hold(profile, true);
        return () -> outlook.hold(profile, false);
    }

    @Override
    public void startChange(String profile, ConnectionState state) {
        outlook.start(profile, state);
        outlook.drain(profile);
    }

    /** Returns when the provider has noticed, as it shows by giving its object back. */
    @Override
    public void takeAway(String profile, Exception cause) {
        outlook.away(profile, true);
        await().pollInterval(Duration.ofMillis(2)).until(() -> outlook.openObjects(profile) == 0);
    }

    @Override
    public void bringBack(String profile, ConnectionState state) {
        outlook.setUnnotified(profile, state);
        outlook.away(profile, false);
    }

    @Override
    public int openSessions(String profile) {
        return outlook.openObjects(profile);
    }

    @Override
    public void close() {
        profiles.forEach(outlook::remove);
    }
}
