package io.github.offlinestate.benchmarks;

/** Something that happens again and again while something else is measured. */
final class Background implements AutoCloseable {
    private final Thread thread;
    private volatile boolean ended;

    Background(Runnable round) {
        thread = new Thread(
                () -> {
                    while (!ended) {
                        round.run();
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        ended = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
