package io.github.offlinestate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.windows.OutlookDiagnosis.Status;
import io.github.offlinestate.windows.find.Bitness;
import io.github.offlinestate.windows.find.FakeMachine;
import io.github.offlinestate.windows.find.Registry.View;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlookDiagnosisTest {
    private static final String MAIL = "HKLM\\Software\\Clients\\Mail\\Microsoft Outlook";
    private static final String APP_PATH = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\OUTLOOK.EXE";
    private static final String EXE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
    private static final String OFFICE = "HKLM\\Software\\Microsoft\\Office";
    private static final String OUTLOOK_16 = OFFICE + "\\16.0\\Outlook";
    private static final String PROFILES = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles";

    private static OutlookDiagnosis of(FakeMachine machine) {
        return OutlookDiagnosis.of(machine, false);
    }

    private static FakeMachine withOutlook(String arch, Bitness outlook) {
        return FakeMachine.windows(arch)
                .with(View.BITS64, APP_PATH, "", EXE)
                .withFile(EXE, outlook, "16.0.17928.20114");
    }

    @Test
    void notWindows() {
        OutlookDiagnosis diagnosis = of(new FakeMachine("Linux 6.1", "amd64"));
        assertThat(diagnosis.status()).isEqualTo(Status.NOT_WINDOWS);
        assertThat(diagnosis.explanation()).contains("Linux 6.1").contains("on Windows only");
    }

    @Test
    void noClassicOutlook() {
        OutlookDiagnosis diagnosis = of(FakeMachine.windows("amd64"));
        assertThat(diagnosis.status()).isEqualTo(Status.NO_CLASSIC_OUTLOOK);
        assertThat(diagnosis.explanation())
                .contains("The new Outlook and the Store's")
                .contains("do not count");
    }

    @Test
    void theNewOutlookDoesNotCount() {
        FakeMachine machine = FakeMachine.windows("amd64")
                .withEnvironment("LOCALAPPDATA", "C:\\Users\\maria\\AppData\\Local")
                .withOther("C:\\Users\\maria\\AppData\\Local\\Microsoft\\WindowsApps\\olk.exe");
        OutlookDiagnosis diagnosis = of(machine);
        assertThat(diagnosis.status()).isEqualTo(Status.NO_CLASSIC_OUTLOOK);
        assertThat(diagnosis.explanation()).contains("which is here");
    }

    @Test
    void whatTheRegistryNamesAndIsNotThereDoesNotCount() {
        FakeMachine machine = FakeMachine.windows("amd64").with(View.BITS64, APP_PATH, "", EXE);
        assertThat(of(machine).status()).isEqualTo(Status.NO_CLASSIC_OUTLOOK);
    }

    @Test
    void otherBitness() {
        OutlookDiagnosis diagnosis = of(withOutlook("amd64", Bitness.X86));
        assertThat(diagnosis.status()).isEqualTo(Status.OTHER_BITNESS);
        assertThat(diagnosis.explanation()).contains("Outlook is 32-bit").contains("this JVM is 64-bit");

        FakeMachine byValue = FakeMachine.windows("x86")
                .withKeys(OFFICE, "16.0", "Common")
                .with(View.BITS64, OUTLOOK_16, "Bitness", "x64");
        assertThat(of(byValue).status()).isEqualTo(Status.OTHER_BITNESS);
        assertThat(of(byValue).explanation()).contains("Use a 64-bit JVM");
    }

    @Test
    void notInsideOutlook() {
        FakeMachine machine = FakeMachine.windows("x86")
                .with(View.BITS32, MAIL, "DLLPathEx", "C:\\O\\olmapi32.dll")
                .withFile("C:\\O\\olmapi32.dll", Bitness.X86, "15.0.4569.1503");
        OutlookDiagnosis diagnosis = of(machine);
        assertThat(diagnosis.status()).isEqualTo(Status.NOT_INSIDE_OUTLOOK);
        assertThat(diagnosis.explanation())
                .contains("not inside Outlook's process")
                .contains("docs/windows.md");
        assertThat(diagnosis.findings()).containsEntry("C:\\O\\olmapi32.dll", "32-bit, version 15.0.4569.1503");
    }

    @Test
    void theLibrariesThatAnOpeningWouldMeetAreToldWithTheirVersions() {
        String library = EXE.replace("OUTLOOK.EXE", "olmapi32.dll");
        FakeMachine machine = withOutlook("amd64", Bitness.X64)
                .withEnvironment("SystemRoot", "D:\\Windows")
                .withFile(library, Bitness.X64, "16.0.17928.20115")
                .withFile("D:\\Windows\\System32\\mapi32.dll", Bitness.X64, "1.0.2536.0");
        assertThat(of(machine).findings())
                .containsEntry(EXE, "64-bit, version 16.0.17928.20114")
                .containsEntry(library, "64-bit, version 16.0.17928.20115")
                .containsEntry("D:\\Windows\\System32\\mapi32.dll", "64-bit, version 1.0.2536.0")
                .containsEntry("D:\\Windows\\System32\\mapistub.dll", "not there, or cannot be read");
    }

    @Test
    void whatOfficeSaysOfItselfIsTold() {
        FakeMachine machine = FakeMachine.windows("amd64")
                .withKeys(OFFICE, "11.0", "15.0", "16.0", "ClickToRun")
                .with(View.BITS64, OFFICE + "\\ClickToRun\\Configuration", "Platform", "x64");
        assertThat(of(machine).findings())
                .containsEntry(OFFICE + " : versions (64)", "16.0, 15.0")
                .containsEntry(OFFICE + "\\ClickToRun\\Configuration : Platform (64)", "x64")
                .containsEntry(OUTLOOK_16 + " : Bitness (64)", "none")
                .doesNotContainKey(OFFICE + "\\14.0\\Outlook : Bitness (64)");
    }

    @Test
    void bothBitnessesAreThere() {
        FakeMachine machine = withOutlook("amd64", Bitness.X86)
                .withKeys(OFFICE, "16.0")
                .with(View.BITS64, OUTLOOK_16, "Bitness", "x64");
        assertThat(of(machine).status()).isEqualTo(Status.NOT_INSIDE_OUTLOOK);
    }

    @Test
    void availableInsideOutlookWithoutLookingAnyFurther() {
        FakeMachine machine = FakeMachine.windows("amd64").runs("C:\\O\\outlook.EXE");
        assertThat(of(machine).status()).isEqualTo(Status.AVAILABLE);
        assertThat(of(machine).findings()).containsOnlyKeys("system", "JVM", "program of this process");
    }

    @Test
    void anotherProgramOfThatNameIsNotOutlook() {
        assertThat(of(FakeMachine.windows("amd64").runs("C:\\outlook.exe\\java.exe"))
                        .status())
                .isEqualTo(Status.NO_CLASSIC_OUTLOOK);
    }

    @Test
    void nothingPrivateIsToldUnlessAskedFor() {
        FakeMachine machine = withOutlook("amd64", Bitness.X64)
                .withEnvironment("USERPROFILE", "C:\\Users\\maria")
                .withEnvironment("USERNAME", "maria")
                .runs("C:\\Users\\maria\\jdk\\bin\\java.exe")
                .with(View.BITS64, MAIL, "DLLPathEx", "D:\\homes\\maria\\olmapi32.dll")
                .withKeys(PROFILES, "Work", "maria@example.org");
        Map<String, String> findings = of(machine).findings();
        assertThat(findings.toString()).doesNotContain("maria").doesNotContain("Work");
        assertThat(findings)
                .containsEntry("program of this process", "%USERPROFILE%\\jdk\\bin\\java.exe")
                .containsEntry("Outlook profiles", "2 (names are told only when asked for)");

        FakeMachine otherwiseWritten = FakeMachine.windows("amd64")
                .withEnvironment("USERPROFILE", "C:\\Users\\maria")
                .withEnvironment("USERNAME", "maria")
                .with(View.BITS64, APP_PATH, "", "c:\\users\\Maria\\OUTLOOK.EXE")
                .with(View.BITS64, MAIL, "DLLPathEx", "\"D:\\homes\\MARIA\"")
                .with(View.BITS32, MAIL, "DLLPathEx", "E:/maria/marias.dll");
        assertThat(of(otherwiseWritten).findings().toString())
                .doesNotContainIgnoringCase("maria\\")
                .doesNotContainIgnoringCase("maria\"")
                .doesNotContainIgnoringCase("maria/")
                .contains("%USERPROFILE%\\OUTLOOK.EXE", "marias.dll");

        assertThat(OutlookDiagnosis.of(machine, true).findings())
                .containsEntry("Outlook profiles", "Work, maria@example.org");
    }
}
