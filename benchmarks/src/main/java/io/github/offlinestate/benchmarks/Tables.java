package io.github.offlinestate.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that JMH measures. */
final class Tables {
    private static final List<Integer> SIZES = List.of(1, 16, 1_024, 65_536);
    private static final List<Integer> FEW = List.of(1, 1_024);
    private static final int MIDDLE = 1_024;
    private static final String MANY = ", clients of 8 classes";
    private static final String INLINED = ", calls inlined by the compiler";

    private final Harness harness;

    Tables(Harness harness) {
        this.harness = harness;
    }

    Table fanOut() {
        Map<String, Map<Integer, Spread>> calls = new TreeMap<>();
        List<Integer> sizes = harness.sizes(SIZES, FEW);
        for (int size : sizes) {
            for (Peers peer : Peers.values()) {
                boolean ours = peer == Peers.BARE || peer == Peers.ENGINE;
                if (peer.canHave(size) && (ours || size != 16 || peer == Peers.DISRUPTOR)) {
                    put(calls, peer.name(), size, fanOut(peer, size, Client.Kind.CALLED));
                }
                if (ours) {
                    put(calls, peer.name() + INLINED, size, fanOut(peer, size, Client.Kind.INLINED));
                }
                if (ours && size > 1) {
                    put(calls, peer.name() + MANY, size, fanOut(peer, size, Client.Kind.MANY));
                }
            }
        }
        List<String> headers = new ArrayList<>(List.of("one phase, a client, as a multiple of the bare loop"));
        sizes.forEach(size -> headers.add("N = " + count(size)));
        Table table = new Table(headers.toArray(String[]::new));
        for (Peers peer : Peers.values()) {
            table.row(fanOutRow(peer.title(), calls.get(peer.name()), calls, sizes, "BARE", "ENGINE"));
        }
        for (String kind : List.of(MANY, INLINED)) {
            for (Peers peer : List.of(Peers.BARE, Peers.ENGINE)) {
                table.row(fanOutRow(
                        peer.title() + kind,
                        calls.get(peer.name() + kind),
                        calls,
                        sizes,
                        Peers.BARE.name() + kind,
                        Peers.ENGINE.name() + kind));
            }
        }
        table.remark(
                "A cell: how many times as long as the bare loop (lowest fork–highest fork); after the dot, as long as"
                        + " this engine. The bare loop's cell is its nanoseconds a client on this machine."
                        + " A dash: not measured; setting it up takes minutes, or a thread a client");
        Map<Integer, Spread> bare = calls.getOrDefault("BARE", Map.of());
        Map<Integer, Spread> engine = calls.getOrDefault("ENGINE", Map.of());
        table.goal("at most 10 ns at N = 1", at(engine, 1).median(), 10);
        for (int size : sizes) {
            if (size > 1) {
                table.goal(
                        "at most 4 × the bare loop at N = " + count(size),
                        at(engine, size).median() / at(bare, size).median(),
                        4);
            }
        }
        for (int size : sizes) {
            if (size > 1) {
                table.goal(
                        "at most 1.2 × the bare loop with clients of 8 classes at N = " + count(size),
                        at(calls.getOrDefault(Peers.ENGINE + MANY, Map.of()), size)
                                        .median()
                                / at(calls.getOrDefault(Peers.BARE + MANY, Map.of()), size)
                                        .median(),
                        1.2);
            }
        }
        double fastest = Peers.others().stream()
                .map(peer -> calls.getOrDefault(peer.name(), Map.of()).get(MIDDLE))
                .mapToDouble(spread -> spread == null ? Double.MAX_VALUE : spread.median())
                .min()
                .orElse(Double.MAX_VALUE);
        return table.goal(
                "no peer faster by more than 2 × at N = 1,024: this engine takes so many times as long as the fastest",
                at(engine, MIDDLE).median() / fastest,
                2);
    }

    private Spread fanOut(Peers peer, int size, Client.Kind kind) {
        return harness.time(FanOutBenchmark.class, "tell", Map.of("peer", peer.name(), "clients", size, "kind", kind))
                .dividedBy(size);
    }

    private static List<String> fanOutRow(
            String title,
            @Nullable Map<Integer, Spread> own,
            Map<String, Map<Integer, Spread>> calls,
            List<Integer> sizes,
            String limit,
            String ours) {
        List<String> cells = new ArrayList<>(List.of(title));
        for (int size : sizes) {
            Spread spread = own == null ? null : own.get(size);
            Spread bare = calls.getOrDefault(limit, Map.of()).get(size);
            Spread engine = calls.getOrDefault(ours, Map.of()).get(size);
            if (spread == null || bare == null || engine == null) {
                cells.add("–");
            } else if (spread.equals(bare)) {
                cells.add(spread + " ns");
            } else {
                String text = spread.dividedBy(bare.median()) + "";
                cells.add(
                        spread.equals(engine) ? text : text + " · " + Spread.number(spread.median() / engine.median()));
            }
        }
        return cells;
    }

