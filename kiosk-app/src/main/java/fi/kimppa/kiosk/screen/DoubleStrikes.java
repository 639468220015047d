package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KeyStrikes;
import fi.kimppa.kiosk.session.KioskEvent;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the second of two strikes on the same button go by, for hands that tremble (EN 301 549, 5.8). Only where somebody
 * has asked for more time: others type 55 faster than that. FX thread.
 */
final class DoubleStrikes implements Consumer<KioskEvent> {
    private final Consumer<KioskEvent> events;
    private final LongSupplier nanos;
    private final BooleanSupplier wanted;
    private @Nullable KioskEvent last;
    private long lastAt;

    /**
     * A filter.
     *
     * @param events takes what is left
     * @param nanos a clock that never goes back
     * @param wanted whether it does anything
     */
    DoubleStrikes(Consumer<KioskEvent> events, LongSupplier nanos, BooleanSupplier wanted) {
        this.events = events;
        this.nanos = nanos;
        this.wanted = wanted;
    }

    @Override
    public void accept(KioskEvent event) {
        long now = nanos.getAsLong();
        boolean again = event.equals(last) && now - lastAt < KeyStrikes.TREMBLING.toNanos();
        last = event;
        lastAt = now;
        if (!again || !wanted.getAsBoolean()) {
            events.accept(event);
        }
    }
}
