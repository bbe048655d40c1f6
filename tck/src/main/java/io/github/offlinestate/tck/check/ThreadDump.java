package io.github.offlinestate.tck.check;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;

/** The threads of this JVM as text, with the locks that they hold and wait for. */
final class ThreadDump {
    private ThreadDump() {}

    static String take() {
        StringBuilder out = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            if (thread != null && thread.getStackTrace().length > 0) {
                describe(out, thread);
            }
        }
        return out.toString();
    }

    private static void describe(StringBuilder out, ThreadInfo thread) {
        out.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
        LockInfo lock = thread.getLockInfo();
        if (lock != null) {
            out.append(" on ").append(lock);
        }
        if (thread.getLockOwnerName() != null) {
            out.append(" held by \"").append(thread.getLockOwnerName()).append('"');
        }
        out.append('\n');
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            out.append("    at ").append(stack[depth]).append('\n');
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    out.append("    - locked ").append(monitor).append('\n');
                }
            }
        }
    }
}
