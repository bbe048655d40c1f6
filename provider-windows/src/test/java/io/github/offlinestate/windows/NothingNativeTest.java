package io.github.offlinestate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FIND-2: an application that has the provider on its class path and does not use it loads nothing of JNA's. */
class NothingNativeTest {
    @ParameterizedTest
    @ValueSource(strings = {"as it is", "as on Windows"})
    void findingNamingAndAskingLoadNothingOfJna(String system) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(List.of(
                        java,
                        "-Xshare:off",
                        "-Xlog:class+load:stdout:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName(),
                        system))
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("io.github.offlinestate.windows.OutlookProvider")
                .contains("ASKED outlook");
        assertThat(output).doesNotContain("com.sun.jna");
        if (system.equals("as on Windows")) {
            assertThat(output).doesNotContain("NOT_WINDOWS");
        }
    }

    /** What the child runs. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            if (arguments[0].equals("as on Windows")) {
                Class.forName("java.lang.ProcessImpl"); // before it could wonder how Windows starts processes
                System.setProperty("os.name", "Windows 11");
            }
            for (var provider : java.util.ServiceLoader.load(io.github.offlinestate.OfflineStateProvider.class)) {
                System.out.println("ASKED " + provider.name() + " " + provider.priority() + " " + provider.byNameOnly()
                        + " " + provider.availability() + " " + provider.profiles());
            }
            System.out.println(OutlookDiagnosis.run(true));
        }
    }
}
