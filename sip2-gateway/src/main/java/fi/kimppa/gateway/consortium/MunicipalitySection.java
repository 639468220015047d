package fi.kimppa.gateway.consortium;

import java.sql.Types;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The municipalities of the file, each with its agreement. */
@Component
class MunicipalitySection implements ConsortiumSection {
    private static final String POPULATION = "population";
    private static final String FROM = "agreement.from";
    private static final String UNTIL = "agreement.until";
    private static final String MOST = "agreement.most-loans";
    private static final String LOAN_FEE = "agreement.loan-fee-cents";
    private static final String RENEWAL_FEE = "agreement.renewal-fee-cents";
    private static final String HOLD_FEE = "agreement.hold-fee-cents";
    private static final String HOLDS = "agreement.holds";

    private static final List<Attribute> ATTRIBUTES = List.of(
            Attribute.needed(RowForms.label("name")),
            Attribute.needed(RowForms.isil("isil")).butUnique(),
            Attribute.optional(RowForms.matching("library-system", "system", "[a-z][a-z0-9-]{0,31}")),
            Attribute.optional(SettingKey.yesNo("partner", false)),
            Attribute.optional(RowForms.matching(POPULATION, "count", "[1-9]\\d{0,7}")),
            Attribute.optional(RowForms.date(FROM)),
            Attribute.optional(RowForms.date(UNTIL)),
            Attribute.optional(RowForms.matching(MOST, "count", "0|[1-9]\\d{0,5}")),
            Attribute.optional(SettingKey.whole(LOAN_FEE, 0, 0, 99_999)),
            Attribute.optional(SettingKey.whole(RENEWAL_FEE, 0, 0, 99_999)),
            Attribute.optional(SettingKey.whole(HOLD_FEE, 0, 0, 99_999)),
            Attribute.optional(SettingKey.yesNo(HOLDS, true)));

    private final JdbcClient jdbc;

    MunicipalitySection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return MUNICIPALITIES;
    }

    @Override
    public int place() {
        return 10;
    }

    @Override
    public SettingKey<?> row() {
        return RowForms.municipality("code");
    }

    @Override
    public List<Attribute> attributes(String row) {
        return ATTRIBUTES;
    }

    @Override
    public Optional<String> contradiction(SortedMap<String, String> attributes) {
        Optional<LocalDate> from = Optional.ofNullable(attributes.get(FROM)).map(LocalDate::parse);
        Optional<LocalDate> until = Optional.ofNullable(attributes.get(UNTIL)).map(LocalDate::parse);
        return from.isPresent() && until.isPresent() && until.get().isBefore(from.get())
                ? Optional.of("dates")
                : Optional.empty();
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        Map<String, Agreement> agreements = new HashMap<>();
        jdbc.sql("""
                        select municipality, valid_from, valid_until, most_loans, loan_fee, renewal_fee, hold_fee, holds
                          from agreements""")
                .query(new SimplePropertyRowMapper<>(Agreement.Row.class))
                .list()
                .forEach(row -> agreements.put(row.municipality(), row.agreement()));
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        jdbc.sql("select code, name, isil, partner, library_system, population from municipalities")
                .query((row, _) -> new Municipality(
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("isil"),
                        row.getBoolean("partner"),
                        Optional.ofNullable(row.getString("library_system")),
                        Consortium.population(row.getObject("population", Integer.class))))
                .list()
                .forEach(one -> rows.put(one.code(), texts(one, Optional.ofNullable(agreements.get(one.code())))));
        return rows;
    }

    private SortedMap<String, String> texts(Municipality municipality, Optional<Agreement> agreement) {
        Map<String, String> texts = new HashMap<>();
        texts.put("name", municipality.name());
        texts.put("isil", municipality.isil());
        texts.put("library-system", municipality.librarySystem().orElse(""));
        texts.put("partner", municipality.partner() ? "yes" : "no");
        municipality.population().ifPresent(people -> texts.put(POPULATION, Integer.toString(people)));
        agreement.ifPresent(agreed -> {
            texts.put(FROM, agreed.from().map(LocalDate::toString).orElse(""));
            texts.put(UNTIL, agreed.until().map(LocalDate::toString).orElse(""));
            texts.put(MOST, agreed.mostLoans().map(String::valueOf).orElse(""));
            texts.put(LOAN_FEE, String.valueOf(agreed.loanFee()));
            texts.put(RENEWAL_FEE, String.valueOf(agreed.renewalFee()));
            texts.put(HOLD_FEE, String.valueOf(agreed.holdFee()));
            texts.put(HOLDS, agreed.holds() ? "yes" : "no");
        });
        return RowForms.row(this, municipality.code(), texts);
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        jdbc.sql("""
                        insert into municipalities (code, name, isil, partner, library_system, population)
                        values (:code, :name, :isil, :partner, :system, :population)
                        on conflict (code) do update set name = excluded.name, isil = excluded.isil,
                                                         partner = excluded.partner,
                                                         library_system = excluded.library_system,
                                                         population = excluded.population""")
                .param("code", row)
                .param("name", said.get("name"))
                .param("isil", said.get("isil"))
                .param("partner", "yes".equals(said.get("partner")))
                .param("system", said.get("library-system"), Types.VARCHAR)
                .param("population", number(said, POPULATION), Types.INTEGER)
                .update();
        jdbc.sql("delete from agreements where municipality = :code")
                .param("code", row)
                .update();
        if (said.keySet().stream().anyMatch(name -> name.startsWith("agreement."))) {
            jdbc.sql("""
                            insert into agreements
                                   (municipality, valid_from, valid_until, most_loans, loan_fee, renewal_fee, hold_fee, holds)
                            values (:code, :from, :until, :most, :loanFee, :renewalFee, :holdFee, :holds)""")
                    .param("code", row)
                    .param("from", day(said, FROM), Types.DATE)
                    .param("until", day(said, UNTIL), Types.DATE)
                    .param("most", number(said, MOST), Types.INTEGER)
                    .param("loanFee", Integer.valueOf(said.getOrDefault(LOAN_FEE, "0")))
                    .param("renewalFee", Integer.valueOf(said.getOrDefault(RENEWAL_FEE, "0")))
                    .param("holdFee", Integer.valueOf(said.getOrDefault(HOLD_FEE, "0")))
                    .param("holds", !"no".equals(said.get(HOLDS)))
                    .update();
        }
    }

    private static @Nullable LocalDate day(SortedMap<String, String> said, String name) {
        String text = said.get(name);
        return text == null ? null : LocalDate.parse(text);
    }

    private static @Nullable Integer number(SortedMap<String, String> said, String name) {
        String text = said.get(name);
        return text == null ? null : Integer.valueOf(text);
    }

    @Override
    public void remove(String row) {
        jdbc.sql("delete from municipalities where code = :code")
                .param("code", row)
                .update();
    }
}
