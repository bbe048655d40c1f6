package io.github.offlinestate.verification;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others can compile against, signature by signature. */
class PublicApiTest {
    static Stream<String> modules() {
        return Workspace.PUBLISHED.keySet().stream()
                .filter(folder -> !Workspace.exportedPackages(folder).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theSignaturesAreThoseInTheGoldenFile(String folder) throws Exception {
        GoldenFile.check("api/" + folder + ".txt", signatures(folder));
    }

    private static List<String> signatures(String folder) throws ClassNotFoundException, IOException {
        Set<String> exported = Workspace.exportedPackages(folder);
        TreeSet<String> lines = new TreeSet<>();
        for (String name : Workspace.classNames(folder)) {
            Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
            if (exported.contains(type.getPackageName()) && Signatures.isVisible(type)) {
                lines.addAll(Signatures.of(type));
            }
        }
        return List.copyOf(lines);
    }
}
