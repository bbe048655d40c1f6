package io.github.offlinestate.stress.soak;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.stress.model.Mistake;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Clients that come and go, on one thread: half of them at one profile, the others anywhere. */
public final class Churn {
    /** A profile, as clients come to it. */
    public record Place(String profile, OfflineManager manager, Course course) {}

    private static final int MEMBERS_OF_CLOSER = 4;
    private static final int WEAK_EVERY = 256;

    private final OfflineStateProvider provider;
    private final List<Place> places;
    private final int target;
    private final int closingEvery;
    private final Findings findings;
    private final Tally tally;
    private final RandomGenerator random;
    private final Duration hang;
    private final AtomicInteger hangsLeft;
    private final List<Member> members = new ArrayList<>();
    private final List<WeakReference<Member>> samples = new ArrayList<>();
    private int clientTokens;

    Churn(
            OfflineStateProvider provider,
            List<Place> places,
            int target,
            int closingEvery,
            Findings findings,
            Tally tally,
            RandomGenerator random,
            Duration hang,
            AtomicInteger hangsLeft) {
        this.provider = provider;
        this.places = places;
        this.target = target;
        this.closingEvery = closingEvery;
        this.findings = findings;
        this.tally = tally;
        this.random = random;
        this.hang = hang;
        this.hangsLeft = hangsLeft;
    }

    /** One comes, or one goes, or an object comes and goes with all that it has. */
    void act() {
        try {
            if (random.nextInt(closingEvery) == 0) {
                comeAndClose();
            } else if (members.size() < target) {
                members.add(come(anyPlace()));
            } else {
                leave(random.nextInt(members.size()));
                leave(random.nextInt(members.size()));
            }
        } catch (RuntimeException e) {
            findings.add(Mistake.FAILED_CALL, "a client that comes or goes failed with " + e);
        }
    }

    private Place anyPlace() {
        return places.get(random.nextBoolean() ? 0 : random.nextInt(places.size()));
    }

    private Member come(Place place) {
        Behaviour behaviour = Behaviour.of(random.nextInt(Behaviour.ALL));
        if (behaviour == Behaviour.HANGS && hangsLeft.getAndDecrement() <= 0) {
            behaviour = Behaviour.QUIET;
        }
        Member member = new Member(
                place.manager(), place.course(), findings, random.nextInt() | ++clientTokens, behaviour, hang);
        member.join();
        tally.registrations.increment();
        if (random.nextInt(WEAK_EVERY) == 0) {
            samples.add(new WeakReference<>(member));
        }
        return member;
    }

    private void leave(int index) {
        Member member = members.get(index);
        members.set(index, members.get(members.size() - 1));
        members.remove(members.size() - 1);
        member.leave();
        tally.notifications.add(member.witness().calls());
    }

    private void comeAndClose() {
        Place place = anyPlace();
        OfflineManager manager;
        try {
            manager = provider.open(place.profile());
        } catch (OfflineStateException e) {
            return; // its backend is away (OPEN-7)
        }
        List<Member> those = new ArrayList<>();
        for (int i = 0; i < MEMBERS_OF_CLOSER; i++) {
            those.add(come(new Place(place.profile(), manager, place.course())));
        }
        int told = place.course().toldToAll();
        manager.close();
        manager.close();
        for (Member member : those) {
            member.gone(told);
            tally.notifications.add(member.witness().calls());
        }
        tally.closings.increment();
    }

    /** Who has not been told everything although nothing is made any more. */
    List<Member> behind() {
        return members.stream().filter(member -> !member.isAtEnd()).toList();
    }

    void leaveAll() {
        while (!members.isEmpty()) {
            leave(members.size() - 1);
        }
    }

    /** Some of those that were ever there. */
    List<WeakReference<Member>> samples() {
        return samples;
    }
}
