package io.github.offlinestate;

/**
 * A listener that writes down what it is told, a word each, as {@code =ONLINE} for a replay, {@code OFFLINE} for a
 * change, {@code OFFLINE+2} for a gap that stands for two changes more; a {@code !} marks an event that does not follow
 * the one before. Its fields are plain ones: that events happen one before the other is a part of what is tested.
 */
final class EventLog implements ConnectionListener {
    private final StringBuilder told = new StringBuilder();
    private int count;
    private Connectivity last = Connectivity.UNKNOWN;
    private long number = -1;

    @Override
    public void onChange(ConnectionChange change) {
        boolean follows = number < 0 || (change.oldState() == last && change.number() == number + 1 + change.missed());
        told.append(count == 0 ? "" : " ")
                .append(change.cause() == ConnectionChange.Cause.REPLAYED ? "=" : "")
                .append(change.newState())
                .append(change.missed() > 0 ? "+" + change.missed() : "")
                .append(follows ? "" : "!");
        last = change.newState();
        number = change.number();
        count++;
    }

    /** How many events there were. */
    int count() {
        return count;
    }

    /** Everything so far; to be asked when nothing is being told. */
    String told() {
        return told.toString();
    }
}
