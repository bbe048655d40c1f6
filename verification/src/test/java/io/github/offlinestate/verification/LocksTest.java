package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * No lock is held while foreign code runs (UNADVISE-5). Read from the byte code: what is called between taking a lock and
 * giving it back, there and in the module's own methods that are called from there, is no method that a client, a
 * backend or an executor implements. Code behind a lambda is not followed, nor is what only a subclass does.
 */
class LocksTest {
    /** Types that clients and backends implement, or that run what others gave. */
    private static final Set<String> FOREIGN = Set.of(
            "io/github/offlinestate/OfflineNotify",
            "io/github/offlinestate/OfflineCallback",
            "io/github/offlinestate/OfflineStateProvider",
            "io/github/offlinestate/spi/Backend",
            "io/github/offlinestate/spi/BackendFactory",
            "java/util/concurrent/Executor",
            "java/util/concurrent/Flow$Subscriber",
            "java/util/concurrent/Flow$Subscription");

    /** Where a module uses these for what others give; the engine uses them for its own lambdas. */
    private static final Set<String> LISTENERS = Set.of(
            "java/lang/Runnable",
            "java/util/concurrent/Callable",
            "java/util/function/Consumer",
            "java/util/function/BiConsumer");

    /** These run what depends on a future on the caller's thread. */
    private static final Set<String> FUTURES =
            Set.of("java/util/concurrent/CompletableFuture", "java/util/concurrent/CompletionStage");

    private static final Set<String> RUNS_DEPENDENTS = Set.of(
            "complete",
            "completeExceptionally",
            "cancel",
            "obtrudeValue",
            "obtrudeException",
            "whenComplete",
            "handle",
            "thenRun",
            "thenAccept",
            "thenApply",
            "exceptionally");

    @Test
    void theApiHoldsNoLockWhileForeignCodeRuns() throws IOException {
        Set<String> foreign = new HashSet<>(FOREIGN);
        foreign.addAll(LISTENERS);
        assertThat(violations(read("api"), foreign)).isEmpty();
    }

    @Test
    void theEngineHoldsNoLockWhileForeignCodeRuns() throws IOException {
        assertThat(violations(read("spi"), FOREIGN)).isEmpty();
    }

    @Test
    void theCheckSeesWhatItIsThereFor() throws IOException {
        Map<String, ClassNode> samples = new HashMap<>();
        for (Class<?> sample : List.of(Guilty.class, Innocent.class)) {
            ClassNode node = new ClassNode();
            new ClassReader(sample.getName()).accept(node, ClassReader.SKIP_DEBUG);
            samples.put(node.name, node);
        }
        assertThat(violations(samples, LISTENERS))
                .allMatch(line -> line.contains("Guilty"))
                .extracting(line -> line.replaceAll(".*Guilty\\.(\\w+):.*", "$1"))
                .containsExactlyInAnyOrder("inBlock", "inMethod", "underLock", "further", "earlyReturn", "dependents");
    }

    private static Map<String, ClassNode> read(String folder) throws IOException {
        Map<String, ClassNode> classes = new HashMap<>();
        for (String name : Workspace.classNames(folder)) {
            ClassNode node = new ClassNode();
            new ClassReader(Files.readAllBytes(Workspace.classes(folder).resolve(name.replace('.', '/') + ".class")))
                    .accept(node, ClassReader.SKIP_DEBUG);
            classes.put(node.name, node);
        }
        return classes;
    }

    private static Set<String> violations(Map<String, ClassNode> classes, Set<String> foreign) {
        Set<String> found = new TreeSet<>();
        for (ClassNode owner : classes.values()) {
            for (MethodNode method : owner.methods) {
                for (MethodInsnNode call : lockedCalls(method)) {
                    foreignCall(call, classes, foreign)
                            .forEach(chain ->
                                    found.add(owner.name.replaceAll(".*[/$]", "") + "." + method.name + ": " + chain));
                }
            }
        }
        return found;
    }

