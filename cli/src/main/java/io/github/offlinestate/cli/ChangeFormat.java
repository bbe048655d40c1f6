package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.Connectivity;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** How {@code watch} writes an event of the monitor. */
@FunctionalInterface
interface ChangeFormat {
    /**
     * Writes an event.
     *
     * @param change what happened
     * @param target to whom
     * @return one line
     */
    String line(ConnectionChange change, Target target);

    /**
     * JSON, as docs/cli.md describes it.
     *
     * @return one object a line
     */
    static ChangeFormat json() {
        return (change, target) -> Json.object()
                .member("cause", change.cause())
                .member("phase", change.phase())
                .member("old", change.oldState())
                .member("new", change.newState())
                .member("number", change.number())
                .member("lastedMillis", change.lasted().toMillis())
                .member("missed", change.missed())
                .member("damped", change.damped())
                .member("provider", target.providerName())
                .member("profile", target.profile())
                .member("time", change.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .end();
    }

    /**
     * For people.
     *
     * @param zone whose clock they have
     * @param style their terminal
     * @return columns
     */
    static ChangeFormat text(ZoneId zone, Style style) {
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        return (change, target) -> style.faint(clock.format(change.at())) + "  "
                + Text.padded(change.cause().name(), "REPLAYED".length()) + "  "
                + Text.padded(change.phase().name(), "CHANGE".length()) + "  "
                + what(change, style) + "  "
                + style.faint(notes(change) + Text.line(target.providerName() + "/" + target.profile()));
    }

    private static String what(ConnectionChange change, Style style) {
        Connectivity now = change.newState();
        if (change.isAbort()) {
            return style.warning("given up, still " + now);
        }
        return change.oldState() == now
                ? style.state(now.name())
                : style.state(change.oldState().name()) + " -> " + style.state(now.name());
    }

    private static String notes(ConnectionChange change) {
        StringBuilder notes = new StringBuilder();
        if (change.lasted().compareTo(Duration.ZERO) > 0) {
            notes.append("after ").append(Durations.text(change.lasted())).append("  ");
        }
        if (change.damped() > 0) {
            notes.append(change.damped()).append(" held back  ");
        }
        if (change.missed() > 0) {
            notes.append(change.missed()).append(" missed  ");
        }
        return notes.toString();
    }
}
