package io.github.offlinestate.windows;

import com.google.auto.service.AutoService;
import io.github.offlinestate.Availability;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.windows.OutlookDiagnosis.Status;
import io.github.offlinestate.windows.com.OfflineLibrary;
import io.github.offlinestate.windows.find.LibraryFinder;
import io.github.offlinestate.windows.find.Machine;
import io.github.offlinestate.windows.find.NativeWindows;
import io.github.offlinestate.windows.find.ProfileNames;
import io.github.offlinestate.windows.find.ThisMachine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider {@code outlook}: Outlook's own offline state, through HrOpenOfflineObj. It works inside Outlook's process
 * only, which is Outlook's rule; docs/windows.md says how to get a JVM there. Elsewhere {@link #availability()} says
 * which of the things it needs is missing.
 *
 * <p>Naming, finding and {@link #availability()} load no native library (FIND-2); outside Outlook's process the registry
 * is read by {@code reg.exe}. {@link #open} and, inside Outlook's process, {@link #profiles()} load JNA.
 *
 * <p>MAPI counterpart: {@code HrOpenOfflineObj} and the search for the library that exports it.
 */
@AutoService(OfflineStateProvider.class)
@SuppressWarnings("exports") // AutoService is for the compiler only
public final class OutlookProvider extends BackendProvider {
    /** What the provider is chosen by. */
    public static final String NAME = "outlook";

    private final Machine machine;
    private final Route route;
    private final Pace pace;
    private @Nullable Verdict verdict;

    /** A provider for the Outlook of this machine. */
    public OutlookProvider() {
        this(new ThisMachine());
    }

    private OutlookProvider(Machine machine) {
        this(
                machine,
                new InProcessRoute(() -> findLibrary(machine), machine.isOutlook()),
                EngineSettings.DEFAULT,
                Pace.DEFAULT);
    }

    OutlookProvider(Machine machine, Route route, EngineSettings settings, Pace pace) {
        super(NAME, settings);
        this.machine = machine;
        this.route = route;
        this.pace = pace;
    }

    private static OfflineLibrary findLibrary(Machine machine) {
        NativeWindows windows = new NativeWindows();
        return OfflineLibrary.load(Path.of(LibraryFinder.find(machine, windows, windows)));
    }

    /**
     * Exactly one of: not Windows; no classic Outlook; Outlook of another bitness than this JVM; Outlook is there, but
     * this JVM is not inside its process; available. Looked at once.
     */
    @Override
    public Availability availability() {
        Verdict judged = verdict();
        return judged.status() == Status.AVAILABLE
                ? Availability.available()
                : Availability.unavailable(judged.explanation());
    }

    /** Outlook's profiles for the user who runs this, from the registry; the default first. */
    @Override
    public List<String> profiles() {
        return machine.isWindows() ? ProfileNames.of(machine.registry()) : List.of();
    }

    @Override
    public Backend openBackend(String profile, BackendSink sink) {
        Verdict judged = verdict();
        if (judged.status() != Status.AVAILABLE && machine.program().isPresent()) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    "profile '" + profile + "' cannot be opened by provider '" + NAME + "': " + judged.explanation());
        }
        return OutlookBackend.open(route, profile, sink, pace);
    }

    private synchronized Verdict verdict() {
        Verdict judged = verdict;
        if (judged == null) {
            judged = Verdict.on(machine);
            verdict = judged;
        }
        return judged;
    }
}
