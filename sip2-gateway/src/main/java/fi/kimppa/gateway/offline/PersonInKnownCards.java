package fi.kimppa.gateway.offline;

import fi.kimppa.gateway.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** At which branches somebody's card is known, and since when. Erased at once: it borrows there without connection no more. */
@Component
class PersonInKnownCards implements PersonalData {
    private final KnownCards known;

    PersonInKnownCards(KnownCards known) {
        this.known = known;
    }

    @Override
    public List<Held> about(String card) {
        return known.of(known.branches(), card).stream()
                .map(sighting -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put("branch", sighting.branch());
                    facts.put("at", sighting.at().toString());
                    return new Held("offline", facts);
                })
                .toList();
    }

    @Override
    public Erasure erase(String card) {
        return new Erasure(known.erase(card), List.of());
    }
}
