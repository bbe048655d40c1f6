package io.github.offlinestate.windows.com;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.windows.com.StandIn.Count;
import io.github.offlinestate.windows.com.StandIn.Mode;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The COM part against the stand-in. After each test nothing is held by either side, and no rule of COM's was broken. */
@Tag("native")
class OfflineObjectTest {
    private static final String PROFILE = "Outlook \ud83d\ude00";

    private final StandIn outlook = StandIn.fresh();
    private int heldAfter = NotifyObject.held();
    private final List<RawNotification> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void profile() {
        outlook.profile(PROFILE, Capabilities.BOTH, ONLINE);
    }

    @AfterEach
    void nothingIsHeld() {
        outlook.drain();
        assertThat(outlook.violations()).isEmpty();
        assertThat(outlook.count(Count.MANAGERS)).isZero();
        assertThat(outlook.count(Count.OFFLINES)).isZero();
        assertThat(outlook.count(Count.REGISTRATIONS)).isZero();
        assertThat(outlook.count(Count.CALLBACK_REFERENCES)).isZero();
        assertThat(NotifyObject.held()).isEqualTo(heldAfter);
    }

    private OfflineObject open() {
        return outlook.load().open(PROFILE);
    }

    @Test
    void makesTheCallsOfTheReferencesSample() throws Exception {
        outlook.record(true);
        try (OfflineObject object = open()) {
            assertThat(object.capabilities()).isEqualTo(Capabilities.BOTH);
            try (OfflineObject.Advised advised = object.advise(0x8000_0001, received::add)) {
                outlook.transition(PROFILE, OFFLINE);
                outlook.drain();
                assertThat(object.state()).isEqualTo(OFFLINE);
                object.requestState(ONLINE);
                outlook.drain();
            }
        }
        outlook.record(false);

        assertThat(outlook.trace()).isEqualTo(Files.readString(Path.of("src/test/native/sample-client.trace")));
        assertThat(received)
                .containsExactly(
                        new RawNotification(24, 1, 0x8000_0001, 3, 2, 1),
                        new RawNotification(24, 2, 0x8000_0001, 3, 2, 1),
                        new RawNotification(24, 3, 0x8000_0001, 3, 2, 1),
                        new RawNotification(24, 1, 0x8000_0001, 3, 1, 2),
                        new RawNotification(24, 2, 0x8000_0001, 3, 1, 2),
                        new RawNotification(24, 3, 0x8000_0001, 3, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 0x8000_0003})
    void tellsAllBitsOfTheCapabilities(int bits) {
        outlook.profile(PROFILE, new Capabilities(bits), ONLINE);
        try (OfflineObject object = open()) {
            assertThat(object.capabilities().bits()).isEqualTo(bits);
        }
    }

    @ParameterizedTest
    @EnumSource(ConnectionState.class)
    void masksTheState(ConnectionState state) {
        outlook.profile(PROFILE, Capabilities.BOTH, state);
        try (OfflineObject object = open()) {
            assertThat(object.state()).isEqualTo(state);
        }
    }

    @Test
    void aStateThatIsNeitherIsAnErrorThatShowsIt() {
        outlook.mode(Mode.BAD_STATE);
        try (OfflineObject object = open()) {
            assertThatThrownBy(object::state).hasMessageContaining("0x100043").hasMessageContaining("neither");
        }
    }

    @Test
    void anUnknownProfileIsNotFound() {
        assertThatThrownBy(() -> outlook.load().open("somebody else's"))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND))
                .hasMessageContaining("somebody else's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u4e2d\u6587", "mit Leerzeichen ", "\ud83d\ude00\ud835\udd0a", "LONG"})
    void anyNameWorks(String pattern) {
        String name = pattern.equals("LONG") ? "\ud83d\ude00".repeat(127) + "x" : pattern;
        outlook.profile(name, Capabilities.BOTH, OFFLINE);
        try (OfflineObject object = outlook.load().open(name)) {
            assertThat(object.state()).isEqualTo(OFFLINE);
        }
    }

    /** The registry holds 16-bit units and not text: half a character is a name too, and no other half's. */
    @Test
    void namesAreTakenUnitByUnit() {
        outlook.profile("half \ufffd", Capabilities.BOTH, ONLINE).profile("half \ud83d", Capabilities.BOTH, OFFLINE);
        try (OfflineObject object = outlook.load().open("half \ud83d")) {
            assertThat(object.state()).isEqualTo(OFFLINE);
        }
        assertThatThrownBy(() -> outlook.load().open("half \ud83e"))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND));
    }

    @Test
    void successWithoutAnObjectIsAFailure() {
        outlook.mode(Mode.NULL_OBJECT);
        assertThatThrownBy(this::open).hasMessageContaining("gave no object");
    }

    @Test
    void successWithoutAnInterfaceIsAFailureAndLeavesTheObjectUsable() {
        try (OfflineObject object = open()) {
            outlook.mode(Mode.NULL_OBJECT);
            assertThatThrownBy(object::state)
                    .hasMessageContaining("QueryInterface for IMAPIOffline succeeded, but gave");
            outlook.mode();
            assertThat(object.state()).isEqualTo(ONLINE);
        }
    }

    @Test
    void whatComRefusesIsToldWithCodeNameAndText() {
        outlook.failNext(PROFILE, 0x80070005, false);
        try (OfflineObject object = open()) {
            assertThatThrownBy(() -> object.requestState(OFFLINE))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result().code()).isEqualTo(0x80070005))
                    .hasMessageContaining("SetCurrentState(")
                    .hasMessageContaining("E_ACCESSDENIED")
                    .hasMessageContaining("0x80070005");
        }
    }

    @Test
    void registrationsHaveTheirOwnTokensAndClientTokens() {
        List<RawNotification> other = new CopyOnWriteArrayList<>();
        try (OfflineObject object = open();
                OfflineObject.Advised first = object.advise(0, received::add);
                OfflineObject.Advised second = object.advise(-1, other::add)) {
            outlook.transition(PROFILE, OFFLINE);
            outlook.drain();
            second.close();
            outlook.transition(PROFILE, ONLINE);
            outlook.drain();
            first.close();
            assertThat(received).hasSize(6).allMatch(n -> n.clientToken() == 0);
            assertThat(other).hasSize(3).allMatch(n -> n.clientToken() == -1);
        }
    }

    @Test
    void closingTwiceReleasesOnce() {
        OfflineObject object = open();
        OfflineObject.Advised advised = object.advise(1, received::add);
        advised.close();
        advised.close();
        object.close();
        object.close();
        assertThatThrownBy(object::state).hasMessageContaining("closed");
    }

    /** The last Release comes after the call, once; what is asked later is refused, and asked of nobody. */
    @Test
    void closingWhileCallsAreUnderWayReleasesAfterThem() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 500; i++) {
                OfflineObject object = open();
                CountDownLatch asking = new CountDownLatch(1);
                Future<HResult> refusal = other.submit(() -> {
                    while (true) {
                        try {
                            object.state();
                            asking.countDown();
                        } catch (OfflineStateException refused) {
                            return refused.result();
                        }
                    }
                });
                assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
                object.close();
                assertThat(refusal.get(30, TimeUnit.SECONDS)).isEqualTo(HResult.MAPI_E_NOT_INITIALIZED);
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aNotificationMayComeBeforeAdviseReturns() {
        outlook.mode(Mode.NOTIFY_IN_ADVISE);
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(1, received::add)) {
            assertThat(received).extracting(RawNotification::type).containsExactly(1, 2, 3);
        }
    }

    @Test
    void nothingGetsThroughAfterUnadvise() {
        outlook.mode(Mode.NOTIFY_AFTER_UNADVISE);
        try (OfflineObject object = open()) {
            object.advise(1, received::add).close();
            outlook.drain();
        }
        assertThat(outlook.count(Count.NOTIFIED)).isEqualTo(3);
        assertThat(received).isEmpty();
    }

    @Test
    void tooManyReleasesHarmNobody() {
        outlook.mode(Mode.RELEASE_TOO_OFTEN);
        try (OfflineObject object = open()) {
            object.advise(1, received::add).close();
            try (OfflineObject.Advised next = object.advise(2, received::add)) {
                outlook.transition(PROFILE, OFFLINE);
                outlook.drain();
            }
        }
        assertThat(received).hasSize(3);
    }

    @Test
    void anObjectThatIsNeverReleasedStaysAndTellsNothing() {
        outlook.mode(Mode.NEVER_RELEASE);
        try (OfflineObject object = open()) {
            object.advise(1, received::add).close();
        }
        heldAfter++;
    }

    @Test
    void whatAReceiverThrowsStaysInJava() {
        Consumer<RawNotification> failing = n -> {
            received.add(n);
            if (n.type() == 1) {
                throw new IllegalStateException("thrown on purpose");
            }
            throw new AssertionError("an Error, on purpose");
        };
        List<Throwable> crossed = new CopyOnWriteArrayList<>();
        Callback.UncaughtExceptionHandler ofJna = Native.getCallbackExceptionHandler();
        Native.setCallbackExceptionHandler((callback, thrown) -> crossed.add(thrown));
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(1, failing)) {
            outlook.transition(PROFILE, OFFLINE);
            outlook.drain();
            assertThat(received).hasSize(3);
        } finally {
            Native.setCallbackExceptionHandler(ofJna);
        }
        assertThat(crossed).isEmpty();
    }

    @Test
    void whatALogThrowsStaysInJavaToo() {
        Handler failing = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new IllegalStateException("no place on the disk");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        List<Throwable> crossed = new CopyOnWriteArrayList<>();
        Callback.UncaughtExceptionHandler ofJna = Native.getCallbackExceptionHandler();
        Native.setCallbackExceptionHandler((callback, thrown) -> crossed.add(thrown));
        Logger log = Logger.getLogger(NotifyVtable.class.getName());
        log.addHandler(failing);
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(1, n -> {
                    received.add(n);
                    throw new IllegalStateException("thrown on purpose");
                })) {
            outlook.transition(PROFILE, OFFLINE);
            outlook.drain();
        } finally {
            log.removeHandler(failing);
            Native.setCallbackExceptionHandler(ofJna);
        }
        assertThat(received).hasSize(3);
        assertThat(crossed).isEmpty();
    }

    @Test
    void notificationsOfOtherSizesAreReadAsFarAsTheyReach() {
        outlook.mode(Mode.BIG, Mode.SMALL);
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(7, received::add)) {
            outlook.transition(PROFILE, OFFLINE);
            outlook.foreign(PROFILE, 9, 0x55, 0x66, 0x77);
            outlook.drain();
            assertThat(received.get(0)).isEqualTo(new RawNotification(40, 1, 7, 3, 2, 1));
            assertThat(received.get(3)).isEqualTo(new RawNotification(12, 9, 7, 0, 0, 0));
        }
    }

    @Test
    void aThreadOfItsOwnForEachNotificationWorksAndStaysADaemon() {
        outlook.mode(Mode.THREAD_EACH);
        List<Boolean> daemons = new CopyOnWriteArrayList<>();
        List<String> names = new CopyOnWriteArrayList<>();
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(7, n -> {
                    daemons.add(Thread.currentThread().isDaemon());
                    names.add(Thread.currentThread().getName());
                })) {
            outlook.transition(PROFILE, OFFLINE);
            outlook.drain();
        }
        assertThat(daemons).containsExactly(true, true, true);
        assertThat(names).allMatch(name -> name.startsWith("offline-state-outlook-notify"));
        StandIn.fresh(); // its last thread ends
        await().untilAsserted(() ->
                assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> names.contains(thread.getName())));
    }

    @Test
    void aReleasedObjectCanBeCollected() {
        var receiver = new Consumer<RawNotification>() {
            @Override
            public void accept(RawNotification notification) {
                received.add(notification);
            }
        };
        var reference = new WeakReference<>(receiver);
        try (OfflineObject object = open()) {
            object.advise(1, receiver).close();
            receiver = null;
            await().until(() -> {
                System.gc();
                return reference.get() == null;
            });
        }
    }

    @Test
    void anObjectThatComHoldsIsNotCollected() {
        try (OfflineObject object = open();
                OfflineObject.Advised advised = object.advise(1, new Appending(received))) {
            for (int i = 0; i < 5; i++) {
                System.gc();
                byte[][] pressure = new byte[64][1 << 16];
                assertThat(pressure).hasNumberOfRows(64);
            }
            outlook.transition(PROFILE, OFFLINE);
            outlook.drain();
            assertThat(received).hasSize(3);
        }
    }

    /** With state of its own: one without would be kept alive by its class. */
    private record Appending(List<RawNotification> to) implements Consumer<RawNotification> {
        @Override
        public void accept(RawNotification notification) {
            to.add(notification);
        }
    }

    @Test
    void aLibraryWithoutTheEntryPointIsRefused() {
        Path without = StandIn.build("standin-without-entry", List.of("-DHrOpenOfflineObj=HrOpenSomethingElse"));
        assertThatThrownBy(() -> OfflineLibrary.load(without))
                .hasMessageContaining("exports neither")
                .hasMessageContaining("HrOpenOfflineObj@20");
    }

    @Test
    void aLibraryThatIsNoneIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("olmapi32.dll"), "not a library");
        assertThatThrownBy(() -> OfflineLibrary.load(file)).hasMessageContaining("cannot be loaded into this");
    }

    /** The stand-in itself, but for the one byte or word of its head that says what it is built for. */
    @Test
    void aLibraryOfTheOtherBitnessIsRefused(@TempDir Path folder) throws Exception {
        ByteBuffer library =
                ByteBuffer.wrap(Files.readAllBytes(outlook.load().path())).order(ByteOrder.LITTLE_ENDIAN);
        if (Platform.isWindows()) {
            library.putShort(library.getInt(0x3c) + 4, (short) (Native.POINTER_SIZE == 8 ? 0x014c : 0x8664));
        } else {
            library.put(4, (byte) (Native.POINTER_SIZE == 8 ? 1 : 2)); // EI_CLASS
        }
        Path other = Files.write(folder.resolve("olmapi32.dll"), library.array());
        assertThatThrownBy(() -> OfflineLibrary.load(other))
                .hasMessageContaining("cannot be loaded into this " + Native.POINTER_SIZE * 8 + "-bit JVM")
                .hasMessageContaining("other bitness")
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
    }

    @Test
    void onlyAnAbsolutePathIsLoaded(@TempDir Path folder) {
        assertThatThrownBy(() -> OfflineLibrary.load(Path.of("olmapi32.dll"))).hasMessageContaining("absolute path");
    }

    /** MAPI_E_NOT_FOUND would say that there is no such profile. */
    @Test
    void aLibraryThatIsNotThereIsAFailureAndNoUnknownProfile(@TempDir Path folder) {
        assertThatThrownBy(() -> OfflineLibrary.load(folder.resolve("none.dll")))
                .hasMessageContaining("no library")
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
    }

    /** Threads of the library's may still be on their way through it when nobody in Java knows of it any more. */
    @Test
    void aLibraryStaysLoaded() throws Exception {
        // One that nothing else loads, and where nobody wants to remove it.
        Path copy = Files.createDirectories(Path.of("target", "native"))
                .resolve("stays-" + StandIn.bitness() + ".dll")
                .toAbsolutePath();
        Files.copy(outlook.load().path(), copy, StandardCopyOption.REPLACE_EXISTING);
        OfflineLibrary.load(copy);
        var library = new WeakReference<>(NativeLibrary.getInstance(copy.toString()));
        var garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });
        assertThat(library.get()).isNotNull();
    }
}
