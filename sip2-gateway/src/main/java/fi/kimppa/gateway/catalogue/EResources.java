package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.consortium.Attribute;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.RowForms;
import fi.kimppa.gateway.consortium.SettingKey;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Electronic collections by municipality: a section of the consortium's file, and what kiosks show of it. */
@Component
class EResources implements ConsortiumSection {
    private static final String MUNICIPALITY = "municipality";
    private static final String PLACE = "place";
    private static final String ADDRESS = "address";
    private static final String USUAL_PLACE = "100";
    private static final String LABEL = "\\P{Cntrl}{1,64}";

    private static final List<Attribute> ATTRIBUTES = List.of(
            Attribute.needed(RowForms.matching("name.fi", "label", LABEL)),
            Attribute.optional(RowForms.matching("name.sv", "label", LABEL)),
            Attribute.optional(RowForms.matching("name.en", "label", LABEL)),
            Attribute.needed(RowForms.matching(ADDRESS, "web-address", "https?://[^\\s\\p{Cntrl}]{1,290}")),
            Attribute.optional(RowForms.matching(MUNICIPALITY, MUNICIPALITY, "[A-Z]{1,10}"))
                    .naming(MUNICIPALITIES),
            Attribute.optional(SettingKey.whole(PLACE, Integer.parseInt(USUAL_PLACE), 0, 999)));

    private final JdbcClient jdbc;

    EResources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A tile.
     *
     * @param address for people's own telephones
     */
    record Tile(String code, InLanguages name, String address) {}

    /** What a municipality's kiosks show, in their order. */
    List<Tile> shown(String municipality) {
        return jdbc.sql("""
                        select code, name_fi, name_sv, name_en, address from e_resources
                         where municipality is null or municipality = :municipality
                         order by place, code
                        """)
                .param("municipality", municipality)
                .query((row, _) -> new Tile(
                        row.getString("code"),
                        new InLanguages(row.getString("name_fi"), row.getString("name_sv"), row.getString("name_en"))
                                .filled(),
                        row.getString("address")))
                .list();
    }

    // ---- the section -------------------------------------------------------------------------------------

    @Override
    public String name() {
        return "e-resources";
    }

    @Override
    public int place() {
        return 95;
    }

    @Override
    public SettingKey<?> row() {
        return RowForms.matching("code", "e-resource", "[a-z0-9-]{1,32}");
    }

    @Override
    public List<Attribute> attributes(String row) {
        return ATTRIBUTES;
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        jdbc.sql("select code, municipality, place, name_fi, name_sv, name_en, address from e_resources")
                .query((row, _) -> {
                    Map<String, String> texts = new HashMap<>();
                    String municipality = row.getString(MUNICIPALITY);
                    texts.put(MUNICIPALITY, municipality == null ? "" : municipality);
                    texts.put(PLACE, row.getString(PLACE));
                    texts.put("name.fi", row.getString("name_fi"));
                    texts.put("name.sv", row.getString("name_sv"));
                    texts.put("name.en", row.getString("name_en"));
                    texts.put(ADDRESS, row.getString(ADDRESS));
                    return rows.put(row.getString("code"), RowForms.row(this, row.getString("code"), texts));
                })
                .list();
        return rows;
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        jdbc.sql("""
                        insert into e_resources (code, municipality, place, name_fi, name_sv, name_en, address)
                        values (:code, :municipality, :place, :fi, :sv, :en, :address)
                        on conflict (code) do update
                           set municipality = excluded.municipality, place = excluded.place, name_fi = excluded.name_fi,
                               name_sv = excluded.name_sv, name_en = excluded.name_en, address = excluded.address
                        """)
                .param("code", row)
                .param("municipality", municipality(said), Types.VARCHAR)
                .param("place", Integer.valueOf(said.getOrDefault(PLACE, USUAL_PLACE)))
                .param("fi", said.getOrDefault("name.fi", ""))
                .param("sv", said.getOrDefault("name.sv", ""))
                .param("en", said.getOrDefault("name.en", ""))
                .param("address", said.getOrDefault(ADDRESS, ""))
                .update();
    }

    private static @Nullable String municipality(SortedMap<String, String> said) {
        return said.get(MUNICIPALITY);
    }

    @Override
    public void remove(String row) {
        jdbc.sql("delete from e_resources where code = :code")
                .param("code", row)
                .update();
    }
}
