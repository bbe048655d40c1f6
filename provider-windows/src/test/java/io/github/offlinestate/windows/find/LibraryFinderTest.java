package io.github.offlinestate.windows.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.windows.find.Registry.View;
import org.junit.jupiter.api.Test;

class LibraryFinderTest {
    private static final String MAIL = "HKLM\\Software\\Clients\\Mail\\Microsoft Outlook";
    private static final String COMPONENT = "{FF1D0740-D227-11D1-A4B0-006008AF820E}";
    private static final String LIBRARY = "C:\\Program Files\\Microsoft Office\\root\\Office16\\olmapi32.dll";

    private final FakeMachine x64 = FakeMachine.windows("amd64");

    private static String find(FakeMachine machine) {
        return LibraryFinder.find(machine, machine, machine);
    }

    @Test
    void whatTheProcessHasLoadedComesFirst() {
        x64.withModule("loaded olmapi32.dll", LIBRARY);
        x64.with(View.BITS64, MAIL, "DLLPathEx", "C:\\elsewhere\\olmapi32.dll");
        assertThat(find(x64)).isEqualTo(LIBRARY);
        assertThat(x64.asked).containsExactly("loaded olmapi32.dll");
    }

    @Test
    void thenTheRegistryWithItsVariablesAndQuotes() {
        x64.with(View.BITS64, MAIL, "DLLPathEx", "\"%ProgramFiles%\\Microsoft Office\\root\\Office16\\olmapi32.dll\"");
        x64.withFile(LIBRARY, Bitness.X64, "16.0.1.2");
        assertThat(find(x64)).isEqualTo(LIBRARY);
    }

    @Test
    void inTheViewOfThisProcess() {
        FakeMachine x86 = FakeMachine.windows("x86");
        x86.with(View.BITS64, MAIL, "DLLPathEx", "C:\\64\\olmapi32.dll")
                .withFile("C:\\64\\olmapi32.dll", Bitness.X64, "1");
        x86.with(View.BITS32, MAIL, "DLLPathEx", "C:\\32\\olmapi32.dll")
                .withFile("C:\\32\\olmapi32.dll", Bitness.X86, "1");
        assertThat(find(x86)).isEqualTo("C:\\32\\olmapi32.dll");
    }

    @Test
    void thenTheComponentInTheLanguagesThatTheRegistryNames() {
        x64.with(View.BITS64, MAIL, "MSIComponentID", "{AAAA}");
        x64.with(View.BITS64, MAIL, "MSIApplicationLCID", "1031");
        x64.with(View.BITS64, MAIL, "MSIOfficeLCID", "1033");
        x64.withModule("component mapi32.dll {AAAA} 1033", LIBRARY).withFile(LIBRARY, Bitness.X64, "16.0.1.2");
        assertThat(find(x64)).isEqualTo(LIBRARY);
        assertThat(x64.asked)
                .containsExactly(
                        "loaded olmapi32.dll",
                        "component mapistub.dll {AAAA} 1031",
                        "component mapistub.dll {AAAA} 1033",
                        "component mapistub.dll {AAAA} ",
                        "component mapi32.dll {AAAA} 1031",
                        "component mapi32.dll {AAAA} 1033");
    }

    @Test
    void theComponentIsOutlooksWhereTheRegistryNamesNone() {
        x64.withModule("component mapistub.dll " + COMPONENT + " ", LIBRARY).withFile(LIBRARY, Bitness.X64, "16.0.1.2");
        assertThat(find(x64)).isEqualTo(LIBRARY);
    }

    @Test
    void thenWhatLiesBesideTheQualifiedComponent() {
        x64.withModule(
                "qualified {E83B4360-C208-4325-9504-0D23003A74A5} outlook.x64.exe",
                "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE");
        x64.withFile(LIBRARY, Bitness.X64, "15.0.1.2");
        assertThat(find(x64)).isEqualTo(LIBRARY);
    }

    @Test
    void a32BitProcessAsksForThe32BitOutlook() {
        FakeMachine x86 = FakeMachine.windows("x86");
        x86.withModule("qualified {5812C571-53F0-4467-BEFA-0A4F47A9437C} outlook.exe", "C:\\O\\OUTLOOK.EXE");
        x86.withFile("C:\\O\\olmapi32.dll", Bitness.X86, "16.0.1.2");
        assertThat(find(x86)).isEqualTo("C:\\O\\olmapi32.dll");
        assertThat(x86.asked).noneMatch(question -> question.contains("x64"));
    }

    @Test
    void whatIsNoAbsolutePathIsNeverUsed() {
        x64.with(View.BITS64, MAIL, "DLLPathEx", "olmapi32.dll").withFile("olmapi32.dll", Bitness.X64, "1");
        x64.withModule("component mapistub.dll " + COMPONENT + " ", "..\\olmapi32.dll");
        assertThatThrownBy(() -> find(x64))
                .hasMessageContaining("olmapi32.dll (from DLLPathEx) is not an absolute path")
                .hasMessageContaining("..\\olmapi32.dll (from mapistub.dll) is not an absolute path");
    }

    @Test
    void withoutASystemDirectoryNoStubIsLoaded() {
        x64.withSystemDirectory("");
        assertThatThrownBy(() -> find(x64)).hasMessageContaining("no MAPI library");
        assertThat(x64.asked).noneMatch(question -> question.startsWith("component"));
    }

    @Test
    void theOtherBitnessAndWhatIsNotThereArePassedOverAndTold() {
        x64.with(View.BITS64, MAIL, "DLLPathEx", "C:\\32\\olmapi32.dll")
                .withFile("C:\\32\\olmapi32.dll", Bitness.X86, "1");
        x64.withModule("component mapi32.dll " + COMPONENT + " ", "C:\\gone\\olmapi32.dll");
        assertThatThrownBy(() -> find(x64))
                .hasMessageContaining("is 32-bit, and this JVM is 64-bit")
                .hasMessageContaining("C:\\gone\\olmapi32.dll (from mapi32.dll) is not there")
                .hasMessageContaining("is not loaded in this process");
    }
}
