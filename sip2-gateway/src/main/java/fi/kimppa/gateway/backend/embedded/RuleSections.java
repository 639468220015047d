package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Attribute;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.RowForms;
import fi.kimppa.gateway.consortium.SettingKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store's rules in the consortium's file: what kinds of patrons may have, and how long kinds of things are lent. */
@Configuration(proxyBeanMethods = false)
class RuleSections {
    private static final String CODE = "[A-Z0-9_]{1,16}";

    @Bean
    static ConsortiumSection patronCategories(JdbcClient jdbc) {
        return new PatronCategories(jdbc);
    }

    @Bean
    static ConsortiumSection itemTypes(JdbcClient jdbc) {
        return new ItemTypes(jdbc);
    }

    private static SettingKey<?> code() {
        return RowForms.matching("code", "category", CODE);
    }

    private static Attribute whole(String name, int least, int most) {
        return Attribute.needed(SettingKey.whole(name, least, least, most));
    }

    private record PatronCategories(JdbcClient jdbc) implements ConsortiumSection {
        private static final List<Attribute> ATTRIBUTES = List.of(
                whole("loans", 0, 9999),
                whole("holds", 0, 9999),
                whole("overdue", 0, 9999),
                Attribute.needed(
                        SettingKey.form("fees", "0.00", "amount", PatronCategories::amount, Function.identity())));

        private static Optional<String> amount(String text) {
            return Optional.of(text.strip())
                    .filter(one -> one.matches("\\d{1,6}(\\.\\d{1,2})?"))
                    .map(one -> new BigDecimal(one)
                            .setScale(2, RoundingMode.UNNECESSARY)
                            .toPlainString());
        }

        @Override
        public String name() {
            return "patron-categories";
        }

        @Override
        public int place() {
            return 80;
        }

        @Override
        public SettingKey<?> row() {
            return code();
        }

        @Override
        public List<Attribute> attributes(String row) {
            return ATTRIBUTES;
        }

        @Override
        public SortedMap<String, SortedMap<String, String>> rows() {
            SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
            jdbc.sql("select code, loan_limit, hold_limit, overdue_limit, fee_limit from patron_categories")
                    .query((row, _) -> rows.put(
                            row.getString("code"),
                            new TreeMap<>(Map.of(
                                    "loans", row.getString("loan_limit"),
                                    "holds", row.getString("hold_limit"),
                                    "overdue", row.getString("overdue_limit"),
                                    "fees", row.getBigDecimal("fee_limit").toPlainString()))))
                    .list();
            return rows;
        }

        @Override
        public void put(String row, SortedMap<String, String> said, String who) {
            jdbc.sql("""
                            insert into patron_categories (code, loan_limit, hold_limit, overdue_limit, fee_limit)
                            values (:code, :loans, :holds, :overdue, :fees)
                            on conflict (code) do update set loan_limit = excluded.loan_limit,
                                                             hold_limit = excluded.hold_limit,
                                                             overdue_limit = excluded.overdue_limit,
                                                             fee_limit = excluded.fee_limit""")
                    .param("code", row)
                    .param("loans", Integer.valueOf(said.getOrDefault("loans", "0")))
                    .param("holds", Integer.valueOf(said.getOrDefault("holds", "0")))
                    .param("overdue", Integer.valueOf(said.getOrDefault("overdue", "0")))
                    .param("fees", new BigDecimal(said.getOrDefault("fees", "0.00")))
                    .update();
        }

        @Override
        public void remove(String row) {
            jdbc.sql("delete from patron_categories where code = :code")
                    .param("code", row)
                    .update();
        }
    }

    private record ItemTypes(JdbcClient jdbc) implements ConsortiumSection {
        private static final List<Attribute> ATTRIBUTES = List.of(
                Attribute.needed(RowForms.matching("media-type", "media", "[0-9]{3}")),
                whole("loan-days", 1, 365),
                whole("renewals", 0, 99));

        @Override
        public String name() {
            return "item-types";
        }

        @Override
        public int place() {
            return 81;
        }

        @Override
        public SettingKey<?> row() {
            return code();
        }

        @Override
        public List<Attribute> attributes(String row) {
            return ATTRIBUTES;
        }

        @Override
        public SortedMap<String, SortedMap<String, String>> rows() {
            SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
            jdbc.sql("select code, media_type, loan_days, renewals from item_types")
                    .query((row, _) -> rows.put(
                            row.getString("code"),
                            new TreeMap<>(Map.of(
                                    "media-type", row.getString("media_type"),
                                    "loan-days", row.getString("loan_days"),
                                    "renewals", row.getString("renewals")))))
                    .list();
            return rows;
        }

        @Override
        public void put(String row, SortedMap<String, String> said, String who) {
            jdbc.sql("""
                            insert into item_types (code, media_type, loan_days, renewals)
                            values (:code, :media, :days, :renewals)
                            on conflict (code) do update set media_type = excluded.media_type,
                                                             loan_days = excluded.loan_days,
                                                             renewals = excluded.renewals""")
                    .param("code", row)
                    .param("media", said.get("media-type"))
                    .param("days", Integer.valueOf(said.getOrDefault("loan-days", "1")))
                    .param("renewals", Integer.valueOf(said.getOrDefault("renewals", "0")))
                    .update();
        }

        @Override
        public void remove(String row) {
            jdbc.sql("delete from item_types where code = :code")
                    .param("code", row)
                    .update();
        }
    }
}
