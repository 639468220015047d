package fi.kimppa.gateway.consortium;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A library branch.
 *
 * @param code ASCII, 1 to 10 characters; AO of its terminals, CT and AQ on the wire
 * @param name with its letters, for people
 * @param municipality code of the municipality that runs it
 * @param isil whose things carry it on their tags
 * @param openingPeriods weekly, staffed and self-service ones side by side
 * @param closures the days on which it does not open all the same
 * @param minimumAge for coming in alone in self-service time, in whole years; 0 for none
 * @param phone the help number shown at its door
 */
public record Branch(
        String code,
        String name,
        String municipality,
        String isil,
        List<OpeningPeriod> openingPeriods,
        List<Closure> closures,
        int minimumAge,
        String phone) {
    /** Takes copies of the lists. */
    public Branch {
        openingPeriods = List.copyOf(openingPeriods);
        closures = List.copyOf(closures);
    }

    /** The mode at this local moment, staffed before self-service; empty when closed. */
    public Optional<ServiceMode> modeAt(LocalDateTime moment) {
        return openingPeriods.stream()
                .filter(period ->
                        period.begun(moment).filter(day -> !closedOn(day)).isPresent())
                .map(OpeningPeriod::mode)
                .min(Enum::compareTo);
    }

    /**
     * The first moment after this one at which it is open in another way, or closed; empty where that is not within a week.
     */
    public Optional<LocalDateTime> changeAfter(LocalDateTime moment) {
        Optional<ServiceMode> now = modeAt(moment);
        LocalDate yesterday = moment.toLocalDate().minusDays(1);
        return yesterday
                .datesUntil(yesterday.plusDays(10))
                .flatMap(date -> openingPeriods.stream()
                        .filter(period -> period.day() == date.getDayOfWeek())
                        .flatMap(period -> Stream.of(
                                date.atTime(period.from()),
                                date.atTime(period.from()).plus(period.length()))))
                .filter(moment::isBefore)
                .sorted()
                .filter(then -> !modeAt(then).equals(now))
                .findFirst();
    }

    /** Whether somebody has entered that it is closed on this day. */
    public boolean closedOn(LocalDate day) {
        return closures.stream().anyMatch(closure -> closure.covers(day));
    }

    /** Whether it opens on this day; where nobody has said when it is open, every day is one that is not closed. */
    public boolean opensOn(LocalDate day) {
        return !closedOn(day)
                && (openingPeriods.isEmpty()
                        || openingPeriods.stream().anyMatch(period -> period.day() == day.getDayOfWeek()));
    }

    /** The first day from this one on, itself included, on which it opens. */
    public LocalDate opensFrom(LocalDate day) {
        return Stream.iterate(day, next -> next.plusDays(1))
                .filter(this::opensOn)
                .findFirst()
                .orElseThrow();
    }

    /** The same branch with those of these closures that are about it. */
    public Branch closedAlso(Collection<Closure> more) {
        List<Closure> all = Stream.concat(closures.stream(), more.stream().filter(closure -> closure.concerns(this)))
                .toList();
        return new Branch(code, name, municipality, isil, openingPeriods, all, minimumAge, phone);
    }
}
