package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIND-1, FIND-4: providers in modules. The API itself is a module here, in a layer made for the test. */
class ModuleProvidersTest {
    @TempDir
    Path temp;

    private List<String> found(ProviderFolder module) throws ReflectiveOperationException {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(entry -> entry.endsWith(Path.of("api", "target", "classes"))
                        || entry.getFileName().toString().startsWith("jspecify"))
                .toArray(Path[]::new);
        module.compiled(
                "--module-path", path[0] + System.getProperty("path.separator") + path[1], "--module-version", "2.1");
        ModuleFinder finder = ModuleFinder.compose(ModuleFinder.of(path), ModuleFinder.of(module.classes()));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of("com.acme"));
        ClassLoader loader = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("com.acme");
        Class<?> access = loader.loadClass(OfflineManagers.class.getName());
        assertThat(access.getModule().isNamed()).isTrue();
        List<?> found = (List<?>) access.getMethod("providers").invoke(null);
        return found.stream().map(Object::toString).toList();
    }

    private static String provides(String className) {
        return """
                module com.acme {
                    requires io.github.offlinestate;
                    provides io.github.offlinestate.OfflineStateProvider with %s;
                }
                """.formatted(className);
    }

    @Test
    void FIND_1_a_module_s_provider_is_found_with_its_version_and_place() throws Exception {
        assertThat(found(new ProviderFolder(temp, "good")
                        .provider("com.acme.Good", "good")
                        .moduleInfo(provides("com.acme.Good"))))
                .singleElement()
                .asString()
                .startsWith("good 2.1 (com.acme.Good), priority 0, from module com.acme at file:")
                .endsWith(": usable");
    }

    @Test
    void FIND_1_a_provider_method_gives_the_instance() throws Exception {
        assertThat(found(new ProviderFolder(temp, "method")
                        .provider("com.acme.Real", "real")
                        .source(
                                "com.acme.Factory",
                                "public class Factory { public static Real provider() { return new Real(); } }")
                        .moduleInfo(provides("com.acme.Factory"))))
                .singleElement()
                .asString()
                .startsWith("real 2.1 (com.acme.Real)");
    }

    @Test
    void FIND_4_a_provider_method_that_declares_the_interface_alone_is_refused() throws Exception {
        assertThat(found(new ProviderFolder(temp, "bare")
                        .provider("com.acme.Real", "real")
                        .source("com.acme.Factory", """
                                public class Factory {
                                    public static OfflineStateProvider provider() { return new Real(); }
                                }
                                """)
                        .moduleInfo(provides("com.acme.Factory"))))
                .singleElement()
                .asString()
                .contains("broken: OFFLINE-FIND-009: ", "declare the provider's own class as its result");
    }

    @Test
    void a_services_file_of_a_module_that_does_not_provide_is_told() throws Exception {
        assertThat(found(new ProviderFolder(temp, "half")
                        .provider("com.acme.Half", "half")
                        .moduleInfo("module com.acme { requires io.github.offlinestate; }")
                        .registered("com.acme.Half")))
                .singleElement()
                .asString()
                .startsWith("com.acme.Half, from ")
                .contains("it is in the module com.acme, whose module-info does not say 'provides"
                        + " io.github.offlinestate.OfflineStateProvider with com.acme.Half'");
    }
}
