package io.github.offlinestate.windows.find;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine of recorded answers. */
public final class FakeMachine implements Machine, Registry, Modules {
    private final String system;
    private final String arch;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<String>> keys = new HashMap<>();
    private final Map<String, PortableExecutable> files = new HashMap<>();
    private final Set<String> others = new HashSet<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("ProgramFiles", "C:\\Program Files"));
    private final Map<String, String> modules = new HashMap<>();
    private String systemDirectory = "C:\\Windows\\system32";
    private String program = "C:\\Java\\bin\\java.exe";
    /** What was asked of {@link Modules}, in order. */
    public final List<String> asked = new ArrayList<>();

    public FakeMachine(String system, String arch) {
        this.system = system;
        this.arch = arch;
    }

    public static FakeMachine windows(String arch) {
        return new FakeMachine("Windows 11 10.0", arch);
    }

    public FakeMachine with(View view, String key, String name, String text) {
        values.put(view + key + ":" + name, text);
        return this;
    }

    public FakeMachine withKeys(String key, String... names) {
        keys.put(key, List.of(names));
        return this;
    }

    public FakeMachine withFile(String path, Bitness bitness, String version) {
        files.put(path, new PortableExecutable(Optional.of(bitness), Optional.of(version)));
        return this;
    }

    public FakeMachine withOther(String path) {
        others.add(path);
        return this;
    }

    public FakeMachine withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public FakeMachine withModule(String question, String answer) {
        modules.put(question, answer);
        return this;
    }

    public FakeMachine withSystemDirectory(String path) {
        systemDirectory = path;
        return this;
    }

    public FakeMachine runs(String path) {
        program = path;
        return this;
    }

    @Override
    public String system() {
        return system;
    }

    @Override
    public String arch() {
        return arch;
    }

    @Override
    public Optional<String> program() {
        return Optional.ofNullable(program);
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    @Override
    public boolean exists(String path) {
        return others.contains(path) || files.containsKey(path);
    }

    @Override
    public Optional<PortableExecutable> executable(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public Registry registry() {
        return this;
    }

    @Override
    public Optional<String> value(String key, String name, View view) {
        return Optional.ofNullable(values.get(view + key + ":" + name));
    }

    @Override
    public List<String> subkeys(String key, View view) {
        return keys.getOrDefault(key, List.of());
    }

    @Override
    public Optional<String> loaded(String name) {
        return answer("loaded " + name);
    }

    @Override
    public Optional<String> componentPath(String stub, String component, String qualifier) {
        return answer("component " + WindowsPaths.fileName(stub) + " " + component + " " + qualifier);
    }

    @Override
    public Optional<String> qualifiedComponent(String category, String qualifier) {
        return answer("qualified " + category + " " + qualifier);
    }

    @Override
    public String systemDirectory() {
        return systemDirectory;
    }

    private Optional<String> answer(String question) {
        asked.add(question);
        return Optional.ofNullable(modules.get(question));
    }
}
