package com.example.status;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.Duration;
import javax.swing.JFrame;
import javax.swing.JLabel;

/** A window with the dot of the default profile. */
public final class StatusWindow {
    private StatusWindow() {}

    public static void main(String[] args) {
        ConnectionMonitor monitor = ConnectionMonitor.builder()
                .keepTrying()
                .hold(Connectivity.OFFLINE, Duration.ofSeconds(5))
                .open();
        EventQueue.invokeLater(() -> show(monitor));
    }

    private static void show(ConnectionMonitor monitor) {
        JFrame window = new JFrame("Connection");
        window.setLayout(new FlowLayout());
        window.add(new StatusDot(monitor));
        window.add(new JLabel(monitor.profile()));
        window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                monitor.close();
            }
        });
        window.pack();
        window.setVisible(true);
    }
}