    /** The calls that a method makes while it holds a lock. */
    private static List<MethodInsnNode> lockedCalls(MethodNode method) {
        List<MethodInsnNode> calls = new ArrayList<>();
        InsnList code = method.instructions;
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            calls.addAll(callsIn(code, 0, code.size()));
        }
        // javac guards what runs under a lock by a handler of everything that gives the lock back: for a synchronized
        // block always, for a Lock where it is given back in a finally block.
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type == null && givesBackALock(block)) {
                calls.addAll(callsIn(code, code.indexOf(block.start), code.indexOf(block.end)));
            }
        }
        return calls;
    }

    private static boolean givesBackALock(TryCatchBlockNode block) {
        for (AbstractInsnNode at = block.handler; at != null && at.getOpcode() != Opcodes.ATHROW; at = at.getNext()) {
            if (at.getOpcode() == Opcodes.MONITORENTER) {
                return false; // a finally block that takes a lock of its own
            }
            boolean unlock = at instanceof MethodInsnNode call
                    && call.name.equals("unlock")
                    && call.owner.startsWith("java/util/concurrent/locks/");
            if (at.getOpcode() == Opcodes.MONITOREXIT || unlock) {
                return true;
            }
        }
        return false;
    }

    private static List<MethodInsnNode> callsIn(InsnList code, int from, int to) {
        List<MethodInsnNode> calls = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (code.get(i) instanceof MethodInsnNode call) {
                calls.add(call);
            }
        }
        return calls;
    }

    /** The ways from a call to a foreign method, through methods of the module itself. */
    private static List<String> foreignCall(MethodInsnNode call, Map<String, ClassNode> classes, Set<String> foreign) {
        List<String> chains = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        open.add(new Step(call, ""));
        while (!open.isEmpty()) {
            Step step = open.remove();
            String name = step.call.owner + "." + step.call.name;
            String chain = step.chain + (step.chain.isEmpty() ? "" : " -> ") + name.replaceAll(".*/", "");
            if (isForeign(step.call, foreign)) {
                chains.add(chain);
            } else if (seen.add(name + step.call.desc)) {
                ClassNode owner = classes.get(step.call.owner);
                if (owner != null) {
                    owner.methods.stream()
                            .filter(method -> method.name.equals(step.call.name) && method.desc.equals(step.call.desc))
                            .flatMap(method -> callsIn(method.instructions, 0, method.instructions.size()).stream())
                            .forEach(next -> open.add(new Step(next, chain)));
                }
            }
        }
        return chains;
    }

    private record Step(MethodInsnNode call, String chain) {}

    private static boolean isForeign(MethodInsnNode call, Set<String> foreign) {
        return foreign.contains(call.owner) || (FUTURES.contains(call.owner) && RUNS_DEPENDENTS.contains(call.name));
    }

    /** What the check is there for. */
    @SuppressWarnings("unused")
    private static final class Guilty {
        private final Lock lock = new ReentrantLock();

        void inBlock(Runnable client) {
            synchronized (lock) {
                client.run();
            }
        }

        synchronized void inMethod(Runnable client) {
            client.run();
        }

        void underLock(Runnable client) {
            lock.lock();
            try {
                client.run();
            } finally {
                lock.unlock();
            }
        }

        void further(Runnable client) {
            synchronized (lock) {
                tell(client);
            }
        }

        int earlyReturn(Runnable client, int n) {
            synchronized (lock) {
                if (n > 0) {
                    return n;
                }
                client.run();
                return 0;
            }
        }

        void dependents(java.util.concurrent.CompletableFuture<Void> future) {
            synchronized (lock) {
                future.complete(null);
            }
        }

        private void tell(Runnable client) {
            client.run();
        }
    }

    /** What it must not complain of. */
    @SuppressWarnings("unused")
    private static final class Innocent {
        private final Lock lock = new ReentrantLock();
        private int count;

        void after(Runnable client) {
            lock.lock();
            try {
                count++;
            } finally {
                lock.unlock();
            }
            client.run();
        }

        void inFinally(Runnable client) {
            try {
                client.run();
            } finally {
                synchronized (lock) {
                    count--;
                }
            }
        }

        void handsOver(List<Runnable> queue) {
            synchronized (lock) {
                queue.add(() -> count++);
            }
            queue.forEach(Runnable::run);
        }
    }
}
