package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code demo}: a listener as it is often written by hand beside {@code ConnectionMonitor}. */
final class DemoCommand extends Command {
    private static final long SEED = 7;
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final Argument<Long> seed =
            option("--seed", "N", Numbers.SEED, "The seed of the link's flips (default: " + SEED + ").");
    private final Argument<Duration> limit = option("--for", "DURATION", new Durations(), "How long (default: 10s).");

    DemoCommand() {
        super(
                "Let a simulated link flap before a listener as it is often written by hand, and before"
                        + " ConnectionMonitor, and count what each gets wrong.",
                "--provider and --profile are not looked at.");
    }

    @Override
    int run() throws InterruptedException {
        long chosenSeed = seed.or(SEED);
        Output results = results();
        Style style = isJson() ? Style.PLAIN : Style.ofTerminal();
        if (!isJson()) {
            results.print("simulation, not real states: one flapping link (seed " + chosenSeed
                    + "), listened to as it is often written by hand, and by ConnectionMonitor\n\n"
                    + style.faint("round  flips  link     by hand        ConnectionMonitor") + "\n");
        }
        GiveBack giveBack = new GiveBack();
        Ending ending = new Ending();
        Finish finish = new Finish(ending, giveBack::run, closed -> {});
        try {
            Demo demo = new Demo(chosenSeed, giveBack);
            int rounds = 0;
            long end = System.nanoTime() + limit.or(LENGTH).toNanos();
            while (!ending.isReached() && (rounds == 0 || System.nanoTime() < end)) {
                Demo.Round round = demo.round();
                rounds = round.number();
                if (!isJson()) {
                    results.line(line(round, style).stripTrailing());
                }
            }
            results.print(isJson() ? json(chosenSeed, rounds, demo) : table(demo, style));
        } finally {
            finish.now();
        }
        return ExitCode.DONE;
    }

    private static String line(Demo.Round round, Style style) {
        return String.format(Locale.ROOT, "%5d  %5d  ", round.number(), round.flips())
                + Text.padded(round.actual().name(), 9)
                + shown(round.byHand(), round.actual(), style)
                + shown(round.byMonitor(), round.actual(), style);
    }

    private static String shown(@Nullable ConnectionState shown, ConnectionState actual, Style style) {
        String text = shown == null ? "nothing" : shown.name();
        return shown == actual ? style.good(Text.padded(text, 15)) : style.bad(Text.padded(text + "  wrong", 15));
    }

    private static String table(Demo demo, Style style) {
        return "\n"
                + style.faint("                   missed  doubled  after close  flicker")
                + "\n"
                + row("by hand", demo.byHand())
                + row("ConnectionMonitor", demo.byMonitor())
                + "\nmissed       the link was at rest, and the wrong state was shown\n"
                + "doubled      the state that was shown already was shown again\n"
                + "after close  something was shown after closing had returned\n"
                + "flicker      a state was shown for less than " + Display.FLICKER.toMillis() + " ms\n";
    }

    private static String row(String who, Display.Complaints complaints) {
        return String.format(
                Locale.ROOT,
                "%-19s%6d  %7d  %11d  %7d%n",
                who,
                complaints.missed(),
                complaints.doubled(),
                complaints.afterClose(),
                complaints.flicker());
    }

    private static String json(long seed, int rounds, Demo demo) {
        return Json.object()
                        .member("seed", seed)
                        .member("rounds", rounds)
                        .member("flips", demo.flips())
                        .member("byHand", json(demo.byHand()))
                        .member("connectionMonitor", json(demo.byMonitor()))
                        .end()
                + "\n";
    }

    private static Map<String, Object> json(Display.Complaints complaints) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("missed", complaints.missed());
        counts.put("doubled", complaints.doubled());
        counts.put("afterClose", complaints.afterClose());
        counts.put("flicker", complaints.flicker());
        return counts;
    }
}
