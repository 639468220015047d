package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.OverdueRules.Terms;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Fixes what a late loan costs when it ends or is renewed, within the caller's transaction. The rules are those of the branch where
 * it was lent, which a patron could know, wherever it comes back. Threads: any.
 */
@Component
class OverdueFees {
    private static final SettingKey<OverdueRates> RATES =
            SettingKey.form("fees.overdue", OverdueRates.NONE, "overdue-rates", OverdueRates::read, OverdueRates::text);
    private static final SettingKey<Integer> GRACE = SettingKey.whole("fees.overdue-grace", 0, 0, 60);
    private static final SettingKey<Integer> FREE_BELOW = SettingKey.whole("fees.overdue-free-below", 15, 0, 99);
    private static final SettingKey<Boolean> CLOSED_DAYS = SettingKey.yesNo("fees.overdue-closed-days", true);

    private final JdbcClient jdbc;
    private final Fees fees;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;

    OverdueFees(JdbcClient jdbc, Fees fees, Settings settings, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.fees = fees;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    @Bean
    static SettingGroup overdueSettings() {
        return new SettingGroup(List.of(RATES, GRACE, FREE_BELOW, CLOSED_DAYS));
    }

    /** A loan with what its fee depends on. */
    private record Late(String lentBranch, String type, LocalDate birthDate) {}

    /**
     * Makes the fee of a loan with its present due date, if there is one and it has not been made.
     *
     * @param until when it came back or was renewed, by the date of the machine that took it
     */
    void fix(LoanRow loan, ItemRow item, Instant until) {
        LocalDate due = loan.dueAt().atZoneSameInstant(clock.getZone()).toLocalDate();
        LocalDate last = LocalDate.ofInstant(until, clock.getZone());
        if (!last.isAfter(due)) {
            return;
        }
        Late late = jdbc.sql("""
                        select l.lent_branch, i.type, p.birth_date
                          from loans l
                          join items i on i.number = l.item
                          join patrons p on p.card = l.card
                         where l.id = :loan
                        """)
                .param("loan", loan.id())
                .query(Rows.of(Late.class))
                .single();
        OverdueRules.fee(terms(late), due, last, late.birthDate())
                .ifPresent(amount -> fees.makeForOverdue(loan, item, due, amount, late.lentBranch(), clock.instant()));
    }

    private Terms terms(Late late) {
        Scope place = Scope.branch(late.lentBranch());
        return new Terms(
                settings.value(RATES, place).of(late.type()),
                settings.value(GRACE, place),
                settings.value(FREE_BELOW, place),
                settings.value(CLOSED_DAYS, place) ? _ -> true : open(late.lentBranch()));
    }

    /** Whether a branch opens on a day; on every day where nobody knows the branch. */
    private Predicate<LocalDate> open(String branch) {
        return consortium
                .branch(branch)
                .<Predicate<LocalDate>>map(one -> one::opensOn)
                .orElse(_ -> true);
    }
}
