package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which municipality card and item numbers belong to: two sections of the file with the same form. */
@Configuration(proxyBeanMethods = false)
class NumberSections {
    @Bean
    static ConsortiumSection cardNumbers(JdbcClient jdbc) {
        return new NumberSection(jdbc, "card-numbers", 40, Numbers.CARD);
    }

    @Bean
    static ConsortiumSection itemNumbers(JdbcClient jdbc) {
        return new NumberSection(jdbc, "item-numbers", 41, Numbers.ITEM);
    }

    private record NumberSection(JdbcClient jdbc, String name, int place, Numbers numbers)
            implements ConsortiumSection {
        private static final List<Attribute> ATTRIBUTES =
                List.of(Attribute.needed(RowForms.municipality("")).naming(MUNICIPALITIES));

        @Override
        public SettingKey<?> row() {
            return RowForms.matching("pattern", "pattern", "[^*\\p{Cntrl}]{1,64}\\*?");
        }

        @Override
        public List<Attribute> attributes(String row) {
            return ATTRIBUTES;
        }

        @Override
        public boolean flat() {
            return true;
        }

        @Override
        public SortedMap<String, SortedMap<String, String>> rows() {
            SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
            jdbc.sql("select pattern, municipality from number_rules where numbers = :numbers")
                    .param("numbers", numbers.name())
                    .query((row, _) -> rows.put(
                            row.getString("pattern"), new TreeMap<>(Map.of("", row.getString("municipality")))))
                    .list();
            return rows;
        }

        @Override
        public void put(String row, SortedMap<String, String> said, String who) {
            jdbc.sql("""
                            insert into number_rules (numbers, pattern, municipality)
                            values (:numbers, :pattern, :municipality)
                            on conflict (numbers, pattern) do update set municipality = excluded.municipality""")
                    .param("numbers", numbers.name())
                    .param("pattern", row)
                    .param("municipality", said.get(""))
                    .update();
        }

        @Override
        public void remove(String row) {
            jdbc.sql("delete from number_rules where numbers = :numbers and pattern = :pattern")
                    .param("numbers", numbers.name())
                    .param("pattern", row)
                    .update();
        }
    }
}
