package io.github.offlinestate.tck.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the list of the mutants that live. */
final class MutantList {
    static final String FILE = "tck-catalogue/src/test/resources/mutants-that-lived.yaml";

    private static final String RESOURCE = "/mutants-that-lived.yaml";
    private static final Set<String> KEYS = Set.of("class", "method", "mutants", "kind", "reason");

    private MutantList() {}

    static List<ListedMutants> read() throws IOException {
        try (InputStream file = Objects.requireNonNull(MutantList.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return list(new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(file));
        }
    }

    static List<ListedMutants> parse(String yaml) {
        return list(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static List<ListedMutants> list(Object document) {
        return ((List<?>) document).stream().map(MutantList::entry).toList();
    }

    private static ListedMutants entry(Object node) {
        Map<?, ?> entry = (Map<?, ?>) node;
        if (!entry.keySet().equals(KEYS)) {
            throw new IllegalArgumentException(FILE + ": expected the keys " + KEYS + " in " + entry);
        }
        try {
            return new ListedMutants(
                    value(entry, "class", String.class),
                    value(entry, "method", String.class),
                    ((List<?>) value(entry, "mutants", List.class))
                            .stream()
                                    .map(word -> MutantChange.ofWord(String.valueOf(word)))
                                    .toList(),
                    kind(value(entry, "kind", String.class)),
                    value(entry, "reason", String.class));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FILE + ": " + e.getMessage() + ", in " + entry, e);
        }
    }

    private static <T> T value(Map<?, ?> entry, String key, Class<T> type) {
        Object value = entry.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(key + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private static MutantKind kind(String word) {
        return Arrays.stream(MutantKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind " + word));
    }
}
