package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Works and their copies at the desk: found, added and changed; copies that leave are {@link CounterWithdrawal}'s. */
@Component
class CounterCollection {
    /** How many works a search shows, and how many copies a work. */
    static final int MOST_FOUND = 50;

    static final int MOST_COPIES = 200;

    /** A work. */
    record Title(int id, int version, String title, String author, int ageLimit, String subjects) {}

    /** A work that was found, and how many copies there are. */
    record Hit(int id, String title, String author, int copies) {}

    /** A copy. */
    record Item(
            String number,
            int version,
            int titleId,
            String type,
            String homeBranch,
            String callNumber,
            String collection,
            int parts,
            boolean forLoan) {}

    private final JdbcClient jdbc;
    private final Consortium consortium;
    private final CounterRecord written;
    private final CounterPatrons changes;
    private final Work work;
    private final Clock clock;

    CounterCollection(
            JdbcClient jdbc,
            Consortium consortium,
            CounterRecord written,
            CounterPatrons changes,
            Work work,
            Clock clock) {
        this.jdbc = jdbc;
        this.consortium = consortium;
        this.written = written;
        this.changes = changes;
        this.work = work;
        this.clock = clock;
    }

    // ---- finding -----------------------------------------------------------------------------------------

    /** Works whose title or author begins so: one more than {@link #MOST_FOUND} when there are more. */
    List<Hit> find(String beginning) {
        return jdbc.sql("""
                        select t.id, t.title, t.author, (select count(*) from items i where i.title_id = t.id) as copies
                          from titles t
                         where ((name_key(t.title) collate "C") >= name_key(:text)
                                and (name_key(t.title) collate "C") < name_key(:text) || chr(1114111))
                            or ((name_key(t.author) collate "C") >= name_key(:text)
                                and (name_key(t.author) collate "C") < name_key(:text) || chr(1114111))
                         order by name_key(t.title) collate "C", t.author, t.id
                         limit :most
                        """)
                .param("text", beginning)
                .param("most", MOST_FOUND + 1)
                .query(Rows.of(Hit.class))
                .list();
    }

    Optional<Title> title(int id) {
        return jdbc.sql("select id, version, title, author, age_limit, subjects from titles where id = :id")
                .param("id", id)
                .query(Rows.of(Title.class))
                .optional();
    }

    Optional<Item> item(String number) {
        return jdbc.sql("""
                        select number, version, title_id, type, home_branch, call_number, collection, parts, for_loan
                          from items where number = :number
                        """).param("number", number).query(Rows.of(Item.class)).optional();
    }

