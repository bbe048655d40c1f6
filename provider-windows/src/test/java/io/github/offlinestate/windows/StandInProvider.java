package io.github.offlinestate.windows;

import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.windows.com.StandIn;
import io.github.offlinestate.windows.find.FakeMachine;
import java.time.Duration;

/** The provider as inside Outlook's process, with the stand-in for Outlook, and quick to notice. */
final class StandInProvider {
    private static final Pace QUICK = new Pace(
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMillis(500));

    private StandInProvider() {}

    static OutlookProvider over(StandIn outlook, EngineSettings settings, String... profiles) {
        return over(new InProcessRoute(outlook::load, true), settings, profiles);
    }

    static OutlookProvider over(Route route) {
        return over(route, EngineSettings.DEFAULT);
    }

    private static OutlookProvider over(Route route, EngineSettings settings, String... profiles) {
        FakeMachine machine = FakeMachine.windows("amd64").runs("C:\\Office16\\OUTLOOK.EXE");
        machine.withKeys("HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles", profiles);
        return new OutlookProvider(machine, route, settings, QUICK);
    }
}
