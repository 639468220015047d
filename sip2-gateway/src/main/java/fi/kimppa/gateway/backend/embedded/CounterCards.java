package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import fi.kimppa.gateway.circulation.CardClosed;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.limits.PinTries;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the desk does to a card: its PIN, its last day, whether it is lost, and another card in its place. */
@Component
class CounterCards {
    /** How many digits a PIN has; terminals have limits of their own, of the same size. */
    static final SettingKey<Integer> LEAST_DIGITS = SettingKey.whole("desk.pin-least", 4, 1, 20);

    static final SettingKey<Integer> MOST_DIGITS = SettingKey.whole("desk.pin-most", 10, 1, 20);

    /** Why a card is replaced. */
    enum Reason {
        LOST,
        DAMAGED
    }

    private final JdbcClient jdbc;
    private final CounterPatrons patrons;
    private final CounterRecord written;
    private final Settings settings;
    private final PinTries tries;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CounterCards(
            JdbcClient jdbc,
            CounterPatrons patrons,
            CounterRecord written,
            Settings settings,
            PinTries tries,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.patrons = patrons;
        this.written = written;
        this.settings = settings;
        this.tries = tries;
        this.events = events;
        this.clock = clock;
    }

    @Bean
    static SettingGroup deskSettings() {
        return new SettingGroup(List.of(LEAST_DIGITS, MOST_DIGITS));
    }

    // ---- the PIN -----------------------------------------------------------------------------------------

    /** Fewest digits of a PIN of a patron of this branch. */
    int leastDigits(String branch) {
        return settings.value(LEAST_DIGITS, Scope.branch(branch));
    }

    /** Most digits of a PIN of a patron of this branch; never fewer than the fewest. */
    int mostDigits(String branch) {
        return Math.max(leastDigits(branch), settings.value(MOST_DIGITS, Scope.branch(branch)));
    }

    /** Why this cannot be the PIN of a patron of this branch. */
    Optional<Refused> againstPin(String pin, String again, String branch) {
        if (!pin.matches("[0-9]*") || pin.length() < leastDigits(branch) || pin.length() > mostDigits(branch)) {
            return Optional.of(Refused.because(
                    "pin.form", Integer.toString(leastDigits(branch)), Integer.toString(mostDigits(branch))));
        }
        return pin.equals(again) ? Optional.empty() : Optional.of(Refused.because("pin.again"));
    }

    /** Sets the PIN; the card has all of its tries again. Whichever of two PINs comes last holds: both were said by the patron. */
    void setPin(CounterPatron patron, String pin, String who) {
        String hash = Pins.hash(pin);
        patrons.saved(() -> {
            int rows = jdbc.sql("update patrons set pin = :pin where id = :id")
                    .param("pin", hash)
                    .param("id", patron.id())
                    .update();
            forgetFailures(patron.card());
            return written(rows, Kind.PIN_SET, patron.id(), "", who);
        });
        tries.right(patron.card());
    }

    private void forgetFailures(String card) {
        jdbc.sql("delete from pin_failures where card = :card")
                .param("card", card)
                .update();
    }

    // ---- the card ----------------------------------------------------------------------------------------

    /** The last day of a card that is extended today. */
    LocalDate extended() {
        return patrons.today().plus(CounterPatronForm.CARD_HOLDS);
    }

    /** Lets the card hold for as long as a new one. */
    Saved extend(long id, int version, String who) {
        return patrons.saved(() -> {
            int rows = jdbc.sql("""
                            update patrons set expires_on = :last, version = version + 1
                             where id = :id and version = :version and replaced_by is null
                            """)
                    .param("last", extended())
                    .param("id", id)
                    .param("version", version)
                    .update();
            return written(rows, Kind.CARD_EXTENDED, id, extended().toString(), who);
        });
    }

    /** The card is lost, or was found. */
    Saved lost(long id, int version, boolean lost, String who) {
        return patrons.saved(() -> {
            int rows = jdbc.sql("""
                            update patrons set reported_lost = :lost, version = version + 1
                             where id = :id and version = :version and replaced_by is null
                            """)
                    .param("lost", lost)
                    .param("id", id)
                    .param("version", version)
                    .update();
            if (lost && rows == 1) {
                closed(jdbc.sql("select card from patrons where id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single());
            }
            return written(rows, lost ? Kind.CARD_LOST : Kind.CARD_FOUND, id, "", who);
        });
    }

    private void closed(String card) {
        events.publishEvent(new CardClosed(card));
    }

    /** Lifts what machines have blocked. */
    void liftBlocks(CounterPatron patron, String who) {
        patrons.saved(() -> {
            if (lifted(patron.card()) > 0) {
                written.patron(Kind.BLOCKS_LIFTED, patron.id(), "", "", who);
            }
            return 1;
        });
    }

    private int lifted(String card) {
        return jdbc.sql("update card_blocks set enabled_at = :now where card = :card and enabled_at is null")
                .param("now", OffsetDateTime.now(clock))
                .param("card", card)
                .update();
    }

    /**
     * Gives the patron another card. What is lent, held, owed and paid goes with the person; the old card answers as lost
     * from now on, under no name, and what was blocked about it is over.
     *
     * @param card the new one, against which nothing speaks
     */
    Saved replace(CounterPatron patron, int version, String card, Reason reason, String who) {
        return patrons.saved(() -> {
            // Machines that lend on the old card wait for this row; then they find the one that answers as lost.
            int rows = jdbc.sql("""
                            update patrons set card = :card, reported_lost = false, version = version + 1
                             where id = :id and version = :version and replaced_by is null
                            """)
                    .param("card", card)
                    .param("id", patron.id())
                    .param("version", version)
                    .update();
            if (rows == 1) {
                leave(patron);
                closed(patron.card());
                lifted(card);
                forgetFailures(card);
            }
            return written(rows, Kind.CARD_REPLACED, patron.id(), reason.name(), who);
        });
    }

    /** Its PIN stays, so that whoever has both hears that the card is lost rather than that it is unknown. */
    private void leave(CounterPatron patron) {
        jdbc.sql("""
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin,
                                             expires_on, reported_lost, replaced_by, language)
                        select :old, '', '', birth_date, category, home_branch, pin, expires_on, true, card, language
                          from patrons where id = :id
                        """).param("old", patron.card()).param("id", patron.id()).update();
        // What a machine could still take back would be written under the old card.
        jdbc.sql("""
                        delete from undo
                         where loan ->> 'card' = :old
                            or holds @> jsonb_build_array(jsonb_build_object('card', cast(:old as text)))
                        """).param("old", patron.card()).update();
    }

    private int written(int rows, Kind kind, long id, String what, String who) {
        if (rows == 1) {
            written.patron(kind, id, what, "", who);
        }
        return rows;
    }
}
