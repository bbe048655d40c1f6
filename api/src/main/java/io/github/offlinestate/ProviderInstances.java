package io.github.offlinestate;

import java.lang.reflect.Modifier;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One instance a provider class (FIND-4). The instance hangs on its own class and lives as long as that: no map of
 * ours pins a class loader.
 */
final class ProviderInstances {
    private static final long MAKING_LIMIT_SECONDS = 30;

    private static final ClassValue<Holder> HOLDERS = new ClassValue<>() {
        @Override
        protected Holder computeValue(Class<?> type) {
            return new Holder();
        }
    };

    private ProviderInstances() {}

    /** The instance of the provider's class, made at the first call. Throws whatever the provider's making throws. */
    static OfflineStateProvider of(ServiceLoader.Provider<OfflineStateProvider> found) {
        Class<?> type = found.type();
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new DiscoveryException(
                    DiscoveryException.Problem.UNSUITABLE_TYPE,
                    "the static provider() method of a module's provider is declared to give " + type.getName()
                            + ", which several providers may share. What to do: declare the provider's own class as"
                            + " its result.");
        }
        return HOLDERS.get(type).get(found);
    }

    /** Refers to nothing but the instance, or the class would keep this API alive and not only itself. */
    private static final class Holder {
        private final ReentrantLock making = new ReentrantLock();
        private volatile @Nullable OfflineStateProvider instance;

        OfflineStateProvider get(ServiceLoader.Provider<OfflineStateProvider> found) {
            OfflineStateProvider known = instance;
            if (known != null) {
                return known;
            }
            // Held while the constructor runs: two constructors at once would be two instances. So a constructor that
            // searches for providers is refused, and one that hangs is not waited for without end.
            if (making.isHeldByCurrentThread()) {
                throw new ServiceConfigurationError(found.type().getName()
                        + " searches for providers while it is being made: it would find itself");
            }
            lock(found.type());
            try {
                known = instance;
                if (known == null) {
                    known = found.get();
                    instance = known;
                }
                return known;
            } finally {
                making.unlock();
            }
        }

        private void lock(Class<?> type) {
            boolean interrupted = false;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAKING_LIMIT_SECONDS);
            try {
                while (true) {
                    try {
                        if (making.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                            return;
                        }
                        throw new ServiceConfigurationError(type.getName() + " is being made by another thread for more"
                                + " than " + MAKING_LIMIT_SECONDS + " s");
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
