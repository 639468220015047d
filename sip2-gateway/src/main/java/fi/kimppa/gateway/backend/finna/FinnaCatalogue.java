package fi.kimppa.gateway.backend.finna;

import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.catalogue.Availability;
import fi.kimppa.gateway.catalogue.Catalogue;
import fi.kimppa.gateway.catalogue.Found;
import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Query.By;
import fi.kimppa.gateway.catalogue.Title;
import fi.kimppa.gateway.consortium.RowForms;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Finna as a catalogue. {@code GET /v1/search} and {@code /v1/record} as its documentation has them
 * (https://www.kiwi.fi/pages/viewpage.action?pageId=53839221, https://api.finna.fi/v1?swagger).
 */
@Component
class FinnaCatalogue implements Catalogue {
    /** The building whose titles are searched, such as {@code 0/Vaski/}; empty for all of Finna. */
    static final SettingKey<String> BUILDING = RowForms.matching(
                    "finna.building", "building", "|[0-9]/[^\\s\"\\\\]{1,100}/")
            .forTheConsortium();

    /** What records of the library system begin with, such as {@code vaski}: behind it stands their number there. */
    static final SettingKey<String> RECORDS = RowForms.matching("finna.records", "records", "|[A-Za-z0-9_-]{1,32}")
            .forTheConsortium();

    private static final List<String> FIELDS =
            List.of("id", "title", "nonPresenterAuthors", "year", "subjects", "formats");

    private final FinnaClient finna;
    private final Settings settings;

    FinnaCatalogue(FinnaClient finna, Settings settings) {
        this.finna = finna;
        this.settings = settings;
    }

    @Bean
    static SettingGroup finnaSettings() {
        return new SettingGroup(List.of(BUILDING, RECORDS));
    }

    @Override
    public Source source() {
        return Source.FINNA;
    }

    @Override
    public Found search(Query query) {
        if (query.words().isEmpty()) {
            return Found.NOTHING;
        }
        // Signs and large words such as AND would be commands of its query language.
        Call call = within(fields(Call.get("search"), query.language())
                .query("lookfor", query.plain().toLowerCase(Locale.ROOT))
                .query("type", type(query.by()))
                .query("sort", "relevance,id asc")
                .query("page", Integer.toString(query.page()))
                .query("limit", Integer.toString(query.size())));
        return finna.ask(call)
                .map(answer -> new Found(
                        FinnaRecords.titles(answer), answer.path("resultCount").asInt(0), false, false))
                .orElse(Found.NOTHING);
    }

    @Override
    public Optional<Availability> title(String id, String language) {
        return finna.ask(fields(Call.get("record"), language).query("id", id))
                .flatMap(answer -> FinnaRecords.titles(answer).stream().findFirst())
                .map(title -> new Availability(title, Optional.empty(), localNumber(title.id()), 0, List.of()));
    }

    @Override
    public List<Title> added(LocalDate since, int most, String language) {
        Call call = within(fields(Call.get("search"), language)
                .query("lookfor", "")
                .query("type", type(By.ANY))
                .query("sort", "first_indexed desc")
                .query("filter[]", "first_indexed:\"[" + since + "T00:00:00Z TO *]\"")
                .query("page", "1")
                .query("limit", Integer.toString(most)));
        return finna.ask(call).map(FinnaRecords::titles).orElse(List.of());
    }

    /** Finna knows records, not things. */
    @Override
    public Optional<String> titleOf(String item) {
        return Optional.empty();
    }

    /** The record's number in the library system, where this is said to be one of its records. */
    private Optional<String> localNumber(String id) {
        String beginning = settings.value(RECORDS, Scope.CONSORTIUM) + ".";
        return beginning.length() > 1 && id.startsWith(beginning)
                ? Optional.of(id.substring(beginning.length()))
                : Optional.empty();
    }

    private Call within(Call call) {
        String building = settings.value(BUILDING, Scope.CONSORTIUM);
        return building.isEmpty() ? call : call.query("filter[]", "building:\"" + building + "\"");
    }

    private static Call fields(Call call, String language) {
        Call asked = call.header("User-Agent", "Kimppa").query("lng", language.equals("en") ? "en-gb" : language);
        for (String field : FIELDS) {
            asked = asked.query("field[]", field);
        }
        return asked;
    }

    private static String type(By by) {
        return switch (by) {
            case ANY -> "AllFields";
            case TITLE -> "Title";
            case AUTHOR -> "Author";
            case SUBJECT -> "Subject";
        };
    }
}
