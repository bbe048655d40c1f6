package io.github.offlinestate.stress.growth;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "growth")
public final class GrowthCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
