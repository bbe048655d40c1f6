package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;

/** A provider that is only found; its copies have other numbers, which are their priorities too. */
public final class Provider00 implements OfflineStateProvider {
    @Override
    public String name() {
        return getClass().getSimpleName();
    }

    @Override
    public int priority() {
        String name = name();
        return Integer.parseInt(name.substring(name.length() - 2));
    }

    @Override
    public OfflineManager open(String profile) {
        throw new UnsupportedOperationException(profile);
    }
}
