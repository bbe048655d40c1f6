package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.StateChange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How {@code watch} writes a notification. */
@FunctionalInterface
interface NotificationFormat {
    /**
     * Writes a notification.
     *
     * @param notification what was told
     * @param target of whom
     * @param time when, on the time that the profile's source runs on
     * @return one line
     */
    String line(OfflineNotification notification, Target target, Instant time);

    /**
     * JSON, as docs/cli.md describes it.
     *
     * @return one object a line
     */
    static NotificationFormat json() {
        return (notification, target, time) -> {
            Json json = Json.object().member("type", type(notification.type()));
            if (notification.type().equals(NotifyType.BACKEND_LOST)) {
                json.member("backend", "LOST");
            } else if (notification.type().equals(NotifyType.BACKEND_RESTORED)) {
                json.member("backend", "RESTORED");
            }
            return json.member("mask", Integer.toUnsignedLong(notification.mask()))
                    .member("old", state(notification.oldState()))
                    .member("new", state(notification.newState()))
                    .member("clientToken", Integer.toUnsignedLong(notification.clientToken()))
                    .member("provider", target.providerName())
                    .member("profile", target.profile())
                    .member("time", time.truncatedTo(ChronoUnit.MILLIS).toString())
                    .end();
        };
    }

    /**
     * For people.
     *
     * @param zone whose clock they have
     * @param style their terminal
     * @return columns
     */
    static NotificationFormat text(ZoneId zone, Style style) {
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        return (notification, target, time) -> style.faint(clock.format(time)) + "  "
                + Text.padded(notification.type().toString(), "STATECHANGE_START".length()) + "  "
                + what(notification, style) + "  "
                + style.faint("token " + Integer.toUnsignedString(notification.clientToken()) + "  "
                        + Text.line(target.providerName() + "/" + target.profile()));
    }

    private static String what(OfflineNotification notification, Style style) {
        Optional<StateChange> change = notification.stateChange();
        if (change.isPresent()) {
            String old = change.get().oldState().name();
            String now = change.get().newState().name();
            return change.get().isAbort()
                    ? style.warning("given up, still " + now)
                    : style.state(old) + " -> " + style.state(now);
        }
        if (notification.type().equals(NotifyType.BACKEND_LOST)) {
            return style.warning("the backend is away");
        }
        if (notification.type().equals(NotifyType.BACKEND_RESTORED)) {
            return style.warning("the backend is back");
        }
        return state(notification.oldState()) + " -> " + state(notification.newState()) + " (mask "
                + hex(notification.mask()) + ")";
    }

    private static String type(NotifyType type) {
        return switch (type.code()) {
            case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START,
                    MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE,
                    MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE -> type.toString();
            default -> hex(type.code());
        };
    }

    /** The state's name, where the value is exactly one of the two; else the raw value. */
    private static String state(int value) {
        return switch (value) {
            case MapiConstants.MAPIOFFLINE_STATE_OFFLINE -> ConnectionState.OFFLINE.name();
            case MapiConstants.MAPIOFFLINE_STATE_ONLINE -> ConnectionState.ONLINE.name();
            default -> hex(value);
        };
    }

    private static String hex(int value) {
        return String.format("0x%08x", value);
    }
}
