package com.example.kit;

import io.github.offlinestate.tck.OfflineStateTckTest;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The second way: a suite. Its fixture is found by ServiceLoader. */
@Suite
@SelectClasses(OfflineStateTckTest.class)
class KitSuite {}
