package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Patrons at the desk: found, registered and changed. Nothing is overwritten that somebody else has saved meanwhile:
 * every change names the version that it is based on.
 */
@Component
class CounterPatrons {
    /** How many a search shows. */
    static final int MOST_FOUND = 50;

    /** What became of a change. */
    enum Saved {
        DONE,
        /** Somebody else has saved meanwhile. */
        STALE,
        /** Somebody else has taken the card or the alias meanwhile. */
        TAKEN
    }

    /** One line of what was found. */
    record Hit(long id, String familyName, String givenName, String card, LocalDate birthDate, String homeBranch) {}

    /**
     * The patron whom a card leads to.
     *
     * @param replaced whether another card stands for this one now
     */
    record ByCard(long id, boolean replaced) {}

    private final JdbcClient jdbc;
    private final Consortium consortium;
    private final CounterRecord written;
    private final Work work;
    private final Clock clock;

    CounterPatrons(JdbcClient jdbc, Consortium consortium, CounterRecord written, Work work, Clock clock) {
        this.jdbc = jdbc;
        this.consortium = consortium;
        this.written = written;
        this.work = work;
        this.clock = clock;
    }

    // ---- finding -----------------------------------------------------------------------------------------

    /** Whose card this is or was; the case of letters matters only where two cards differ in nothing else. */
    Optional<ByCard> byCard(String card) {
        return jdbc.sql("""
                        select holder.id, p.replaced_by is not null as replaced
                          from patrons p
                          join patrons holder on holder.card = coalesce(p.replaced_by, p.card)
                         where lower(p.card) = lower(:card)
                         order by p.card = :card desc
                         limit 1
                        """).param("card", card).query(Rows.of(ByCard.class)).optional();
    }

    /** Those whose name begins so, family or given name first: one more than {@link #MOST_FOUND} when there are more. */
    List<Hit> byName(String beginning) {
        return jdbc.sql("""
                        select id, family_name, given_name, card, birth_date, home_branch
                          from patrons
                         where replaced_by is null
                           and (((name_key(family_name || ' ' || given_name) collate "C") >= name_key(:name)
                                 and (name_key(family_name || ' ' || given_name) collate "C")
                                     < name_key(:name) || chr(1114111))
                             or ((name_key(given_name || ' ' || family_name) collate "C") >= name_key(:name)
                                 and (name_key(given_name || ' ' || family_name) collate "C")
                                     < name_key(:name) || chr(1114111)))
                         order by name_key(family_name || ' ' || given_name) collate "C", birth_date, id
                         limit :most
                        """)
                .param("name", beginning)
                .param("most", MOST_FOUND + 1)
                .query(Rows.of(Hit.class))
                .list();
    }

    Optional<CounterPatron> patron(long id) {
        return jdbc.sql("""
                        select id, version, card, family_name, given_name, birth_date, category, home_branch, expires_on,
                               reported_lost, self_service, pickup_name, email, phone, language, pin <> '' as has_pin
                          from patrons
                         where id = :id and replaced_by is null
                        """).param("id", id).query(Rows.of(CounterPatron.class)).optional();
    }

    /** Codes of the categories, by code. */
    List<String> categories() {
        return jdbc.sql("select code from patron_categories order by code")
                .query((row, _) -> row.getString(1))
                .list();
    }

    // ---- what is wrong with a form -----------------------------------------------------------------------

    /** Why this patron cannot be registered, by field. */
    Map<String, Refused> problemsOfNew(CounterPatronForm form) {
        Map<String, Refused> problems = new LinkedHashMap<>();
        againstCard(form.card(), form.homeBranch()).ifPresent(why -> problems.put("card", why));
        problems.putAll(problems(form, 0));
        if (!problems.containsKey("expiresOn") && form.expires().isBefore(today())) {
            problems.put("expiresOn", Refused.because("date.past"));
        }
        return problems;
    }

