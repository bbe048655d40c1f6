package io.github.offlinestate.windows.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.windows.find.Registry.View;
import org.junit.jupiter.api.Test;

class ProfileNamesTest {
    private static final String OUTLOOK_16 = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook";
    private static final String MESSAGING =
            "HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\Profiles";

    private final FakeMachine machine = FakeMachine.windows("amd64");

    @Test
    void theDefaultIsFirst() {
        machine.withKeys(OUTLOOK_16 + "\\Profiles", "A", "\u00fcber", "B")
                .with(View.BITS64, OUTLOOK_16, "DefaultProfile", "B");
        assertThat(ProfileNames.of(machine)).containsExactly("B", "A", "\u00fcber");
    }

    @Test
    void aDefaultThatIsNotThereIsNone() {
        machine.withKeys(OUTLOOK_16 + "\\Profiles", "A").with(View.BITS64, OUTLOOK_16, "DefaultProfile", "gone");
        assertThat(ProfileNames.of(machine)).containsExactly("A");
    }

    @Test
    void outlook2010KeptThemWithWindows() {
        machine.withKeys(MESSAGING, "A", "B").with(View.BITS64, MESSAGING, "DefaultProfile", "B");
        assertThat(ProfileNames.of(machine)).containsExactly("B", "A");
    }

    @Test
    void thereMayBeNone() {
        assertThat(ProfileNames.of(machine)).isEmpty();
    }
}
