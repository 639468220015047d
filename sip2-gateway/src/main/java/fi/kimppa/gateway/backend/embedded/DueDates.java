package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Consortium;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.stereotype.Component;

/** Until when things are lent and held: {@link LoanRules} with the days on which branches are open. May be used by several threads. */
@Component
class DueDates {
    private final Consortium consortium;
    private final Clock clock;

    DueDates(Consortium consortium, Clock clock) {
        this.consortium = consortium;
        this.clock = clock;
    }

    /**
     * When a loan that begins or is renewed today is due.
     *
     * @param branch code of the branch where it was made
     */
    OffsetDateTime of(ItemRow item, String branch) {
        return LoanRules.due(item, LocalDate.now(clock), consortium.branch(branch), clock.getZone());
    }

    /**
     * Until when something stands on the hold shelf.
     *
     * @param pickupBranch code of the branch where the shelf is
     */
    OffsetDateTime lastOnShelf(OffsetDateTime readyAt, String pickupBranch) {
        return LoanRules.lastOnShelf(readyAt, consortium.branch(pickupBranch), clock.getZone());
    }
}