    /** Why this patron cannot be changed so, by field. */
    Map<String, Refused> problems(CounterPatronForm form, long id) {
        Map<String, Refused> problems = form.problems(
                today(),
                Set.copyOf(categories()),
                consortium.branches().stream().map(Branch::code).collect(Collectors.toSet()));
        if (!form.pickupName().isEmpty() && exists("pickup_name = :text and id <> " + id, form.pickupName())) {
            problems.putIfAbsent("pickupName", Refused.because("alias.taken"));
        }
        return problems;
    }

    /** Why a patron of this branch cannot have this card. */
    Optional<Refused> againstCard(String card, String homeBranch) {
        return CounterNumbers.againstCard(
                        card,
                        consortium.byNumber(Numbers.CARD, card),
                        consortium
                                .branch(homeBranch)
                                .map(branch -> consortium.patterns(Numbers.CARD, branch.municipality()))
                                .orElse(List.of()))
                .or(() -> exists("lower(card) = lower(:text)", card)
                        ? Optional.of(Refused.because("card.taken"))
                        : Optional.empty());
    }

    private boolean exists(String which, String text) {
        return jdbc.sql("select exists (select from patrons where " + which + ")")
                .param("text", text)
                .query(Boolean.class)
                .single();
    }

    // ---- changes -----------------------------------------------------------------------------------------

    /**
     * Registers a patron, without a PIN.
     *
     * @param form without problems
     * @param who the member of staff
     * @return the patron's number; empty if card or alias were taken at this very moment
     */
    Optional<Long> add(CounterPatronForm form, String who) {
        return work.inTransaction(() -> {
            Optional<Long> id = jdbc.sql("""
                            insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin,
                                                 expires_on, self_service, pickup_name, email, phone, language)
                            values (:card, :family, :given, :born, :category, :branch, '', :expires, :alone, nullif(:alias, ''),
                                    :email, :phone, :language)
                            on conflict do nothing
                            returning id
                            """)
                    .param("card", form.card())
                    .params(parameters(form))
                    .query(Long.class)
                    .optional();
            id.ifPresent(one -> written.patron(Kind.PATRON_ADDED, one, "", "", who));
            return id;
        });
    }

    /**
     * Changes what a form says; the card and the PIN have changes of their own.
     *
     * @param form without problems
     * @param who the member of staff
     */
    Saved change(long id, CounterPatronForm form, String who) {
        return saved(() -> {
            Optional<Set<String>> changed = patron(id)
                    .map(CounterPatronForm::of)
                    .map(before -> before.differences(form).keySet());
            if (changed.filter(Set::isEmpty).isPresent()) {
                return 1;
            }
            int rows = jdbc.sql("""
                            update patrons
                               set family_name = :family, given_name = :given, birth_date = :born, category = :category,
                                   home_branch = :branch, expires_on = :expires, self_service = :alone,
                                   pickup_name = nullif(:alias, ''), email = :email, phone = :phone, language = :language,
                                   version = version + 1
                             where id = :id and version = :version and replaced_by is null
                            """)
                    .params(parameters(form))
                    .param("id", id)
                    .param("version", form.version())
                    .update();
            if (rows == 1) {
                written.patron(Kind.PATRON_CHANGED, id, String.join(" ", changed.orElse(Set.of())), "", who);
            }
            return rows;
        });
    }

    private static Map<String, Object> parameters(CounterPatronForm form) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("family", form.familyName());
        parameters.put("given", form.givenName());
        parameters.put("born", form.born());
        parameters.put("category", form.category());
        parameters.put("branch", form.homeBranch());
        parameters.put("expires", form.expires());
        parameters.put("alone", form.selfService());
        parameters.put("alias", form.pickupName());
        parameters.put("email", form.email());
        parameters.put("phone", form.phone());
        parameters.put("language", form.language());
        return parameters;
    }

    /** Changes one row of the version that its caller knows, within one transaction. */
    Saved saved(IntSupplier rows) {
        try {
            return work.inTransaction(() -> rows.getAsInt() == 1 ? Saved.DONE : Saved.STALE);
        } catch (BackendSilentException e) {
            if (e.getCause() instanceof DuplicateKeyException) {
                return Saved.TAKEN;
            }
            throw e;
        }
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
