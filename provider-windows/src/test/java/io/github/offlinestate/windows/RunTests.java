package io.github.offlinestate.windows;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.offlinestate.windows.com.StandIn;
import java.io.PrintWriter;
import java.util.List;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests of this module in a JVM that no build tool runs in: 32-bit, Windows', or one whose binding is broken on
 * purpose. With arguments only the classes that they name, else all that need the stand-in.
 */
public final class RunTests {
    private static final String PACKAGE = RunTests.class.getPackageName();
    private static final List<String> ALL = List.of(
            PACKAGE + ".com.NotifyObjectTest",
            PACKAGE + ".com.OfflineObjectTest",
            PACKAGE + ".find.WindowsRegistryTest",
            ComStressTest.class.getName(),
            NothingNativeTest.class.getName(),
            OutlookBackendTest.class.getName(),
            OutlookTckTest.class.getName());

    private RunTests() {}

    public static void main(String[] arguments) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("junit.jupiter.execution.timeout.default", "300 s");
        (arguments.length == 0 ? ALL : List.of(arguments)).forEach(name -> request.selectors(selectClass(name)));
        TestExecutionSummary summary = run(request.build());
        summary.printFailuresTo(new PrintWriter(System.out, true), 30);
        System.out.println(summary.getTestsSucceededCount() + " passed, " + summary.getTestsFailedCount() + " failed, "
                + summary.getTestsAbortedCount() + " not judged");
        boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
        if (passed) {
            System.out.println("WINDOWS PROOF: JNA on " + System.getProperty("os.name") + ", " + StandIn.bitness()
                    + ", Java " + System.getProperty("java.version") + ": " + summary.getTestsSucceededCount()
                    + " tests passed");
        }
        System.exit(passed ? 0 : 1);
    }

    private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
