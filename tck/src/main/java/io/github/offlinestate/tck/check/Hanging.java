package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Clients whose callback of a START hangs for so long that the others go on, and one of those others. */
final class Hanging {
    /** So few at a time that the others do not lag. */
    private static final int BATCH = 500;

    private static final int MARKER = 0x7002;

    /** So many next to one that hangs, on either side, where there are others: more than the first part of a table. */
    private static final int ROW = 40;

    final ProviderTrial trial;
    final Scene scene;
    final List<Client> hung = new ArrayList<>();
    final List<AdviseToken> tokens = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Map<Client, List<String>> words = new ConcurrentHashMap<>();
    private final List<LightClient> crowd = new CopyOnWriteArrayList<>();
    private final Client after;
    private final Course course;

    /**
     * Lets them hang.
     *
     * @param trial the trial
     * @param scenes opens the object, after the provider has been given its limits
     * @param count how many hang
     * @param others how many do not, before and behind the first of them
     */
    Hanging(ProviderTrial trial, Supplier<Scene> scenes, int count, int others) {
        this.trial = trial;
        Duration limit = limit(trial);
        scene = scenes.get();
        course = new Course(trial, scene);
        after = trial.client("after them");
        crowd(others);
        for (int number = 1; number <= count; number++) {
            hang("hung" + number, others == 0 ? 0 : ROW);
            if (number == 1) {
                crowd(others);
                scene.manager().advise(after);
            }
        }
        course.change();
        boolean judged = trial.rule() == Rule.NOTIFY_12;
        boolean goesOn = trial.waitFor(
                limit.multipliedBy(count).plus(judged ? grace(trial, limit) : limit.multipliedBy(4)),
                () -> after.wasTold(Phase.DONE, last()) && scene.manager().currentState() == last());
        if (!goesOn && !judged) {
            throw NotJudged.notVerified(
                    "the others do not go on without a callback that hangs (NOTIFY-12 judges that)");
        }
        trial.expect(
                goesOn,
                "expected that the others go on without callbacks that have hung for " + Trial.inWords(limit)
                        + "; they were told " + after.changes());
    }

    /** The documented time, a short one where the fixture can give that. */
    static Duration limit(ProviderTrial trial) {
        return NotifyChecks.shortLimits(trial, trial.fixture().callbackLimit(), "callbackLimit()");
    }

    /** Many do not keep this one, which is no MUST: no need to wait for a slow one's whole time. */
    static Duration grace(ProviderTrial trial, Duration limit) {
        Duration inTime = trial.settings().inTime();
        return Collections.min(List.of(inTime, limit.multipliedBy(10).plus(inTime.dividedBy(10))));
    }

    private void hang(String lane, int row) {
        Client client = trial.client(lane);
        kept.add(new Kept(trial, client));
        List<String> said = new CopyOnWriteArrayList<>();
        words.put(client, said);
        client.onAnything(told -> said.add(told.stateChange()
                .map(change -> change.phase().name())
                .orElseGet(() -> Client.isOfSession(told)
                        ? told.type().toString()
                        : foreign(told.type().code()))));
        gates.add(client.holdAt(Phase.START));
        hung.add(client);
        // On a thread of its own: a table may have a place for each.
        tokens.add(trial.call("adviser of " + lane, "advise(" + client + ")", () -> {
                    adviseRow(row);
                    AdviseToken token = scene.manager().advise(client);
                    adviseRow(row);
                    return token;
                })
                .value());
    }

    private void adviseRow(int count) {
        crowd.addAll(
                LightClient.advise(ProviderTrial.real(scene.manager()), count).values());
    }

    /** So many, from several threads, that those who hang are somewhere in a large table. */
    private void crowd(int others) {
        crowd.addAll(new Rush(trial, scene, others).staying().values());
    }

    /** None of the others was told twice, or left out. */
    void expectOthersTold() {
        trial.await(
                "each of the others is told what one of them is",
                () -> crowd.stream().allMatch(light -> light.told().equals(after.changes())));
    }

    static String foreign(int type) {
        return String.format("0x%x", type);
    }

    /** The state that the source is in. */
    ConnectionState last() {
        return course.last();
    }

    /** How many changes the source has made, the one included in which they hang. */
    int changes() {
        return course.changes();
    }

    /** Changes, and waits for nobody. */
    void change() {
        course.change();
    }

    /** Changes so many times, and waits until the others have been told. */
    void flip(int times) {
        for (int done = 0; done < times; done += BATCH) {
            int batch = Math.min(BATCH, times - done);
            int before = after.starts();
            course.change(batch);
            trial.await(
                    "the others are told of " + batch + " transitions",
                    () -> after.starts() == before + batch && after.endsWith(Phase.DONE, last()));
        }
    }

    void loseAndRestore(int times) {
        if (!trial.fixture().backendCanGoAway()) {
            return;
        }
        for (int done = 0; done < times; done += BATCH) {
            int batch = Math.min(BATCH, times - done);
            long before = restored();
            course.loseAndRestore(batch);
            trial.await("the others are told of " + batch + " losses", () -> restored() == before + batch);
        }
    }

    private long restored() {
        return after.told().stream()
                .filter(told -> told.type().equals(NotifyType.BACKEND_RESTORED))
                .count();
    }

    /** A foreign notification that means nothing to anybody, so many times; not waited for. */
    void sendForeign(int times) {
        course.sendForeign(times);
    }

    /** A change that is asked for, begun and then refused, where it can be asked for. */
    void abort() {
        OfflineManager real = ProviderTrial.real(scene.manager());
        if (!real.canSet()) {
            return;
        }
        Runnable fail = trial.control().failNextChangeAfterStart(scene.profile(), trial.onPurpose());
        int before = after.starts();
        trial.countChange();
        trial.setPatiently(real, last().opposite(), SetFlag.DEFAULT);
        trial.await("the others are told START", () -> after.starts() == before + 1);
        fail.run();
        trial.await("the others are told the abort", () -> after.endsWith(Phase.DONE, last()));
    }

    /** A foreign notification is the last that they have missed. */
    void letGo() {
        trial.control().sendForeign(scene.profile(), MARKER, Course.FOREIGN_MASK, 0, 1);
        openGates();
        hung.forEach(client -> trial.await(
                client + " is told at last what was kept last",
                () -> said(client).contains(foreign(MARKER))));
    }

    void openGate(int number) {
        gates.get(number).open();
    }

    void openGates() {
        gates.forEach(Gate::open);
    }

    private List<String> said(Client client) {
        return words.getOrDefault(client, List.of());
    }

    /** What came after the START in which it hung, and after the rest of that transition. */
    List<String> missed(Client client) {
        List<String> said = new ArrayList<>(said(client));
        return said.subList(Math.min(3, said.size()), said.size());
    }

    static String marker() {
        return foreign(MARKER);
    }
}
