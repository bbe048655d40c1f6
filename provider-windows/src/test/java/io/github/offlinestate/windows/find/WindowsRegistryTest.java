package io.github.offlinestate.windows.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.windows.OutlookDiagnosis;
import io.github.offlinestate.windows.find.Registry.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The real calls: Windows' registry both ways, and its modules. Run under wine by src/test/native/proofs, which has
 * written what is read here; on a real Windows it reads what is there.
 */
@Tag("native")
@EnabledOnOs(OS.WINDOWS)
class WindowsRegistryTest {
    private static final String MAIL = "HKLM\\Software\\Clients\\Mail\\Microsoft Outlook";
    private static final String OFFICE = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook";

    private final Registry command = new ThisMachine().registry();
    private final NativeWindows windows = new NativeWindows();

    @Test
    void bothWaysReadTheSame() {
        for (View view : View.values()) {
            for (String name : List.of("", "DLLPathEx", "MSIComponentID")) {
                assertThat(windows.value(MAIL, name, view)).as(name).isEqualTo(command.value(MAIL, name, view));
            }
        }
        assertThat(windows.value(MAIL, "DLLPathEx", View.BITS64))
                .hasValueSatisfying(path -> assertThat(path).endsWith("olmapi32.dll"));
        assertThat(windows.value(MAIL, "NotThere", View.BITS64)).isEmpty();
        assertThat(windows.subkeys(OFFICE + "\\Profiles", View.BITS64))
                .containsExactlyInAnyOrder("\u00dcber", "Second");
        assertThat(command.subkeys(OFFICE + "\\Profiles", View.BITS64))
                .containsExactlyInAnyOrder("\u00dcber", "Second");
        assertThat(windows.subkeys("HKCU\\Software\\Not there", View.BITS64)).isEmpty();
        assertThat(ProfileNames.of(windows)).containsExactly("\u00dcber", "Second");
    }

    /** What is found is kept, so an interrupt must not make it nothing. */
    @Test
    void anInterruptedThreadReadsTheRegistryToo() {
        Thread.currentThread().interrupt();
        boolean interruptIsKept;
        try {
            assertThat(command.value(MAIL, "DLLPathEx", View.BITS64)).isPresent();
        } finally {
            interruptIsKept = Thread.interrupted();
        }
        assertThat(interruptIsKept).isTrue();
    }

    @Test
    void modulesAreFoundByTheirNames() {
        assertThat(windows.loaded("kernel32.dll"))
                .hasValueSatisfying(path -> assertThat(path).containsIgnoringCase("system32\\kernel32.dll"));
        assertThat(windows.loaded("not-there.dll")).isEmpty();
        assertThat(Files.isDirectory(Path.of(windows.systemDirectory()))).isTrue();
        assertThat(windows.componentPath("C:\\none\\mapistub.dll", "{0}", "")).isEmpty();
        assertThat(windows.qualifiedComponent("{5812C571-53F0-4467-BEFA-0A4F47A9437C}", "outlook.x64.exe"))
                .isEmpty();
    }

    @Test
    void anOutlookThatTheRegistryNamesIsFoundAndThisIsNotItsProcess() {
        OutlookDiagnosis diagnosis = OutlookDiagnosis.run(false);
        assertThat(diagnosis.status()).as(diagnosis.toString()).isEqualTo(OutlookDiagnosis.Status.NOT_INSIDE_OUTLOOK);
        assertThat(LibraryFinder.find(new ThisMachine(), windows, windows)).endsWith("olmapi32.dll");
        System.out.println("WINDOWS PROOF: reg.exe and the registry's own calls agree");
    }
}
