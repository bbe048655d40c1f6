package io.github.offlinestate.tck.model;

import java.util.Optional;

/**
 * Who was judged.
 *
 * @param kind a provider or a backend
 * @param name the provider's name, or the backend's class
 * @param className the class of the provider, or of the backend's factory
 * @param version the version that its module or jar declares; empty where it declares none
 * @param profile the profile that was opened
 * @param fixture the class of the fixture
 * @param capabilities what the profile's object can tell; empty where it was not opened
 * @param unavailable why the provider cannot work here; empty where it can
 */
public record SubjectInfo(
        Subject kind,
        String name,
        String className,
        Optional<String> version,
        String profile,
        String fixture,
        Optional<String> capabilities,
        Optional<String> unavailable) {}
