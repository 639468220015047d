package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.fleet.TagOrders;
import fi.kimppa.gateway.fleet.TagOrders.Pad;
import fi.kimppa.gateway.fleet.TagWritten;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets a staff pad write the tag of a copy: a pad of the municipality whose copy it is, and only while the copy is not on loan. */
@Component
class CounterTags {
    private final TagOrders orders;
    private final CounterCollection collection;
    private final CounterRecord written;
    private final Consortium consortium;
    private final Store store;
    private final Work work;

    CounterTags(
            TagOrders orders,
            CounterCollection collection,
            CounterRecord written,
            Consortium consortium,
            Store store,
            Work work) {
        this.orders = orders;
        this.collection = collection;
        this.written = written;
        this.consortium = consortium;
        this.store = store;
        this.work = work;
    }

    /** The staff pads that may write this copy's tag. */
    List<Pad> pads(Item item) {
        return consortium
                .branch(item.homeBranch())
                .map(Branch::municipality)
                .map(orders::pads)
                .orElse(List.of());
    }

    /**
     * Orders a tag.
     *
     * @param terminal login of the staff pad
     * @param part from 1 on
     * @param who the member of staff
     * @return why not; empty when it is ordered, or was a moment ago
     */
    Optional<Refused> order(Item item, String terminal, int part, String who) {
        return work.inTransaction(() -> {
            store.lockItem(item.number());
            Optional<Refused> why = against(item, terminal, part);
            return why.isPresent() ? why : place(item, terminal, part, who);
        });
    }

    private Optional<Refused> place(Item item, String terminal, int part, String who) {
        String owner = consortium.branch(item.homeBranch()).map(Branch::isil).orElse("");
        return switch (orders.place(new TagOrders.Wish(terminal, item.number(), owner, part, item.parts()), who)) {
            case ORDERED -> {
                String what = item.parts() > 1 ? terminal + " " + part + "/" + item.parts() : terminal;
                written.item(Kind.TAG_ORDERED, item.number(), item.titleId(), what, who);
                yield Optional.empty();
            }
            case ALREADY -> Optional.empty();
            case BUSY -> Optional.of(Refused.because("tag.busy"));
        };
    }

    /** The tag gets the security of a thing in the library: a borrower would set off the alarm with it. */
    private Optional<Refused> against(Item item, String terminal, int part) {
        if (part < 1 || part > item.parts()) {
            return Optional.of(Refused.because("whole", "1", Integer.toString(item.parts())));
        }
        if (store.openLoan(item.number()).isPresent()) {
            return Optional.of(Refused.because("tag.lent"));
        }
        return pads(item).stream().anyMatch(pad -> pad.there() && pad.terminal().equals(terminal))
                ? Optional.empty()
                : Optional.of(Refused.because("tag.pad"));
    }

    /** Written down in the same transaction as what the terminal said. A copy that was withdrawn meanwhile has no record. */
    @EventListener
    void written(TagWritten event) {
        collection
                .item(event.item())
                .ifPresent(item ->
                        written.item(Kind.TAG_WRITTEN, item.number(), item.titleId(), event.uid(), event.who()));
    }
}
