package fi.kimppa.gateway.consortium;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The settings that the consortium has locked, each with the reason. */
@Component
class LockSection implements ConsortiumSection {
    private static final List<Attribute> ATTRIBUTES =
            List.of(Attribute.needed(RowForms.matching("", "note", "\\P{Cntrl}{0,500}")));

    private final Settings settings;
    private final SettingRows rows;

    LockSection(Settings settings, JdbcClient jdbc, Clock clock) {
        this.settings = settings;
        this.rows = new SettingRows(jdbc, clock);
    }

    @Override
    public String name() {
        return LOCKS;
    }

    @Override
    public int place() {
        return 60;
    }

    @Override
    public SettingKey<?> row() {
        return SettingKey.form(
                "setting", "", "setting", text -> settings.key(text.strip()).map(SettingKey::name), name -> name);
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
    public Settings.Entry entry(String row, String attribute, Optional<String> before, Optional<String> after) {
        return new Settings.Entry(Scope.CONSORTIUM, Settings.LOCK + row, before, after);
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        SortedMap<String, SortedMap<String, String>> locks = new TreeMap<>();
        rows.read().locks().forEach((key, lock) -> {
            if (settings.key(key).isPresent()) {
                locks.put(key, new TreeMap<>(Map.of("", lock.why())));
            }
        });
        return locks;
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        rows.lock(row, who, said.getOrDefault("", ""));
    }

    @Override
    public void remove(String row) {
        rows.unlock(row);
    }
}
