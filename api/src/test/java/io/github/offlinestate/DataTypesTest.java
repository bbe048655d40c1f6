package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.offlinestate.StateChange.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The data types: open where the wire is open, strict where a value would be nonsense. */
class DataTypesTest {
    private static final int MASK = MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK;
    private static final int ON = MapiConstants.MAPIOFFLINE_STATE_ONLINE;
    private static final int OFF = MapiConstants.MAPIOFFLINE_STATE_OFFLINE;

    @Test
    void statesAreReadUnderTheirMask() {
        assertThat(ConnectionState.ofCode(OFF)).contains(ConnectionState.OFFLINE);
        assertThat(ConnectionState.ofCode(0x003f_0370 | ON)).contains(ConnectionState.ONLINE);
        assertThat(ConnectionState.ofCode(0)).isEmpty();
        assertThat(ConnectionState.ofCode(3)).isEmpty();
        assertThat(ConnectionState.ONLINE.opposite()).isEqualTo(ConnectionState.OFFLINE);
        assertThat(ConnectionState.OFFLINE.opposite()).isEqualTo(ConnectionState.ONLINE);
        assertThat(ConnectionState.ONLINE.code()).isEqualTo(2);
    }

    @Test
    void constantsHaveTheValuesOfTheReference() {
        assertThat(MapiConstants.MAPIOFFLINE_STATE_ALL).isEqualTo(0x003f037f);
        assertThat(SetFlag.BLOCK.code()).isEqualTo(0x2000);
        assertThat(SetFlag.DEFAULT.code()).isZero();
        assertThat(HResult.E_PENDING.code()).isEqualTo(0x8000000A);
        assertThat(HResult.MAPI_E_CALL_FAILED.code()).isEqualTo(0x80004005);
        assertThat(HResult.E_INVALIDARG.code()).isEqualTo(0x80070057);
        assertThat(MapiConstants.GUID_GLOBAL_STATE).hasToString("fbeffd93-b11f-4094-842b-96dcd31e63d1");
    }

    @Test
    void capabilitiesAreIndependentAndKeepUnknownBits() {
        assertThat(Capabilities.NONE.notifiesOffline() || Capabilities.NONE.notifiesOnline())
                .isFalse();
        assertThat(Capabilities.OFFLINE_ONLY.notifies(ConnectionState.OFFLINE)).isTrue();
        assertThat(Capabilities.OFFLINE_ONLY.notifies(ConnectionState.ONLINE)).isFalse();
        assertThat(Capabilities.ONLINE_ONLY.notifies(ConnectionState.ONLINE)).isTrue();
        assertThat(Capabilities.ONLINE_ONLY.notifiesBoth()).isFalse();
        Capabilities future = new Capabilities(0x8000_0003);
        assertThat(future.notifiesBoth()).isTrue();
        assertThat(future.bits()).isEqualTo(0x8000_0003);
        assertThat(future).hasToString("OFFLINE|ONLINE|0x80000000");
        assertThat(new Capabilities(4)).hasToString("0x00000004");
        assertThat(Capabilities.NONE).hasToString("NONE");
        assertThat(Capabilities.ONLINE_ONLY).hasToString("ONLINE");
    }

    @Test
    void resultCodesAreOpen() {
        HResult unknown = new HResult(0x8123_4567);
        assertThat(unknown).hasToString("0x81234567");
        assertThat(unknown.name()).isEqualTo("0x81234567");
        assertThat(unknown.isFailure()).isTrue();
        assertThat(HResult.S_OK.isFailure()).isFalse();
        assertThat(HResult.S_OK.name()).isEqualTo("S_OK");
        assertThat(HResult.MAPI_E_NOT_FOUND).hasToString("MAPI_E_NOT_FOUND (0x8004010F)");
        assertThat(HResult.E_PENDING.name()).isEqualTo("E_PENDING");
    }

