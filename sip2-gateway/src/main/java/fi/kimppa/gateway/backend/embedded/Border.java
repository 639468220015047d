package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.Agreements;
import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What agreements say to loans and holds over the border of a partner, or of a member that is one for a time. A card and a
 * thing are of the municipality of their home branch. Within the caller's transaction.
 */
@Component
class Border {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d.M.uuuu");

    private final Agreements agreements;
    private final Consortium consortium;
    private final JdbcClient jdbc;
    private final Clock clock;

    Border(Agreements agreements, Consortium consortium, JdbcClient jdbc, Clock clock) {
        this.agreements = agreements;
        this.consortium = consortium;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The agreements that a loan of this thing to this card touches. */
    List<Agreement> between(PatronRow patron, ItemRow item) {
        return agreements.between(municipality(patron.homeBranch()), municipality(item.homeBranch()));
    }

    /** The agreements that a hold of this card touches: its own, and that of the copy's owner where a copy is named. */
    List<Agreement> ofHold(PatronRow patron, Optional<ItemRow> copy) {
        return copy.map(item -> between(patron, item))
                .orElseGet(() -> consortium.agreement(municipality(patron.homeBranch())).stream()
                        .toList());
    }

    /** Code of the municipality of a branch; the branch's own where nobody knows it. */
    String municipality(String branch) {
        return consortium.branch(branch).map(Branch::municipality).orElse(branch);
    }

    /** Why there is no such loan. */
    Optional<Refused> againstLoan(List<Agreement> touched) {
        return touched.stream()
                .flatMap(
                        agreement -> AgreementRules.againstDates(agreement, name(agreement), today(), DAY)
                                .or(() -> againstNumber(agreement))
                                .stream())
                .findFirst();
    }

    /** Why a loan is not renewed. */
    Optional<Refused> againstRenewal(PatronRow patron, ItemRow item) {
        return between(patron, item).stream()
                .flatMap(agreement -> AgreementRules.againstDates(agreement, name(agreement), today(), DAY).stream())
                .findFirst();
    }

    /** What a renewal of a loan costs by these agreements. */
    static BigDecimal renewalFee(List<Agreement> touched) {
        return BigDecimal.valueOf(
                touched.stream().mapToLong(Agreement::renewalFee).sum(), 2);
    }

    /** Why there is no such hold. */
    Optional<Refused> againstHold(List<Agreement> touched) {
        return touched.stream()
                .flatMap(agreement -> AgreementRules.againstHold(agreement, name(agreement), today(), DAY).stream())
                .findFirst();
    }

    private String name(Agreement agreement) {
        return consortium
                .municipality(agreement.municipality())
                .map(Municipality::name)
                .orElse(agreement.municipality());
    }

    /** Counted under the lock of the agreement's row, so that two machines do not lend the last one both. */
    private Optional<Refused> againstNumber(Agreement agreement) {
        if (agreement.mostLoans().isEmpty()) {
            return Optional.empty();
        }
        jdbc.sql("select 1 from agreements where municipality = :municipality for no key update")
                .param("municipality", agreement.municipality())
                .query(Integer.class)
                .optional();
        long open = jdbc.sql("""
                        select count(*)
                          from loans l
                          join items i on i.number = l.item
                          join branches thing on thing.code = i.home_branch
                          join patrons p on p.card = l.card
                          join branches card on card.code = p.home_branch
                         where l.returned_at is null
                           and (thing.municipality = :municipality) <> (card.municipality = :municipality)
                        """)
                .param("municipality", agreement.municipality())
                .query(Long.class)
                .single();
        return AgreementRules.againstNumber(agreement, name(agreement), open);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
