package io.github.offlinestate;

import io.github.offlinestate.DiscoveryException.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes one of the candidates (FIND-5), or says why none can be taken. */
final class Chooser {
    private final Wanted wanted;
    private final List<ClassLoader> loaders;
    private final List<Candidate> candidates;

    Chooser(Wanted wanted, List<ClassLoader> loaders, List<Candidate> candidates) {
        this.wanted = wanted;
        this.loaders = loaders;
        this.candidates = candidates;
    }

    /** The usable one of the highest priority. */
    OfflineStateProvider best() {
        if (candidates.isEmpty()) {
            throw failure(Problem.NONE_FOUND, howToAdd());
        }
        List<Candidate> free =
                candidates.stream().filter(Candidate::isFreeToTake).toList();
        if (free.isEmpty()) {
            throw failure(
                    Problem.NONE_USABLE,
                    "mend what the list says of the one that you expect, name one that is taken by name only, or add"
                            + " another");
        }
        int highest = free.get(0).description().priority(); // candidates come by falling priority
        List<Candidate> best = free.stream()
                .filter(candidate -> candidate.description().priority() == highest)
                .toList();
        if (best.size() > 1) {
            throw failure(
                    Problem.AMBIGUOUS,
                    "name one of those of priority " + highest + " ("
                            + best.stream().map(Chooser::names).collect(Collectors.joining(", "))
                            + "): in the call, by -D" + OfflineManagers.PROVIDER_PROPERTY
                            + "=NAME, or by the environment"
                            + " variable " + OfflineManagers.PROVIDER_VARIABLE + "; or take the others away");
        }
        return instance(best.get(0));
    }

    /** The one of that name. */
    OfflineStateProvider named(String name) {
        return instance(theOne(name));
    }

    /** The one of that name, if it can work here. */
    OfflineStateProvider namedAndAvailable(String name) {
        Candidate one = theOne(name);
        if (!one.description().isUsable()) {
            throw failure(
                    Problem.NOT_AVAILABLE,
                    "mend what it says of itself (" + one.description().availability() + "), or name another");
        }
        return instance(one);
    }

    private Candidate theOne(String name) {
        List<Candidate> called = candidates.stream()
                .filter(candidate -> candidate.isCalled(name))
                .toList();
        if (called.isEmpty()) {
            throw failure(
                    Problem.UNKNOWN_NAME,
                    candidates.isEmpty()
                            ? howToAdd()
                            : "name one of the list, exactly as it is written there; or, " + howToAdd());
        }
        if (called.size() > 1) {
            throw failure(
                    Problem.DUPLICATE_NAME,
                    "take all but one of them away, or name one by its class ("
                            + called.stream().map(Chooser::className).collect(Collectors.joining(", ")) + ")");
        }
        Candidate one = called.get(0);
        if (one.provider() == null) {
            throw failure(
                    Problem.BROKEN,
                    "mend it, beginning with the cause of this exception",
                    one.description().failure().orElse(null));
        }
        return one;
    }

    private static OfflineStateProvider instance(Candidate candidate) {
        return Objects.requireNonNull(candidate.provider(), "a broken candidate was taken");
    }

    private static String names(Candidate candidate) {
        return candidate.description().name().orElseGet(() -> className(candidate));
    }

    private static String className(Candidate candidate) {
        return candidate.description().className().orElse("(unknown)");
    }

    private String howToAdd() {
        return "put the jar of a provider on the class path or the module path";
    }

    private DiscoveryException failure(Problem problem, String advice) {
        return failure(problem, advice, null);
    }

    private DiscoveryException failure(Problem problem, String advice, @Nullable Throwable cause) {
        DiscoveryException failure = new DiscoveryException(problem, message(problem, advice), cause);
        for (Candidate candidate : candidates) {
            candidate.description().failure().filter(broken -> broken != cause).ifPresent(failure::addSuppressed);
        }
        return failure;
    }

    private String message(Problem problem, String advice) {
        StringBuilder text = new StringBuilder(problem.summary());
        text.append("\n  asked for: ").append(wanted.says());
        text.append("\n  searched: ")
                .append(loaders.stream().map(Chooser::describe).collect(Collectors.joining(", then ")));
        text.append("\n  found: ").append(candidates.isEmpty() ? "nothing" : "");
        for (Candidate candidate : candidates) {
            text.append("\n    - ").append(candidate.description());
        }
        text.append("\n  what to do: ").append(advice).append('.');
        loaders.stream()
                .flatMap(loader -> Declarations.repackagedJar(loader).stream())
                .findFirst()
                .ifPresent(jar -> text.append("\n    ")
                        .append(jar)
                        .append(" is a jar made of several: check that its ")
                        .append(Declarations.SERVICES_FILE)
                        .append(" names the providers of all of them; a tool that keeps one of these files and drops"
                                + " the others loses providers."));
        if ("jrt".equals(ownProtocol())) {
            text.append("\n    This is a runtime image made by jlink: a provider's module has to be named by"
                    + " --add-modules when it is made, or bound by --bind-services.");
        }
        return text.append("\n  more: docs/discovery.md, ")
                .append(problem.code())
                .toString();
    }

    private static @Nullable String ownProtocol() {
        Module own = Chooser.class.getModule();
        ModuleLayer layer = own.getLayer();
        return layer == null
                ? null
                : layer.configuration()
                        .findModule(own.getName())
                        .flatMap(module -> module.reference().location())
                        .map(location -> location.getScheme())
                        .orElse(null);
    }

    private static String describe(ClassLoader loader) {
        String name = loader.getName();
        String what = loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
        String role = loader == OfflineManagers.class.getClassLoader()
                ? "this API's class loader "
                : loader == Thread.currentThread().getContextClassLoader()
                        ? "the thread's context class loader "
                        : "the class loader ";
        return role + (name == null ? what : "'" + name + "' (" + what + ")");
    }
}
