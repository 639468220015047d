package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.gateway.backend.koha.Lookup.Holder;
import fi.kimppa.sip2.wire.Secret;
import java.util.Optional;

/** Who stands there and wants something changed. */
final class Customers {
    private final Lookup lookup;

    Customers(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The result of looking. */
    sealed interface Identity {}

    /** This patron, whose PIN is right or was not asked for. */
    record Customer(Patron patron) implements Identity {}

    /**
     * Nobody for whom anything may be done.
     *
     * @param text for the person at the machine
     */
    record Stranger(String text) implements Identity {}

    /** Who it is. An unknown card and a wrong PIN are told alike. */
    Identity identify(Visit visit, String card, Optional<Secret> pin) {
        return switch (lookup.holder(visit, card)) {
            case Holder.Nobody _ -> new Stranger("card.unknown");
            case Holder.Hidden _ -> new Stranger("card.hidden");
            case Holder.Known(Patron patron) ->
                lookup.pinIsRight(visit, patron, pin).orElse(true)
                        ? new Customer(patron)
                        : new Stranger("card.unknown");
        };
    }

    /**
     * The same, for loans that stand and for holds: whoever has found a lost card may do nothing with them. Koha itself
     * renews for it, and places and deletes holds in releases without {@code can_place_holds} (bug 40101).
     */
    Identity identifyHolder(Visit visit, String card, Optional<Secret> pin) {
        Identity identity = identify(visit, card, pin);
        return identity instanceof Customer(Patron patron) && patron.lost() ? new Stranger("card.lost") : identity;
    }
}
