package io.github.offlinestate.stress.races;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.StateChange;
import java.util.Locale;

/**
 * A client that writes down what it is told, a letter each: {@code s}, {@code c}, {@code d} for START, STATECHANGE and
 * DONE of going offline, the capitals of going online, {@code x} for an abort, {@code L} and {@code R} for lost and
 * restored. Its field is a plain one: that notifications happen one before the other is a part of what is tested.
 */
public final class Heard implements OfflineNotify {
    private String told = "";

    @Override
    public void onNotify(OfflineNotification notification) {
        told += letter(notification);
    }

    private static String letter(OfflineNotification notification) {
        if (notification.type().equals(NotifyType.BACKEND_LOST)) {
            return "L";
        }
        if (notification.type().equals(NotifyType.BACKEND_RESTORED)) {
            return "R";
        }
        return notification.stateChange().map(Heard::letter).orElse("?");
    }

    private static String letter(StateChange change) {
        if (change.oldState() == change.newState()) {
            return "x";
        }
        String letter =
                switch (change.phase()) {
                    case START -> "s";
                    case CHANGE -> "c";
                    case DONE -> "d";
                };
        return change.newState() == ConnectionState.OFFLINE ? letter : letter.toUpperCase(Locale.ROOT);
    }

    /** Everything so far; to be asked when nothing is being told. */
    public String told() {
        return told;
    }
}
