package fi.kimppa.gateway.consortium;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The terminals of the file: without their passwords, which no file has. */
@Component
class TerminalSection implements ConsortiumSection {
    static final String NAME = "terminals";

    private static final List<Attribute> ATTRIBUTES = List.of(
            Attribute.needed(SettingKey.choice("kind", Terminal.Kind.KIOSK)),
            Attribute.needed(RowForms.branch("branch")).naming(BranchSection.NAME),
            Attribute.needed(RowForms.matching("institution", "institution", "[ -~&&[^|]]{0,64}")));

    private final JdbcClient jdbc;

    TerminalSection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int place() {
        return 50;
    }

    @Override
    public SettingKey<?> row() {
        return RowForms.matching("login", "login", "[!-~&&[^|]]{1,64}");
    }

    @Override
    public List<Attribute> attributes(String row) {
        return ATTRIBUTES;
    }

    @Override
    public Optional<String> remark(Fate fate) {
        return fate == Fate.ADDED ? Optional.of("password") : Optional.empty();
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        jdbc.sql("select login, kind, branch_code, institution_id from terminals")
                .query((row, _) -> rows.put(
                        row.getString("login"),
                        new TreeMap<>(Map.of(
                                "kind",
                                row.getString("kind").toLowerCase(Locale.ROOT),
                                "branch",
                                row.getString("branch_code"),
                                "institution",
                                row.getString("institution_id")))))
                .list();
        return rows;
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        jdbc.sql("""
                        insert into terminals (login, kind, branch_code, institution_id, password)
                        values (:login, :kind, :branch, :institution, :none)
                        on conflict (login) do update set kind = excluded.kind, branch_code = excluded.branch_code,
                                                          institution_id = excluded.institution_id""")
                .param("login", row)
                .param("kind", said.getOrDefault("kind", "kiosk").toUpperCase(Locale.ROOT))
                .param("branch", said.get("branch"))
                .param("institution", said.get("institution"))
                .param("none", TerminalPassword.NONE)
                .update();
    }

    @Override
    public void remove(String row) {
        jdbc.sql("delete from terminals where login = :login")
                .param("login", row)
                .update();
    }
}
