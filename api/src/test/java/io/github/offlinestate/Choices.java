package io.github.offlinestate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers a program's questions, each time another way: all ways one after the other, or at random by seed. */
final class Choices {
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> limits = new ArrayList<>();
    private final Random random;
    private int asked;

    private Choices(Random random) {
        this.random = random;
    }

    /** Runs a program in every way that its choices allow; gives how many that were. */
    static long exhaust(Program program) {
        Choices choices = new Choices(null);
        long runs = 0;
        do {
            choices.asked = 0;
            program.run(choices);
            runs++;
        } while (choices.another());
        return runs;
    }

    /** Runs a program in so many ways. */
    static void sample(long seed, int runs, Program program) {
        for (int run = 0; run < runs; run++) {
            program.run(new Choices(new Random(seed + run)));
        }
    }

    /** A number below {@code limit}. */
    int next(int limit) {
        if (random != null) {
            taken.add(random.nextInt(limit));
        } else if (asked == taken.size()) {
            taken.add(0);
            limits.add(limit);
        }
        return taken.get(asked++);
    }

    private boolean another() {
        while (!taken.isEmpty()) {
            int last = taken.size() - 1;
            if (taken.get(last) + 1 < limits.get(last)) {
                taken.set(last, taken.get(last) + 1);
                return true;
            }
            taken.remove(last);
            limits.remove(last);
        }
        return false;
    }

    @Override
    public String toString() {
        return "choices " + taken;
    }

    interface Program {
        void run(Choices choices);
    }
}
