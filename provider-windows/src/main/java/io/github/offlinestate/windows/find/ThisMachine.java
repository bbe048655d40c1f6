package io.github.offlinestate.windows.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The machine and the process that this is. */
public final class ThisMachine implements Machine {
    private final Registry registry;

    /** Reads the registry through {@code reg.exe}. */
    public ThisMachine() {
        this.registry = new RegCommand(environment("SystemRoot").orElse("C:\\Windows") + "\\System32\\reg.exe");
    }

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

    @Override
    public Registry registry() {
        return registry;
    }
}
