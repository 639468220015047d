package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.rfid.Uid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The orders to write tags that this process has had, and what the gateway has not taken yet of what came of them. An order whose
 * answer was lost comes again and is known by its id; one that an earlier process has had is not given to this one, because the gateway
 * knows them apart by {@link #work its run}.
 *
 * <p>Threads: any.
 */
public final class TagOrders {
    /** An order lives for a minute: one that was forgotten here cannot come again. */
    private static final int REMEMBERED = 1_000;

    private final UUID run = UUID.randomUUID();
    private final Consumer<TagOrder> hands;
    private final Set<UUID> had = new LinkedHashSet<>();
    private final List<DeviceReport.EndedLine> ended = new ArrayList<>();

    /**
     * No order yet.
     *
     * @param hands gets each order once; must return at once and call {@link #ended} later
     */
    public TagOrders(Consumer<TagOrder> hands) {
        this.hands = hands;
    }

    /** This came of an order; told with the next report, and again until the gateway has taken it. */
    public synchronized void ended(UUID order, TagOutcome outcome, Optional<Uid> uid) {
        ended.add(new DeviceReport.EndedLine(
                order, outcome.name(), uid.map(Uid::toString).orElse("")));
    }

    /** What the next report says. */
    synchronized DeviceReport.TagWork work() {
        return new DeviceReport.TagWork(run, ended);
    }

    /** The gateway has taken this. */
    synchronized void taken(DeviceReport.TagWork told) {
        ended.removeAll(told.ended());
    }

    /**
     * The gateway has answered a report with an order.
     *
     * @param asked when the report was sent, by {@link System#nanoTime}: the order's time runs at least since then
     */
    void arrived(ReportAnswer.Command command, long asked) {
        if (fresh(command.id())) {
            hands.accept(new TagOrder(
                    command.id(),
                    command.item(),
                    Optional.of(command.owner()).filter(isil -> !isil.isEmpty()),
                    command.part(),
                    command.parts(),
                    command.model(),
                    asked + Duration.ofMillis(command.millisLeft()).toNanos()));
        }
    }

    private synchronized boolean fresh(UUID order) {
        if (had.size() >= REMEMBERED) {
            had.remove(had.iterator().next());
        }
        return had.add(order);
    }
}
