package fi.kimppa.gateway.consortium;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The bins of the whole consortium, for the branches that have none of their own. */
@Component
class BinSection implements ConsortiumSection {
    private static final List<Attribute> ATTRIBUTES = List.of(Attribute.needed(bin("")));

    private static final Map<String, SortSituation> SITUATIONS =
            Arrays.stream(SortSituation.values()).collect(Collectors.toMap(BinSection::text, one -> one));

    private final JdbcClient jdbc;

    BinSection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A situation as the file has it. */
    static String text(SortSituation situation) {
        return situation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A bin: one to four characters. */
    static SettingKey<String> bin(String name) {
        return RowForms.matching(name, "bin", "[^\\s\\p{Cntrl}|]{1,4}");
    }

    @Override
    public String name() {
        return "bins";
    }

    @Override
    public int place() {
        return 30;
    }

    @Override
    public SettingKey<?> row() {
        return SettingKey.choice("situation", SortSituation.STAFF);
    }

    @Override
    public List<Attribute> attributes(String row) {
        return ATTRIBUTES;
    }

    @Override
    public boolean flat() {
        return true;
    }

    /** Without a bin for each situation nobody could say where a thing goes. */
    @Override
    public Set<String> neededRows() {
        return SITUATIONS.keySet();
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        jdbc.sql("select situation, bin from sort_bins where branch_code is null")
                .query((row, _) -> rows.put(
                        text(SortSituation.valueOf(row.getString("situation"))),
                        new TreeMap<>(Map.of("", row.getString("bin")))))
                .list();
        return rows;
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        jdbc.sql("""
                        insert into sort_bins (branch_code, situation, bin) values (null, :situation, :bin)
                        on conflict (branch_code, situation) do update set bin = excluded.bin""")
                .param("situation", situation(row))
                .param("bin", said.get(""))
                .update();
    }

    @Override
    public void remove(String row) {
        jdbc.sql("delete from sort_bins where branch_code is null and situation = :situation")
                .param("situation", situation(row))
                .update();
    }

    private static String situation(String row) {
        return row.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
