package io.github.offlinestate.verification;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module descriptors in the built jars. */
class ModuleDescriptorIT {
    static Set<String> modules() {
        return Workspace.PUBLISHED.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theDescriptorIsTheOneInTheGoldenFile(String folder) throws IOException {
        GoldenFile.check("modules/" + folder + ".txt", describe(descriptorInJar(folder)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theClassPathFindsTheSameServicesAsTheModulePath(String folder) throws IOException {
        Map<String, Set<String>> provided = new TreeMap<>();
        for (ModuleDescriptor.Provides provides : descriptorInJar(folder).provides()) {
            provided.put(provides.service(), new TreeSet<>(provides.providers()));
        }
        assertThat(servicesOnClassPath(folder)).isEqualTo(provided);
    }

    private static ModuleDescriptor descriptorInJar(String folder) {
        return ModuleFinder.of(Workspace.jar(folder)).findAll().stream()
                .map(reference -> reference.descriptor())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Set<String>> servicesOnClassPath(String folder) throws IOException {
        String prefix = "META-INF/services/";
        Map<String, Set<String>> services = new TreeMap<>();
        try (JarFile jar = new JarFile(Workspace.jar(folder).toFile())) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    String text = new String(jar.getInputStream(entry).readAllBytes(), "UTF-8");
                    services.put(
                            entry.getName().substring(prefix.length()),
                            new TreeSet<>(
                                    text.lines().filter(line -> !line.isBlank()).toList()));
                }
            }
        }
        return services;
    }

    private static List<String> describe(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        lines.add((module.isOpen() ? "open " : "") + "module " + module.name());
        sorted(module.requires().stream()
                        .filter(requires -> !requires.name().equals("java.base"))
                        .map(requires -> "requires " + words(requires.modifiers()) + requires.name()))
                .forEach(lines::add);
        sorted(module.exports().stream().map(exports -> "exports " + exports.source() + to(exports.targets())))
                .forEach(lines::add);
        sorted(module.opens().stream().map(opens -> "opens " + opens.source() + to(opens.targets())))
                .forEach(lines::add);
        sorted(module.uses().stream().map(service -> "uses " + service)).forEach(lines::add);
        sorted(module.provides().stream()
                        .map(provides ->
                                "provides " + provides.service() + " with " + String.join(", ", provides.providers())))
                .forEach(lines::add);
        sorted(module.packages().stream()
                        .filter(name -> module.exports().stream()
                                .noneMatch(exports -> exports.source().equals(name)))
                        .map(name -> "contains " + name))
                .forEach(lines::add);
        module.mainClass().ifPresent(main -> lines.add("main " + main));
        return lines;
    }

    private static Stream<String> sorted(Stream<String> lines) {
        return lines.sorted();
    }

    private static String words(Collection<ModuleDescriptor.Requires.Modifier> modifiers) {
        return modifiers.stream()
                .map(modifier -> modifier.name().toLowerCase(java.util.Locale.ROOT) + " ")
                .sorted()
                .collect(joining());
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }
}
