package io.github.offlinestate.windows.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machine and the process that this is. */
public final class ThisMachine implements Machine {
    private @Nullable Registry registry;

    @Override
    public String system() {
        return System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", "");
    }

    @Override
    public String arch() {
        return System.getProperty("os.arch", "unknown");
    }

    @Override
    public Optional<String> program() {
        return ProcessHandle.current().info().command();
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Override
    public boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    @Override
    public Optional<PortableExecutable> executable(String path) {
        try {
            return Optional.of(PortableExecutable.read(Path.of(path)));
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    /** Through {@code reg.exe}; inside Outlook's process, which may start no other, by JNA. */
    @Override
    public synchronized Registry registry() {
        Registry made = registry;
        if (made == null) {
            String windows = environment("SystemRoot").orElse("C:\\Windows");
            made = isOutlook() ? new NativeWindows() : new RegCommand(windows + "\\System32\\reg.exe");
            registry = made;
        }
        return made;
    }
}
