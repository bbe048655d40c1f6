package io.github.offlinestate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code java -jar benchmarks/target/benchmarks.jar}: measures and prints tables in Markdown. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures, and prints tables in Markdown. Run it from the root of the project, on a quiet machine.")
public final class Main implements Callable<Integer> {
    @Parameters(
            paramLabel = "TABLE",
            description = "fan-out, cost, advise, state, transition, monitor, memory, open, start-up, guarantees;"
                    + " all of them where none is named.")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--quick", description = "That it works, not what it costs: once, shortly, in this JVM.")
    private boolean quick;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Put each table into this page too, between <!-- table: NAME --> and <!-- end -->.")
    @Nullable
    private Path page;

    @Option(
            names = "--cli",
            paramLabel = "DIR",
            description = "Where the packaged command is (default: ${DEFAULT-VALUE}).")
    private Path cli = Path.of("cli/target");

    /** What makes a table. */
    private interface Maker {
        Table make() throws IOException, InterruptedException;
    }

    private Main() {}

    /**
     * Measures and ends the JVM.
     *
     * @param args names of tables, and options
     */
    public static void main(String[] args) {
        System.setProperty("jmh.ignoreLock", "true");
        System.setProperty("jol.skipInstallAttach", "true"); // sizes need no agent
        System.setProperty("jol.skipHotspotSAAttach", "true");
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Tables tables = new Tables(new Harness(quick));
        Map<String, Maker> makers = new LinkedHashMap<>();
        makers.put("fan-out", tables::fanOut);
        makers.put("guarantees", Guarantees::table);
        makers.put("cost", tables::cost);
        makers.put("advise", tables::advise);
        makers.put("state", tables::state);
        makers.put("transition", tables::transition);
        makers.put("monitor", tables::monitor);
        makers.put("memory", () -> Memory.table(quick));
        makers.put("open", tables::open);
        makers.put("start-up", () -> StartUp.table(quick, cli));
        List<String> names = wanted.isEmpty() ? List.copyOf(makers.keySet()) : wanted;
        for (String name : names) {
            if (!makers.containsKey(name)) {
                throw new ParameterException(
                        new CommandLine(this),
                        "no table " + name + "; there are: " + String.join(", ", makers.keySet()));
            }
        }
        for (Map.Entry<String, Maker> maker : makers.entrySet()) {
            if (names.contains(maker.getKey())) {
                Table table = maker.getValue().make();
                print(maker.getKey(), quick ? table.withoutGoals() : table.toString());
            }
        }
        System.out.println("benchmarks: " + names.size() + " tables" + (quick ? ", quick: not for comparison" : ""));
        return 0;
    }

    private void print(String name, String table) throws IOException {
        String text = measured(name) + "\n\n" + table;
        System.out.println("## " + name + "\n\n" + text);
        if (page != null) {
            Files.writeString(page, Page.with(Files.readString(page), name, text));
        }
    }

    private String measured(String name) {
        return "`java -jar benchmarks/target/benchmarks.jar " + name + (quick ? " --quick" : "") + "`, "
                + LocalDate.now(ZoneOffset.UTC) + ", " + Machine.describe();
    }
}
