package io.github.offlinestate.windows;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.offlinestate.windows.com.StandIn;
import java.io.PrintWriter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs all tests of this module that need the stand-in, in a JVM that no build tool runs in: 32-bit, or Windows'. */
public final class RunTests {
    private RunTests() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        selectClass("io.github.offlinestate.windows.com.NotifyObjectTest"),
                        selectClass("io.github.offlinestate.windows.com.OfflineObjectTest"),
                        selectClass("io.github.offlinestate.windows.find.WindowsRegistryTest"),
                        selectClass(ComStressTest.class),
                        selectClass(NothingNativeTest.class),
                        selectClass(OutlookBackendTest.class),
                        selectClass(OutlookTckTest.class))
                .configurationParameter("junit.jupiter.execution.timeout.default", "300 s");
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
