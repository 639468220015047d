package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.catalogue.Catalogue.Source;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** The catalogue that the consortium has chosen. */
@Component
class Catalogues {
    static final SettingKey<Source> SOURCE =
            SettingKey.choice("catalogue.source", Source.OWN).forTheConsortium();

    private final Map<Source, Catalogue> parties;
    private final Settings settings;

    Catalogues(List<Catalogue> parties, Settings settings) {
        this.parties = parties.stream().collect(Collectors.toMap(Catalogue::source, Function.identity()));
        this.settings = settings;
    }

    @Bean
    static SettingGroup catalogueSettings() {
        return new SettingGroup(List.of(SOURCE));
    }

    /**
     * The one that holds now.
     *
     * @throws IllegalStateException if this gateway was built without it
     */
    Catalogue chosen() {
        Source source = settings.value(SOURCE, Scope.CONSORTIUM);
        Catalogue party = parties.get(source);
        if (party == null) {
            throw new IllegalStateException("no catalogue for " + source);
        }
        return party;
    }
}