    /** Numbers of the copies of a work, by home branch. */
    List<String> copies(int title) {
        return jdbc.sql("select number from items where title_id = :title order by home_branch, number limit :most")
                .param("title", title)
                .param("most", MOST_COPIES)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** How many wait for a work. */
    int waiting(int title) {
        return jdbc.sql("select count(*) from holds where title_id = :title and state = 'WAITING'")
                .param("title", title)
                .query(Integer.class)
                .single();
    }

    /** Codes of the types of things, by code. */
    List<String> types() {
        return jdbc.sql("select code from item_types order by code")
                .query((row, _) -> row.getString(1))
                .list();
    }

    // ---- what is wrong with a form -----------------------------------------------------------------------

    /** Why this copy cannot be added, by field. */
    Map<String, Refused> problemsOfNew(CounterItemForm form) {
        Map<String, Refused> problems = new LinkedHashMap<>();
        againstNumber(form)
                .or(() -> exists(form.number()) ? Optional.of(Refused.because("number.taken")) : Optional.empty())
                .ifPresent(why -> problems.put("number", why));
        problems.putAll(problems(form));
        return problems;
    }

    /** Why this copy cannot be changed so, by field: also the home, where another municipality's numbers are of another form. */
    Map<String, Refused> problemsOf(CounterItemForm form, Item before) {
        Map<String, Refused> problems = problems(form);
        if (!municipality(form.homeBranch()).equals(municipality(before.homeBranch()))) {
            againstNumber(form).ifPresent(why -> problems.putIfAbsent("homeBranch", why));
        }
        return problems;
    }

    private Map<String, Refused> problems(CounterItemForm form) {
        return form.problems(
                Set.copyOf(types()),
                consortium.branches().stream().map(Branch::code).collect(Collectors.toSet()));
    }

    private Optional<Refused> againstNumber(CounterItemForm form) {
        String municipality = municipality(form.homeBranch());
        Optional<String> owner = consortium.byNumber(Numbers.ITEM, form.number());
        return CounterNumbers.againstItem(
                form.number(),
                municipality,
                owner.filter(_ -> !municipality.isEmpty()),
                consortium.patterns(Numbers.ITEM, municipality),
                owner.flatMap(consortium::municipality).map(Municipality::name).orElse(""));
    }

    /** Code of the municipality of a branch; empty for a branch that nobody knows. */
    private String municipality(String branch) {
        return consortium.branch(branch).map(Branch::municipality).orElse("");
    }

    private boolean exists(String number) {
        return jdbc.sql("select exists (select from items where lower(number) = lower(:number))")
                .param("number", number)
                .query(Boolean.class)
                .single();
    }

    // ---- changes -----------------------------------------------------------------------------------------

    /** Adds a work without copies; says its number. */
    int add(CounterTitleForm form, String who) {
        return work.inTransaction(() -> {
            int id = jdbc.sql("""
                            insert into titles (title, author, age_limit, subjects, added_on)
                            values (:title, :author, :age, :subjects, :today) returning id
                            """)
                    .params(parameters(form))
                    .param("today", LocalDate.now(clock))
                    .query(Integer.class)
                    .single();
            written.title(Kind.TITLE_ADDED, id, "", who);
            return id;
        });
    }

    Saved change(int id, CounterTitleForm form, String who) {
        return changes.saved(() -> {
            int rows = jdbc.sql("""
                            update titles
                               set title = :title, author = :author, age_limit = :age, subjects = :subjects,
                                   version = version + 1
                             where id = :id and version = :version
                            """)
                    .params(parameters(form))
                    .param("id", id)
                    .param("version", form.version())
                    .update();
            if (rows == 1) {
                written.title(Kind.TITLE_CHANGED, id, "", who);
            }
            return rows;
        });
    }

    private static Map<String, Object> parameters(CounterTitleForm form) {
        return Map.of(
                "title", form.title(),
                "author", form.author(),
                "age", form.years(),
                "subjects", form.subjects());
    }

    /**
     * Adds a copy; it is at home.
     *
     * @return false if the number was taken at this very moment
     */
    boolean add(int title, CounterItemForm form, String who) {
        return work.inTransaction(() -> {
            int rows =
                    jdbc.sql("""
                            insert into items (number, title_id, type, home_branch, current_branch, call_number, collection,
                                               parts, for_loan)
                            values (:number, :title, :type, :home, :home, :call, :collection, :parts, :lent)
                            on conflict do nothing
                            """).params(parameters(form)).param("title", title).update();
            if (rows == 1) {
                written.item(Kind.ITEM_ADDED, form.number(), title, "", who);
            }
            return rows == 1;
        });
    }

    Saved change(Item before, CounterItemForm form, String who) {
        return changes.saved(() -> {
            int rows = jdbc.sql("""
                            update items
                               set type = :type, home_branch = :home, call_number = :call, collection = :collection,
                                   parts = :parts, for_loan = :lent, version = version + 1
                             where number = :number and version = :version
                            """)
                    .params(parameters(form))
                    .param("version", form.version())
                    .update();
            if (rows == 1) {
                String changed = String.join(
                        " ", CounterItemForm.of(before).differences(form).keySet());
                written.item(Kind.ITEM_CHANGED, before.number(), before.titleId(), changed, who);
            }
            return rows;
        });
    }

    private static Map<String, Object> parameters(CounterItemForm form) {
        return Map.of(
                "number", form.number(),
                "type", form.type(),
                "home", form.homeBranch(),
                "call", form.callNumber(),
                "collection", form.collection(),
                "parts", form.count(),
                "lent", form.forLoan());
    }
}
