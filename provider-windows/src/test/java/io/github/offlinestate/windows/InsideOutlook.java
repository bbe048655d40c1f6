package io.github.offlinestate.windows;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.windows.com.StandIn;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What an application does inside Outlook's process, with nothing of the provider replaced: found by ServiceLoader, the
 * library found by GetModuleHandle, the profiles read from the registry. Run by outlook_host.c under wine, where the
 * library that is found is the stand-in.
 */
public final class InsideOutlook {
    private InsideOutlook() {}

    public static void main(String[] arguments) {
        OfflineStateProvider provider = ServiceLoader.load(OfflineStateProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(OutlookProvider.NAME))
                .findFirst()
                .orElseThrow();
        expect(provider.availability().isAvailable(), provider.availability());
        List<String> profiles = provider.profiles();
        expect(profiles.equals(List.of("\u00dcber", "Second")), profiles);
        StandIn outlook = StandIn.shared().profile(profiles.get(0), Capabilities.BOTH, ConnectionState.ONLINE);
        List<Integer> types = new CopyOnWriteArrayList<>();
        try (OfflineManager manager = provider.open(profiles.get(0))) {
            manager.advise(notification -> types.add(notification.type().code()));
            manager.setCurrentState(ConnectionState.OFFLINE, SetFlag.BLOCK);
            expect(manager.currentState() == ConnectionState.OFFLINE, manager.currentState());
        }
        expect(types.equals(List.of(1, 2, 3)), types);
        expect(outlook.violations().isEmpty(), outlook.violations());
        System.out.println("WINDOWS PROOF: inside a process named "
                + ProcessHandle.current().info().command().orElse("?")
                + " the provider finds and uses the library that is loaded there");
    }

    private static void expect(boolean holds, Object found) {
        if (!holds) {
            throw new AssertionError("not as expected: " + found);
        }
    }
}
