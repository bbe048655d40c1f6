package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text in the tree that the build compares with what it finds, so that a change shows as a diff in review. Written
 * anew with {@code -Dgolden.update=true}.
 */
final class GoldenFile {
    private static final Path FOLDER = Workspace.root().resolve("verification/src/test/golden");

    private GoldenFile() {}

    static void check(String name, List<String> actual) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", actual) + "\n");
            return;
        }
        List<String> expected = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        if (!expected.equals(actual)) {
            fail("""
                    %s is not what the build made:
                    %s
                    If the change is meant, write the file anew and commit it:
                      mvn verify -pl verification -am -Dgolden.update=true -Dtest=PublicApiTest \
                    -Dit.test=ModuleDescriptorIT -Dsurefire.failIfNoSpecifiedTests=false \
                    -Dfailsafe.failIfNoSpecifiedTests=false""", Workspace.root().relativize(file), String.join("\n", difference(expected, actual)));
        }
    }

    /** The lines that went and came, in order, by the longest common subsequence. */
    private static List<String> difference(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("  - " + before.get(i++));
            } else {
                lines.add("  + " + after.get(j++));
            }
        }
        return lines;
    }
}