    @Test
    void aFailureKeepsItsCodeAlsoWhenSerialized() throws Exception {
        OfflineStateException failure =
                new OfflineStateException(new HResult(0x8123_4567), "asked, there, do", new IllegalStateException("x"));
        assertThat(failure).hasMessage("asked, there, do [0x81234567]").hasRootCauseMessage("x");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((OfflineStateException) in.readObject()).result()).isEqualTo(failure.result());
        }
        assertThat(new OfflineStateException(HResult.E_PENDING, "busy")).hasNoCause();
    }

    @Test
    void typesAreOpenAndTheKnownOnesHaveNames() {
        assertThat(NotifyType.STATECHANGE_START).hasToString("STATECHANGE_START");
        assertThat(NotifyType.STATECHANGE).hasToString("STATECHANGE");
        assertThat(NotifyType.STATECHANGE_DONE).hasToString("STATECHANGE_DONE");
        assertThat(NotifyType.BACKEND_LOST).hasToString("BACKEND_LOST");
        assertThat(NotifyType.BACKEND_RESTORED).hasToString("BACKEND_RESTORED");
        assertThat(new NotifyType(99)).hasToString("0x00000063");
        assertThat(CallbackType.NOTIFY).hasToString("NOTIFY");
        assertThat(new CallbackType(7)).hasToString("0x00000007");
        assertThat(new AdviseToken(255)).hasToString("AdviseToken[0xff]");
    }

    @Test
    void aNotificationGivesItsChangeOnlyAfterTheDocumentedChecks() {
        assertThat(notification(NotifyType.STATECHANGE_START, MASK, ON, OFF).stateChange())
                .contains(new StateChange(Phase.START, ConnectionState.ONLINE, ConnectionState.OFFLINE));
        assertThat(notification(NotifyType.STATECHANGE, MASK, OFF, ON).stateChange())
                .contains(new StateChange(Phase.CHANGE, ConnectionState.OFFLINE, ConnectionState.ONLINE));
        assertThat(notification(NotifyType.STATECHANGE_DONE, MASK, ON, OFF)
                        .stateChange()
                        .orElseThrow()
                        .isAbort())
                .isFalse();
        assertThat(notification(NotifyType.STATECHANGE_DONE, MASK, ON, ON)
                        .stateChange()
                        .orElseThrow()
                        .isAbort())
                .isTrue();
        assertThat(notification(new NotifyType(9), MASK, ON, OFF).stateChange()).isEmpty();
        assertThat(notification(NotifyType.STATECHANGE, MASK | 4, ON, OFF).stateChange())
                .isEmpty();
        assertThat(notification(NotifyType.STATECHANGE, MASK, 3, OFF).stateChange())
                .isEmpty();
        assertThat(notification(NotifyType.STATECHANGE, MASK, ON, 0).stateChange())
                .isEmpty();
        assertThat(notification(NotifyType.STATECHANGE, MASK, ON, ON).stateChange())
                .isEmpty();
        assertThat(notification(NotifyType.STATECHANGE, MASK, 0x100 | ON, OFF).stateChange())
                .isPresent();
    }

    @Test
    void aNotificationSaysWhatItHolds() {
        assertThat(notification(NotifyType.STATECHANGE, MASK, ON, OFF))
                .hasToString("STATECHANGE ONLINE -> OFFLINE (client token 0x00000007, mask 0x00000003)");
        assertThat(notification(new NotifyType(9), 4, 0x104, 0))
                .hasToString("0x00000009 0x00000104 -> 0x00000000 (client token 0x00000007, mask 0x00000004)");
        assertThatNullPointerException().isThrownBy(() -> notification(null, 0, 0, 0));
    }

    @Test
    void onlyADoneMayHaveEqualStates() {
        for (Phase phase : List.of(Phase.START, Phase.CHANGE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new StateChange(phase, ConnectionState.ONLINE, ConnectionState.ONLINE))
                    .withMessageContaining("abort");
        }
    }

    @Test
    void adviseInfoHoldsAnything() {
        OfflineCallback notANotify = new OfflineCallback() {};
        AdviseInfo info = new AdviseInfo(-1, new CallbackType(5), null, 77, 0);
        assertThat(info.callback()).isNull();
        assertThat(AdviseInfo.of(notANotify).callback()).isSameAs(notANotify);
        assertThat(AdviseInfo.of(notANotify, -1))
                .isEqualTo(AdviseInfo.of(notANotify).withClientToken(-1))
                .extracting(AdviseInfo::clientToken)
                .isEqualTo(0xFFFF_FFFF);
    }

    @Test
    void whatIsNotAvailableSaysWhy() {
        assertThat(Availability.available().isAvailable()).isTrue();
        assertThat(Availability.available()).hasToString("available");
        assertThat(Availability.unavailable("no Outlook here")).hasToString("not available: no Outlook here");
        assertThatIllegalArgumentException().isThrownBy(() -> Availability.unavailable(" "));
    }

    @Test
    void aDescriptionOfAProviderDoesNotContradictItself() {
        Availability available = Availability.available();
        Optional<Throwable> failure = Optional.of(new IllegalStateException("broken"));
        Optional<String> said = Optional.of("said");
        Optional<String> unknown = Optional.empty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderDescription(said, said, said, "here", 0, false, available, failure))
                .withMessageContaining("broken");
        for (boolean named : new boolean[] {true, false}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProviderDescription(
                            named ? said : unknown,
                            named ? unknown : said,
                            said,
                            "here",
                            0,
                            false,
                            available,
                            Optional.empty()))
                    .withMessageContaining("has a name and a class");
        }
        ProviderDescription broken = new ProviderDescription(
                unknown, unknown, unknown, "here", 0, false, Availability.unavailable("broken"), failure);
        assertThat(broken.isUsable()).isFalse();
    }

    @Test
    void aLambdaIsEnoughToRegister() {
        List<AdviseInfo> infos = new ArrayList<>();
        OfflineManager manager = new RecordingManager(infos);
        OfflineNotify callback = notification -> {};
        manager.advise(callback);
        manager.advise(callback, 42);
        assertThat(infos).containsExactly(AdviseInfo.of(callback), AdviseInfo.of(callback, 42));
    }

    @SuppressWarnings("NullAway") // what happens without null checking is part of the test
    private static OfflineNotification notification(NotifyType type, int mask, int from, int to) {
        return new OfflineNotification(type, 7, mask, from, to);
    }

    private record RecordingManager(List<AdviseInfo> infos) implements OfflineManager {
        @Override
        public AdviseToken advise(AdviseInfo info) {
            infos.add(info);
            return new AdviseToken(infos.size());
        }

        @Override
        public void unadvise(AdviseToken token) {}

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public ConnectionState currentState() {
            return ConnectionState.ONLINE;
        }

        @Override
        public void setCurrentState(ConnectionState state, SetFlag flag) {}

        @Override
        public boolean canSet() {
            return false;
        }

        @Override
        public void close() {}
    }
}
