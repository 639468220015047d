package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.transit.Timetable.Leg;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what travels in the language of whoever reads. */
@Component
class TransitTexts {
    /** One of several values to choose from. */
    record Choice(String value, String text) {}

    /**
     * A crate as a row.
     *
     * @param state how far it has come
     * @param expected the day on which it should arrive, or that no route goes there
     * @param today whether that is today
     * @param by the names of the routes that carry it
     */
    record CrateLine(
            long id,
            String code,
            String from,
            String to,
            Crate.State step,
            String state,
            int packed,
            String expected,
            boolean today,
            String by,
            boolean late) {}

    /** A thing that travels outside crates. */
    record ThingLine(String item, String from, String since, String expected, boolean today, boolean late) {}

    /** A route as a row. */
    record RouteLine(long id, String name, String carrier, String days, String stops, String next) {}

    /** One line of the record of changes. */
    record ChangeLine(String at, String iso, String who, String where, String what, String before, String after) {}

    private final MessageSource messages;
    private final Consortium consortium;
    private final Clock clock;

    TransitTexts(MessageSource messages, Consortium consortium, Clock clock) {
        this.messages = messages;
        this.consortium = consortium;
        this.clock = clock;
    }

    LocalDate today() {
        return Crate.day(clock.instant());
    }

    CrateLine crate(Crate crate, Timetable timetable, Locale language) {
        List<Leg> way = crate.way(timetable, today());
        Optional<LocalDate> expected =
                way.isEmpty() ? Optional.empty() : Optional.of(way.getLast().delivered());
        return new CrateLine(
                crate.id(),
                crate.code(),
                branch(crate.origin()),
                branch(crate.destination()),
                crate.state(),
                text(language, "transit.state." + crate.state()),
                crate.packed(),
                expected(expected, language),
                expected.filter(today()::equals).isPresent(),
                way.stream().map(leg -> leg.route().name()).collect(Collectors.joining(", ")),
                crate.late(timetable, today()));
    }

    ThingLine thing(ExpectedItem thing, Timetable timetable, Locale language) {
        LocalDate sent = Crate.day(thing.sentAt());
        Optional<LocalDate> expected = timetable.expected(thing.origin(), thing.destination(), sent);
        return new ThingLine(
                thing.item(),
                branch(thing.origin()),
                date(sent, language),
                expected(expected, language),
                expected.filter(today()::equals).isPresent(),
                timetable.late(thing.origin(), thing.destination(), sent, today()));
    }

    private String expected(Optional<LocalDate> day, Locale language) {
        return day.map(one -> one.equals(today()) ? text(language, "transit.today") : date(one, language))
                .orElseGet(() -> text(language, "transit.no.route"));
    }

    RouteLine route(Route route, Locale language) {
        LocalDate today = today();
        LocalDate next = route.nextAfter(today.minusDays(1));
        return new RouteLine(
                route.id(),
                route.name(),
                route.carrier(),
                route.inOrder().stream()
                        .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, language))
                        .collect(Collectors.joining(", ")),
                route.stops().stream().map(this::branch).collect(Collectors.joining(" → ")),
                expected(Optional.of(next), language));
    }

    ChangeLine change(SettingChange change, Locale language) {
        String nothing = text(language, "profile.nothing");
        return new ChangeLine(
                moment(change.at(), language),
                change.at().toString(),
                change.who(),
                text(language, "profile.place.consortium", consortium.name()),
                text(language, "routes.changed", change.key().substring(Routes.KEY.length())),
                change.before().orElse(nothing),
                change.after().orElse(nothing));
    }

    String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(GatewayClock.ZONE));
    }

    String date(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "date.pattern"), language)
                .format(day);
    }

    String branch(String code) {
        return consortium.branch(code).map(Branch::name).orElse(code);
    }

    List<Choice> branches() {
        return consortium.branches().stream()
                .map(branch -> new Choice(branch.code(), branch.name()))
                .toList();
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