    Table cost() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("bare", "the bare loop: nothing");
        steps.put("catching", "+ a client that throws stops nobody (NOTIFY-6)");
        steps.put("interrupts", "+ a client's interrupt reaches nobody else (NOTIFY-6)");
        steps.put("slots", "+ own client token, slots that come and go meanwhile (NOTIFY-2, ADVISE-10)");
        steps.put("announced", "+ what is called is announced, without a fence: Unadvise may still miss it");
        steps.put("exchanged", "+ the announcement is an exchange, a full fence: Unadvise misses nothing (UNADVISE-2)");
        steps.put("engine", "the engine: + the watchdog's count, whose object it is, stripes (NOTIFY-12, CLOSE-1)");
        Table table = new Table("what is promised, one after the other; N = 1,024", "× the bare loop", "ns a client");
        Spread bare = null;
        for (Map.Entry<String, String> step : steps.entrySet()) {
            Spread spread =
                    harness.time(CostBenchmark.class, step.getKey(), Map.of()).dividedBy(CostBenchmark.CLIENTS);
            bare = bare == null ? spread : bare;
            table.row(step.getValue(), spread.dividedBy(bare.median()).toString(), Spread.number(spread.median()));
        }
        return table;
    }

    Table advise() {
        List<Integer> sizes = harness.sizes(List.of(1, 1_024, 65_536, 1_000_000), List.of(1, 1_024));
        List<String> headers = new ArrayList<>(List.of("Advise + Unadvise"));
        sizes.forEach(size -> headers.add(count(size) + " present"));
        Table table = new Table(headers.toArray(String[]::new));
        Map<Integer, Spread> ours = new TreeMap<>();
        Map<Integer, Spread> all = new TreeMap<>();
        Map<Integer, Spread> whileTelling = new TreeMap<>();
        Map<Integer, Spread> allWhileTelling = new TreeMap<>();
        for (int size : sizes) {
            Map<String, Object> parameters = Map.of("peer", Peers.ENGINE.name(), "present", size);
            Map<String, Object> telling = Map.of("peer", Peers.ENGINE.name(), "present", size, "running", true);
            String method = "adviseAndUnadvise";
            ours.put(size, harness.time(AdviseBenchmark.class, method, parameters));
            all.put(size, harness.timeOnAllCores(AdviseBenchmark.class, method, parameters));
            whileTelling.put(size, harness.time(AdviseBenchmark.class, method, telling));
            allWhileTelling.put(size, harness.timeOnAllCores(AdviseBenchmark.class, method, telling));
        }
        int cores = Runtime.getRuntime().availableProcessors();
        table.row(adviseRow("this engine, one thread: ns", ours, null));
        table.row(adviseRow("this engine, " + cores + " threads: ns a pair in all", scaled(all, cores), null));
        table.row(adviseRow("the same, one thread, while transitions run: ×", whileTelling, ours));
        table.row(adviseRow(
                "the same, " + cores + " threads, while transitions run: ×", scaled(allWhileTelling, cores), ours));
        double worst = 0;
        for (Peers peer : Peers.others()) {
            Map<Integer, Spread> times = new TreeMap<>();
            for (int size : sizes) {
                if (peer.canHave(size)) {
                    times.put(
                            size,
                            harness.time(
                                    AdviseBenchmark.class,
                                    "adviseAndUnadvise",
                                    Map.of("peer", peer.name(), "present", size)));
                    if (size >= MIDDLE) {
                        worst = Math.max(
                                worst, at(ours, size).median() / at(times, size).median());
                    }
                }
            }
            List<String> cells = new ArrayList<>(List.of(peer.title() + ": ×"));
            for (int size : sizes) {
                Spread spread = times.get(size);
                cells.add(
                        spread == null
                                ? "–"
                                : spread.dividedBy(at(ours, size).median()).toString());
            }
            table.row(cells);
        }
        table.remark("×: as many times as long as this engine on one thread. A dash: setting it up takes minutes");
        for (int size : sizes) {
            table.goal(
                    "at most 40 ns on one thread, " + count(size) + " present",
                    at(ours, size).median(),
                    40);
        }
        for (int size : sizes) {
            table.goal(
                    "not slower in total on all cores than on one, " + count(size) + " present",
                    at(all, size).median() / cores / at(ours, size).median(),
                    1);
        }
        return table.goal("no peer faster from 1,024 present: at most so many times as long as one", worst, 1);
    }

    private static Map<Integer, Spread> scaled(Map<Integer, Spread> times, int divisor) {
        Map<Integer, Spread> scaled = new TreeMap<>();
        times.forEach((size, spread) -> scaled.put(size, spread.dividedBy(divisor)));
        return scaled;
    }

    private static List<String> adviseRow(
            String title, Map<Integer, Spread> times, @Nullable Map<Integer, Spread> reference) {
        List<String> cells = new ArrayList<>(List.of(title));
        times.forEach((size, spread) -> cells.add((reference == null
                        ? spread
                        : spread.dividedBy(at(reference, size).median()))
                .toString()));
        return cells;
    }

    Table state() {
        Table table = new Table("reading the state, on all cores at once", "× a volatile field", "ns a reading");
        for (boolean running : List.of(false, true)) {
            Map<String, Object> parameters = Map.of("running", running);
            Spread field = harness.timeOnAllCores(StateBenchmark.class, "volatileField", parameters);
            Spread ours = harness.timeOnAllCores(StateBenchmark.class, "currentState", parameters);
            String when = running ? ", while transitions run" : ", at rest";
            table.row("a volatile field" + when, "1", field.toString());
            table.row("currentState()" + when, ours.dividedBy(field.median()).toString(), ours.toString());
        }
        return table;
    }

    Table transition() {
        Table table = new Table("a whole transition, three phases", "clients", "µs", "bytes allocated");
        List<Integer> sizes = harness.sizes(List.of(1, 16, 1_024, 16_384, 65_536), List.of(1, 1_024));
        Map<Integer, Spread> reported = new TreeMap<>();
        for (int size : sizes) {
            Map<String, Object> parameters = Map.of("clients", size);
            reported.put(size, transition(parameters, "reported"));
            table.row(
                    "from the backend's report to the last DONE",
                    count(size),
                    micros(at(reported, size)),
                    size == MIDDLE ? Spread.number(bytes(parameters).median()) : "");
        }
        Map<String, Object> tokens = Map.of("clients", MIDDLE, "sameToken", false);
        Spread bytes = bytes(tokens);
        table.row(
                "the same, each client with a token of its own",
                count(MIDDLE),
                micros(transition(tokens, "reported")),
                Spread.number(bytes.median()));
        for (int size : sizes) {
            table.row(
                    "from setCurrentState(BLOCK) to its return",
                    count(size),
                    micros(transition(Map.of("clients", size), "setAndWait")),
                    "");
        }
        int others = harness.isQuick() ? 10 : 10_000;
        Spread crowded = transition(Map.of("clients", MIDDLE, "others", others), "reported");
        table.row("reported, with " + count(others) + " other profiles open", count(MIDDLE), micros(crowded), "");
        Fit fit = Fit.of(reported);
        table.remark(String.format(
                Locale.ROOT,
                "Linear in N: %.1f µs + %.1f ns × N; the largest distance from that line is %.0f %%",
                fit.constant() / 1_000,
                fit.slope(),
                fit.distance() * 100));
        table.goal(
                "no allocation beyond a notification a registration and phase: bytes a client and phase, of 32",
                (bytes.median() - bytes(Map.of("clients", 1)).median()) / MIDDLE / 3,
                32);
        return table.goal(
                "independent of other profiles: with them as many times as long as without",
                crowded.median() / at(reported, MIDDLE).median(),
                1.1);
    }

    Table monitor() {
        Table table = new Table("a whole transition to 1,024 clients", "× the offline object", "µs", "bytes allocated");
        Spread faithful = null;
        for (Map.Entry<String, String> kind : Map.of(
                        "ADVISE", "1: registrations of the offline object, three phases",
                        "MONITOR", "2: ConnectionMonitor, same-thread executor, one event a transition",
                        "MONITOR_PHASES", "3: ConnectionMonitor, same-thread executor, all phases")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue())
                .toList()) {
            Map<String, Object> parameters = Map.of("clientsOf", kind.getKey(), "clients", MIDDLE);
            Spread time = transition(parameters, "reported");
            faithful = faithful == null ? time : faithful;
            table.row(
                    kind.getValue().substring(3),
                    time.dividedBy(faithful.median()).toString(),
                    micros(time),
                    Spread.number(bytes(parameters).median()));
        }
        return table;
    }

    private Spread transition(Map<String, ?> parameters, String method) {
        return harness.time(TransitionBenchmark.class, method, parameters);
    }

    private Spread bytes(Map<String, ?> parameters) {
        return harness.bytes(TransitionBenchmark.class, "reported", parameters);
    }

    Table open() {
        Table table = new Table("before the first notification", "µs");
        table.row(
                "opening a profile and closing it: a session, a backend, a thread that closes it",
                micros(harness.time(OpenBenchmark.Profile.class, "openAndClose", Map.of())));
        for (int providers : List.of(1, 20)) {
            table.row(
                    "finding and choosing among " + providers + (providers == 1 ? " provider" : " providers"),
                    micros(harness.time(OpenBenchmark.Discovery.class, "choose", Map.of("providers", providers))));
        }
        return table;
    }

    private static String micros(Spread nanos) {
        return nanos.dividedBy(1_000).toString();
    }

    static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Spread at(Map<Integer, Spread> measured, int size) {
        Spread spread = measured.get(size);
        if (spread == null) {
            throw new IllegalStateException("nothing was measured at " + size);
        }
        return spread;
    }

    private static void put(Map<String, Map<Integer, Spread>> all, String name, int size, Spread spread) {
        all.computeIfAbsent(name, key -> new TreeMap<>()).put(size, spread);
    }
}
