package io.github.offlinestate.test;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.ScenarioRunner;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.sim.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What one test plays on. */
final class Stage {
    private final VirtualTime time;
    private final SimulatedProvider simulated;
    private final WatchedProvider provider;
    private final Optional<ScenarioRunner> runner;

    private Stage(VirtualTime time, SimulatedProvider simulated, Optional<ScenarioRunner> runner) {
        this.time = time;
        this.simulated = simulated;
        this.provider = new WatchedProvider(simulated);
        this.runner = runner;
    }

    static Stage with(Consumer<? super SimulatedProvider.Builder> configure) {
        VirtualTime time = new VirtualTime();
        SimulatedProvider.Builder builder = SimulatedProvider.builder();
        configure.accept(builder);
        return new Stage(time, builder.time(time).build(), Optional.empty());
    }

    static Stage playing(Scenario scenario) {
        VirtualTime time = new VirtualTime(scenario.start().orElse(VirtualTime.DEFAULT_START));
        SimulatedProvider simulated = scenario.newProvider(time);
        return new Stage(time, simulated, Optional.of(ScenarioRunner.on(scenario, simulated)));
    }

    VirtualTime time() {
        return time;
    }

    SimulatedProvider simulated() {
        return simulated;
    }

    OfflineStateProvider provider() {
        return provider;
    }

    Optional<ScenarioRunner> runner() {
        return runner;
    }

    /** Ends it after its test, which fails where something was left. */
    void clear() {
        runner.ifPresent(ScenarioRunner::close);
        List<String> left = new ArrayList<>();
        for (WatchedManager open : provider.open()) {
            left.add(open.describe() + (open.closeSoon() ? "" : "\n    and cannot be closed: a callback of it hangs"));
        }
        if (!left.isEmpty()) {
            throw new AssertionError(
                    "left open by the test, or by what it tests; close it there:\n  " + String.join("\n  ", left));
        }
    }
}
