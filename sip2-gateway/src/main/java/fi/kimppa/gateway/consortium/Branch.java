package fi.kimppa.gateway.consortium;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A library branch.
 *
 * @param code ASCII, 1 to 10 characters; AO of its terminals, CT and AQ on the wire
 * @param name with its letters, for people
 * @param municipality code of the municipality that runs it
 * @param isil whose things carry it on their tags
 * @param openingPeriods weekly, staffed and self-service ones side by side
 * @param minimumAge for coming in alone in self-service time, in whole years; 0 for none
 * @param phone the help number shown at its door
 */
public record Branch(
        String code,
        String name,
        String municipality,
        String isil,
        List<OpeningPeriod> openingPeriods,
        int minimumAge,
        String phone) {
    /** Takes a copy of the list. */
    public Branch {
        openingPeriods = List.copyOf(openingPeriods);
    }

    /** The mode at this local moment, staffed before self-service; empty when closed. */
    public Optional<ServiceMode> modeAt(LocalDateTime moment) {
        return openingPeriods.stream()
                .filter(period -> period.contains(moment))
                .map(OpeningPeriod::mode)
                .min(Enum::compareTo);
    }
}
