package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIND-4: one instance a provider class, as long as that class lives. */
class OneInstanceTest {
    @TempDir
    Path temp;

    private ProviderFolder counting() {
        return new ProviderFolder(temp, "counting")
                .provider("com.acme.Counting", "counting", """
                        public static final java.util.concurrent.atomic.AtomicInteger MADE =
                                new java.util.concurrent.atomic.AtomicInteger();
                        public Counting() { Thread.yield(); MADE.incrementAndGet(); }
                        """)
                .registered("com.acme.Counting")
                .compiled();
    }

    @Test
    void FIND_4_the_same_is_given_again_by_every_way() throws IOException {
        try (URLClassLoader loader = counting().loader();
                URLClassLoader child = new URLClassLoader(loader.getURLs(), loader)) {
            OfflineStateProvider first = OfflineManagers.directory(loader).choose();
            assertThat(OfflineManagers.directory(loader).provider("counting")).isSameAs(first);
            assertThat(OfflineManagers.directory(child).plus(loader).choose("counting"))
                    .isSameAs(first);
            assertThat(OfflineManagers.directory(child).plus(loader).providers())
                    .hasSize(1);
        }
    }

    @Test
    void FIND_4_many_threads_that_search_at_once_make_one() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ProviderFolder folder = counting();
            for (int round = 0; round < 20; round++) {
                try (URLClassLoader loader = folder.loader()) {
                    CyclicBarrier start = new CyclicBarrier(threads);
                    List<Future<OfflineStateProvider>> found = new ArrayList<>();
                    for (int i = 0; i < threads; i++) {
                        boolean interrupted = i % 2 == 0;
                        found.add(pool.submit(() -> {
                            start.await();
                            if (interrupted) {
                                Thread.currentThread().interrupt();
                            }
                            OfflineStateProvider chosen =
                                    OfflineManagers.directory(loader).choose();
                            assertThat(Thread.interrupted()).isEqualTo(interrupted);
                            return chosen;
                        }));
                    }
                    OfflineStateProvider first = found.get(0).get(30, TimeUnit.SECONDS);
                    for (Future<OfflineStateProvider> other : found) {
                        assertThat(other.get(30, TimeUnit.SECONDS)).isSameAs(first);
                    }
                    assertThat(loader.loadClass("com.acme.Counting")
                                    .getField("MADE")
                                    .get(null))
                            .hasToString("1");
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void FIND_4_a_class_loader_that_nobody_else_holds_is_collected() throws IOException {
        WeakReference<ClassLoader> loader = used();
        List<byte[]> pressure = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            pressure.add(new byte[1 << 20]);
            if (pressure.size() > 32) {
                pressure.clear();
            }
            System.gc();
            return loader.get() == null;
        });
    }

    private WeakReference<ClassLoader> used() throws IOException {
        try (URLClassLoader loader = counting().loader()) {
            assertThat(OfflineManagers.directory(loader).choose().name()).isEqualTo("counting");
            return new WeakReference<>(loader);
        }
    }
}
