package io.bezoar.crawl.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock, and waiting by it. Tests bring one of their own.
public interface Pace {
    Instant now();

    /// Waits; an interrupt ends the waiting and stays set.
    void wait(Duration time);

    /// The clock of the system.
    static Pace system() {
        InstantSource clock = InstantSource.system();
        return new Pace() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public void wait(Duration time) {
                try {
                    Thread.sleep(time);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
