package io.github.offlinestate.windows.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableExecutableTest {
    @TempDir
    Path folder;

    /** A head with one section, .rsrc, that holds a version of 16.0.17928.20114. */
    private static ByteBuffer program(int machine) {
        ByteBuffer file = ByteBuffer.allocate(0x300).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(0, (short) 0x5a4d).putInt(0x3c, 0x80);
        file.putInt(0x80, 0x4550).putShort(0x84, (short) machine).putShort(0x86, (short) 1);
        file.putShort(0x94, (short) 0); // no optional head
        file.put(0x98, ".rsrc\0\0\0".getBytes(StandardCharsets.US_ASCII));
        file.putInt(0x98 + 16, 0x100).putInt(0x98 + 20, 0x200);
        file.putInt(0x240, 0xFEEF04BD).putInt(0x248, 16 << 16).putInt(0x24c, 17928 << 16 | 20114);
        return file;
    }

    private PortableExecutable read(ByteBuffer file) throws IOException {
        return PortableExecutable.read(Files.write(folder.resolve("a.exe"), file.array()));
    }

    @ParameterizedTest
    @CsvSource({"0x14c, X86", "0x8664, X64", "0xaa64, ARM64"})
    void tellsBitnessAndVersion(String machine, Bitness bitness) throws IOException {
        assertThat(read(program(Integer.decode(machine))))
                .isEqualTo(new PortableExecutable(Optional.of(bitness), Optional.of("16.0.17928.20114")));
    }

    @Test
    void anotherKindOfMachineIsNoneOfOurs() throws IOException {
        assertThat(read(program(0x1c4)).bitness()).isEmpty();
    }

    @Test
    void aProgramWithoutAVersion() throws IOException {
        assertThat(read(program(0x14c).putInt(0x240, 0)).version()).isEmpty();
        assertThat(read(program(0x14c).putInt(0x98, 0)).version()).isEmpty();
    }

    @Test
    void whatIsNoProgramIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "x".repeat(100));
        assertThatThrownBy(() -> PortableExecutable.read(text)).hasMessageContaining("no program");
        assertThatThrownBy(() -> read(program(0x14c).putInt(0x80, 0))).hasMessageContaining("no program");
    }

    @Test
    void aFileThatEndsEarlyIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("short"), "MZ");
        assertThatThrownBy(() -> PortableExecutable.read(text)).hasMessageContaining("ends");
        assertThatThrownBy(() -> read(program(0x14c).putInt(0x98 + 20, 0x7fffffff)))
                .hasMessageContaining("ends");
    }
}
