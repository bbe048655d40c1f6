package com.example.status;

import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.ListenerRegistration;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Map;
import javax.swing.JComponent;

/** A dot: green while the profile is online, red while it is offline, grey while nobody can tell. */
final class StatusDot extends JComponent implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    static final Map<Connectivity, Color> COLOURS = Map.of(
            Connectivity.ONLINE, new Color(0x2E8B57),
            Connectivity.OFFLINE, new Color(0xB22222),
            Connectivity.UNKNOWN, Color.GRAY);

    private static final int SIZE = 16;

    private final transient ListenerRegistration registration;
    private Connectivity shown = Connectivity.UNKNOWN;

    StatusDot(ConnectionMonitor monitor) {
        setPreferredSize(new Dimension(SIZE, SIZE));
        // The event queue is the executor: show() runs where Swing wants it.
        registration = monitor.listen(this::show, ListenerOptions.DEFAULT.on(EventQueue::invokeLater));
    }

    private void show(ConnectionChange change) {
        shown = change.newState();
        setToolTipText(shown + " since " + change.at());
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D canvas = (Graphics2D) graphics.create();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(COLOURS.get(shown));
        canvas.fillOval(0, 0, SIZE, SIZE);
        canvas.dispose();
    }

    /** Removes the listener; on the event queue it does not wait for itself, for no call of it runs then. */
    @Override
    public void close() {
        registration.close();
    }
}
