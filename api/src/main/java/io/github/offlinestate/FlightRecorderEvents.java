package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/** Events of Flight Recorder. Loaded only where the module jdk.jfr is there. */
final class FlightRecorderEvents implements MonitorEvents {
    @Override
    public void changed(String profile, ConnectionChange change) {
        if (change.cause() == Cause.LOST || change.cause() == Cause.RESTORED) {
            BackendEvent event = new BackendEvent();
            if (event.shouldCommit()) {
                event.profile = profile;
                event.lost = change.cause() == Cause.LOST;
                event.state = change.newState().name();
                event.lasted = change.lasted().toNanos();
                event.commit();
            }
        } else {
            TransitionEvent event = new TransitionEvent();
            if (event.shouldCommit()) {
                event.profile = profile;
                event.cause = change.cause().name();
                event.oldState = change.oldState().name();
                event.newState = change.newState().name();
                event.lasted = change.lasted().toNanos();
                event.commit();
            }
        }
    }

    @Override
    public void gap(String listener, ConnectionChange change) {
        GapEvent event = new GapEvent();
        if (event.shouldCommit()) {
            event.listener = listener;
            event.missed = change.missed();
            event.newState = change.newState().name();
            event.commit();
        }
    }

    @Override
    public Runnable calling(String listener) {
        SlowListenerEvent event = new SlowListenerEvent();
        if (!event.isEnabled()) {
            return MonitorEvents.super.calling(listener);
        }
        event.begin();
        return () -> {
            event.end();
            if (event.shouldCommit()) {
                event.listener = listener;
                event.commit();
            }
        };
    }

    @Name("io.github.offlinestate.Transition")
    @Label("Transition")
    @Description("A profile went online or offline")
    @Category("Offline State")
    @StackTrace(false)
    static final class TransitionEvent extends Event {
        @Label("Profile")
        String profile = "";

        @Label("Cause")
        String cause = "";

        @Label("Old State")
        String oldState = "";

        @Label("New State")
        String newState = "";

        @Label("Old State Lasted")
        @Timespan(Timespan.NANOSECONDS)
        long lasted;
    }

    @Name("io.github.offlinestate.Backend")
    @Label("Backend")
    @Description("A profile's backend went away or came back")
    @Category("Offline State")
    @StackTrace(false)
    static final class BackendEvent extends Event {
        @Label("Profile")
        String profile = "";

        @Label("Lost")
        boolean lost;

        @Label("State")
        String state = "";

        @Label("Old State Lasted")
        @Timespan(Timespan.NANOSECONDS)
        long lasted;
    }

    @Name("io.github.offlinestate.Gap")
    @Label("Gap")
    @Description("A listener was too slow and was told several changes as one")
    @Category("Offline State")
    @StackTrace(false)
    static final class GapEvent extends Event {
        @Label("Listener")
        String listener = "";

        @Label("Missed")
        long missed;

        @Label("New State")
        String newState = "";
    }

    @Name("io.github.offlinestate.SlowListener")
    @Label("Slow Listener")
    @Description("A listener took longer than the threshold for one event")
    @Category("Offline State")
    @Threshold("20 ms")
    @StackTrace(false)
    static final class SlowListenerEvent extends Event {
        @Label("Listener")
        String listener = "";
    }
}
