package fi.kimppa.gateway.circulation;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells whoever watches this gateway (/actuator/health) whether changes can be written down. May be used by several threads. */
@Component
class JournalHealth implements HealthIndicator {
    private final JournalWatch watch;

    JournalHealth(JournalWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        return watch.speaking() ? Health.up().build() : Health.down().build();
    }
}
