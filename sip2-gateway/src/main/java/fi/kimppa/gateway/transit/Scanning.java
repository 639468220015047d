package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.transit.Crate.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * What becomes of a code that staff scan at a branch: a thing that waits goes into the crate for its destination, one that was
 * expected has arrived, and so has a crate. May be used by several threads.
 */
@Component
class Scanning {
    /** How long a code may be, in characters: as a number in SIP2's messages. */
    static final int LONGEST_CODE = 64;

    private final Transit transit;
    private final Crates crates;

    Scanning(Transit transit, Crates crates) {
        this.transit = transit;
        this.crates = crates;
    }

    /** What it came to. */
    enum Said {
        /** The thing is in the crate now. */
        PACKED(true),
        /** The thing was in that crate already. */
        IN_CRATE(true),
        /** A thing that was expected here is here. */
        THING_ARRIVED(true),
        /** The thing travels, but neither from here nor to here. */
        THING_ELSEWHERE(false),
        /** Nothing is known of such a thing: it has to be returned at a machine first. */
        NOT_TRAVELLING(false),
        /** The crate is where it had to go. */
        CRATE_ARRIVED(true),
        /** The crate has to go to another branch. */
        CRATE_ELSEWHERE(false),
        /** There is no such crate. */
        NO_CRATE(false);

        private final boolean good;

        Said(boolean good) {
            this.good = good;
        }

        /** Whether it is what was wanted. */
        boolean good() {
            return good;
        }
    }

    /**
     * The answer to a scan.
     *
     * @param code what was scanned
     * @param destination code of the branch where it has to go, if that is known
     * @param crate the crate that it is or lies in
     */
    record Scanned(Said said, String code, Optional<String> destination, Optional<Crate> crate) {}

    /** Takes a code that was scanned at this branch. */
    Scanned at(String branch, String code) {
        OptionalLong crate = Crate.id(code);
        return crate.isPresent() ? crate(branch, code, crate.getAsLong()) : thing(branch, code);
    }

    private Scanned crate(String branch, String code, long id) {
        Optional<Crate> found = crates.find(id);
        if (found.isEmpty()) {
            return new Scanned(Said.NO_CRATE, code, Optional.empty(), found);
        }
        Optional<String> destination = found.map(Crate::destination);
        if (!found.get().destination().equals(branch)) {
            return new Scanned(Said.CRATE_ELSEWHERE, code, destination, found);
        }
        crates.arrive(id);
        return new Scanned(Said.CRATE_ARRIVED, code, destination, found);
    }

    private Scanned thing(String branch, String item) {
        Optional<ExpectedItem> travels = transit.travels(item);
        if (travels.isEmpty()) {
            return new Scanned(Said.NOT_TRAVELLING, item, Optional.empty(), Optional.empty());
        }
        Optional<String> destination = travels.map(ExpectedItem::destination);
        if (travels.get().destination().equals(branch)) {
            Optional<Crate> with = crates.with(item);
            transit.seen(item);
            return new Scanned(Said.THING_ARRIVED, item, destination, with);
        }
        if (!travels.get().origin().equals(branch)) {
            return new Scanned(Said.THING_ELSEWHERE, item, destination, Optional.empty());
        }
        Optional<Crate> with = crates.with(item);
        return with.isPresent()
                ? new Scanned(Said.IN_CRATE, item, destination, with)
                : new Scanned(Said.PACKED, item, destination, Optional.of(crates.pack(List.of(travels.get()))));
    }

    /** Notes a thing that was found in a crate that has arrived; one that had to come here has arrived with it. */
    void in(Crate crate, String item) {
        if (crate.state() == State.ARRIVED) {
            crates.see(crate.id(), item);
            transit.travels(item)
                    .filter(thing -> thing.destination().equals(crate.destination()))
                    .ifPresent(_ -> transit.seen(item));
        }
    }
}
