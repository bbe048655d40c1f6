package io.github.offlinestate.tck.check;

import java.util.List;

/** All tests of providers. */
public final class ProviderChecks {
    private static final List<Check> ALL = Check.in(
            OpenChecks.class,
            CapabilityChecks.class,
            StateChecks.class,
            SetChecks.class,
            AdviseChecks.class,
            NotifyChecks.class,
            LagChecks.class,
            HungChecks.class,
            UnadviseChecks.class,
            CloseChecks.class,
            LostChecks.class,
            FindChecks.class);

    private ProviderChecks() {}

    /**
     * All tests.
     *
     * @return in the contract's order
     */
    public static List<Check> all() {
        return ALL;
    }
}
