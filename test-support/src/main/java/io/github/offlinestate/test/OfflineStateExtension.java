package io.github.offlinestate.test;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.ScenarioRunner;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.sim.VirtualTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a simulated provider and a virtual time of its own, as parameters of test methods and of
 * {@code @BeforeEach} and {@code @AfterEach} methods:
 *
 * <ul>
 *   <li>{@link OfflineStateProvider}: what the application is given, as
 *       {@code ConnectionMonitor.builder().provider(provider).time(time)} or {@code provider.open(profile.name())};
 *   <li>{@link SimulatedProfile}: what the test makes go offline and online; the default profile's, or that which
 *       {@link OnProfile} says;
 *   <li>{@link VirtualTime} (also as {@link TimeSource}): what the test moves. A step returns when all that was due has
 *       been delivered, to callbacks and to the listeners of every monitor that runs on this time; it fails and names
 *       what hangs;
 *   <li>{@link ScenarioRunner}: what plays the scenario, with {@link #playing}.
 * </ul>
 *
 * <pre>{@code
 * @ExtendWith(OfflineStateExtension.class)
 * class SyncTest {
 *     @Test
 *     void pausesWhileOffline(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
 *         try (Sync sync = new Sync(provider, time)) {
 *             profile.goOffline();
 *             time.settle();
 *             assertTrue(sync.isPaused());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>After each test, whatever was opened of the provider and not closed fails the test: the message says of each
 * offline object where it was opened, and it is closed. By itself the provider has the profiles {@code Default} and
 * {@code Travel}; for others, register the extension with {@link #with} or {@link #playing}:
 *
 * <pre>{@code
 * @RegisterExtension
 * final OfflineStateExtension offline = OfflineStateExtension.with(
 *         provider -> provider.profile("Work", work -> work.latency(Duration.ofSeconds(2))));
 * }</pre>
 *
 * <p>Tests may run in parallel.
 */
public final class OfflineStateExtension implements ParameterResolver, AfterEachCallback {
    private static final Set<Class<?>> TYPES = Set.of(
            OfflineStateProvider.class,
            SimulatedProfile.class,
            VirtualTime.class,
            TimeSource.class,
            ScenarioRunner.class);

    private final Namespace namespace = Namespace.create(OfflineStateExtension.class, this);
    private final Supplier<Stage> stages;

    /** Gives providers with the profiles {@code Default} and {@code Travel}. */
    public OfflineStateExtension() {
        this(() -> Stage.with(builder -> {}));
    }

    private OfflineStateExtension(Supplier<Stage> stages) {
        this.stages = stages;
    }

    /**
     * Gives providers with other profiles.
     *
     * @param configure says what each test's provider is like; its time is the test's, whatever is said here
     * @return an extension to register
     */
    public static OfflineStateExtension with(Consumer<? super SimulatedProvider.Builder> configure) {
        Objects.requireNonNull(configure, "configure");
        return new OfflineStateExtension(() -> Stage.with(configure));
    }

    /**
     * Gives providers with the profiles of a scenario, and a {@link ScenarioRunner} that plays it on them, in virtual
     * time, when the test says so.
     *
     * @param scenario what can be played
     * @return an extension to register
     */
    public static OfflineStateExtension playing(Scenario scenario) {
        Objects.requireNonNull(scenario, "scenario");
        return new OfflineStateExtension(() -> Stage.playing(scenario));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("each test has a " + type.getSimpleName()
                    + " of its own: ask for it in a test method or in @BeforeEach, not for the whole class");
        }
        Stage stage = stage(context);
        if (type == OfflineStateProvider.class) {
            return stage.provider();
        }
        if (type == SimulatedProfile.class) {
            return profile(stage, parameter.findAnnotation(OnProfile.class));
        }
        if (type == ScenarioRunner.class) {
            return stage.runner()
                    .orElseThrow(() -> new ParameterResolutionException(
                            "there is no scenario to run: register the extension with OfflineStateExtension.playing"));
        }
        return stage.time();
    }

    private static SimulatedProfile profile(Stage stage, Optional<OnProfile> which) {
        String name = which.map(OnProfile::value)
                .orElseGet(() -> stage.simulated().profiles().get(0));
        try {
            return stage.simulated().profile(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterResolutionException(e.getMessage(), e);
        }
    }

    private Stage stage(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(namespace);
        Stage stage = store.get(Stage.class, Stage.class);
        if (stage == null) {
            stage = stages.get();
            store.put(Stage.class, stage);
        }
        return stage;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Stage stage = context.getStore(namespace).remove(Stage.class, Stage.class);
        if (stage != null) {
            stage.clear();
        }
    }
}
