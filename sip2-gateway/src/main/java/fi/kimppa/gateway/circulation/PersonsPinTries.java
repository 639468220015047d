package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.limits.PinTries;
import fi.kimppa.gateway.privacy.PersonalData;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Wrong PINs of a person's card. They are not erased: whoever asks could try again; a day after the last they are gone. */
@Component
class PersonsPinTries implements PersonalData {
    private final PinTries tries;

    PersonsPinTries(PinTries tries) {
        this.tries = tries;
    }

    @Override
    public List<Held> about(String card) {
        int used = tries.used(card);
        return used == 0 ? List.of() : List.of(new Held("tries", Map.of("wrong_pins", Integer.toString(used))));
    }

    @Override
    public Erasure erase(String card) {
        return new Erasure(0, tries.used(card) == 0 ? List.of() : List.of(new Kept("tomorrow", 1)));
    }
}
