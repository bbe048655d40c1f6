package io.github.offlinestate.windows.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.offlinestate.windows.find.Registry.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program that prints what reg.exe was recorded to print; reg.exe itself is asked under wine. */
class RegCommandTest {
    @TempDir
    Path folder;

    private Registry registry;

    @BeforeEach
    void program() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path program = folder.resolve("reg");
        Files.writeString(program, """
                #!/bin/sh
                case "$*" in
                  "query HKLM\\Software\\A /v Path Ex /reg:64")
                    printf '\\r\\nHKEY_LOCAL_MACHINE\\\\Software\\\\A\\r\\n    Path Ex    REG_EXPAND_SZ    %%ProgramFiles%%\\\\x    y.dll\\r\\n\\r\\n' ;;
                  "query HKLM\\Software\\A /ve /reg:32")
                    printf '\\r\\nHKEY_LOCAL_MACHINE\\\\Software\\\\A\\r\\n    (Standard)    REG_SZ    C:\\\\O.EXE\\r\\n\\r\\n' ;;
                  "query HKLM\\Software\\A /v Number /reg:64")
                    printf '\\r\\nHKEY_LOCAL_MACHINE\\\\Software\\\\A\\r\\n    Number    REG_DWORD    0x1\\r\\n\\r\\n' ;;
                  "query HKCU\\Software\\B /reg:64")
                    printf '\\r\\nHKEY_CURRENT_USER\\\\Software\\\\B\\r\\n    x    REG_SZ    HKEY_CURRENT_USER\\\\no\\r\\n\\r\\nHKEY_CURRENT_USER\\\\Software\\\\B\\\\one\\r\\nHKEY_CURRENT_USER\\\\Software\\\\B\\\\and two\\r\\n' ;;
                  "query HKCU\\Software\\D /reg:64")
                    printf '\\r\\nHKEY_CURRENT_USER\\\\Software\\\\D\\\\Pers\\224nlich\\r\\n' ;;
                  "query HKLM\\System\\CurrentControlSet\\Control\\Nls\\CodePage /v OEMCP /reg:64")
                    printf '\\r\\nHKEY_LOCAL_MACHINE\\\\System\\r\\n    OEMCP    REG_SZ    850\\r\\n\\r\\n' ;;
                  *) echo 'ERROR: The system was unable to find the specified registry key or value.' ; exit 1 ;;
                esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        registry = new RegCommand(program.toString());
    }

    @Test
    void readsText() {
        assertThat(registry.value("HKLM\\Software\\A", "Path Ex", View.BITS64)).hasValue("%ProgramFiles%\\x    y.dll");
    }

    @Test
    void readsTheDefaultValueInEveryLanguage() {
        assertThat(registry.value("HKLM\\Software\\A", "", View.BITS32)).hasValue("C:\\O.EXE");
    }

    @Test
    void whatIsNoTextIsNotThere() {
        assertThat(registry.value("HKLM\\Software\\A", "Number", View.BITS64)).isEmpty();
        assertThat(registry.value("HKLM\\Software\\A", "Other", View.BITS64)).isEmpty();
    }

    @Test
    void listsSubkeys() {
        assertThat(registry.subkeys("HKCU\\Software\\B", View.BITS64)).containsExactly("one", "and two");
        assertThat(registry.subkeys("HKCU\\Software\\C", View.BITS64)).isEmpty();
    }

    @Test
    void readsTheCodePageOfConsolePrograms() {
        assertThat(registry.subkeys("HKCU\\Software\\D", View.BITS64)).containsExactly("Pers\u00f6nlich");
    }

    @Test
    void withoutTheProgramNothingIsThere() {
        Registry none = new RegCommand(folder.resolve("none").toString());
        assertThat(none.value("HKLM\\Software\\A", "", View.BITS32)).isEmpty();
        assertThat(none.subkeys("HKLM\\Software\\A", View.BITS32)).isEmpty();
    }
}
