package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.functions.Consumer;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.Subject;

/** RxJava's subject, serialized, as its documentation advises where more than one thread emits. */
final class RxJavaPeer implements Peer {
    private final Subject<OfflineNotification> subject =
            PublishSubject.<OfflineNotification>create().toSerialized();

    @Override
    public Object add(Client client) {
        return subject.subscribe((Consumer<OfflineNotification>) client, thrown -> {});
    }

    @Override
    public void remove(Object registration) {
        ((Disposable) registration).dispose();
    }

    @Override
    public void tell(OfflineNotification what) {
        subject.onNext(what);
    }
}
