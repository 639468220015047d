package fi.kimppa.gateway.fleet;

import static fi.kimppa.gateway.sip.ExchangeOutcome.BAD_CHECKSUM;
import static fi.kimppa.gateway.sip.ExchangeOutcome.MALFORMED;
import static fi.kimppa.gateway.sip.ExchangeOutcome.NOT_ALLOWED;
import static fi.kimppa.gateway.sip.ExchangeOutcome.NO_ANSWER;
import static fi.kimppa.gateway.sip.ExchangeOutcome.OK;
import static fi.kimppa.gateway.sip.ExchangeOutcome.REFUSED;
import static fi.kimppa.gateway.sip.ExchangeOutcome.UNKNOWN_COMMAND;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.fleet.TerminalState.Condition;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Turns states into words of a language: what the page's templates only have to place. */
@Component
class FleetTexts {
    /** A moment for people and for machines. */
    record Moment(String text, String iso) {}

    /**
     * A card of the page.
     *
     * @param id of its element
     * @param title what it is
     * @param login its name among machines
     * @param condition a word for the style sheet, in lower case
     * @param conditionText the same in words
     * @param since when the condition began
     * @param reasons why, each a sentence
     * @param facts what else is known, each a line
     * @param figures how its messages ended in the last hour, each a line
     * @param devices one line each
     * @param summary the whole in a sentence, for screen readers
     * @param trouble more is worse
     * @param change number of the last change
     */
    record Card(
            String id,
            String title,
            String login,
            String condition,
            String conditionText,
            Optional<Moment> since,
            List<String> reasons,
            List<String> facts,
            List<String> figures,
            List<DeviceLine> devices,
            String summary,
            int trouble,
            long change) {}

    /** One device of a card. */
    record DeviceLine(String name, String status, String statusText, Optional<String> reason, Moment since) {}

    /** One event of the list. */
    record EventLine(String id, Moment at, String terminal, String text, long change) {}

    private static final Set<Terminal.Kind> SPEAK_SIP2 = Set.of(Terminal.Kind.KIOSK, Terminal.Kind.SORTER);

    private final MessageSource messages;
    private final Consortium consortium;
    private final Fleet fleet;
    private final Clock clock;

    FleetTexts(MessageSource messages, Consortium consortium, Fleet fleet, Clock clock) {
        this.messages = messages;
        this.consortium = consortium;
        this.fleet = fleet;
        this.clock = clock;
    }

    Card card(Terminal terminal, Optional<TerminalState> heard, Locale language) {
        TerminalState state = heard.orElseGet(() -> TerminalState.unheard(terminal.login(), clock.instant()));
        String title = text(language, "terminal." + terminal.kind().name());
        String condition = text(language, "condition." + state.condition().name());
        List<String> reasons = reasons(state, language);
        List<DeviceLine> devices = state.report().map(TerminalState.Report::devices).orElse(List.of()).stream()
                .map(device -> device(device, state.condition() == Condition.SILENT, language))
                .toList();
        String branch =
                consortium.branch(terminal.branchCode()).map(Branch::name).orElse(terminal.branchCode());
        return new Card(
                "terminal-" + terminal.login(),
                title,
                terminal.login(),
                state.condition().name().toLowerCase(Locale.ROOT),
                condition,
                heard.map(_ -> moment(state.since(), language)),
                reasons,
                facts(state, SPEAK_SIP2.contains(terminal.kind()), language),
                figures(state, language),
                devices,
                text(language, "fleet.announce", branch, title, condition, String.join(" ", reasons)),
                List.of(Condition.values()).indexOf(state.condition()),
                state.change());
    }

    EventLine event(FleetEvent event, Locale language) {
        return new EventLine(
                "event-" + event.id(),
                moment(event.at(), language),
                event.terminal(),
                word(language, "event.", event.kind(), event.detail()),
                event.id());
    }

    /** All conditions as the style sheet and as people call them, the worst first. */
    Map<String, String> conditions(Locale language) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Condition condition : List.of(Condition.values()).reversed()) {
            words.put(condition.name().toLowerCase(Locale.ROOT), text(language, "condition." + condition.name()));
        }
        return words;
    }

    private List<String> reasons(TerminalState state, Locale language) {
        List<String> reasons = new ArrayList<>();
        if (state.condition() == Condition.SILENT) {
            reasons.add(text(language, "fleet.silent"));
            return reasons;
        }
        if (state.condition() == Condition.UNKNOWN) {
            reasons.add(state.line().isPresent() ? text(language, "fleet.away") : text(language, "fleet.unheard"));
        }
        state.report().ifPresent(report -> {
            if (report.state().equals(TerminalState.OUT_OF_SERVICE)) {
                reasons.add(text(language, "fleet.outofservice"));
            }
            report.devices().stream()
                    .filter(device -> !device.status().equals("READY"))
                    .map(device -> text(
                            language,
                            "fleet.device.reason",
                            word(language, "device.", device.kind(), device.device()),
                            word(language, "reason.", device.reason(), device.reason())))
                    .forEach(reasons::add);
            if (report.spooled() > report.loans()) {
                reasons.add(text(language, "fleet.spooled", report.spooled() - report.loans()));
            }
            if (report.loans() > 0) {
                reasons.add(text(language, "fleet.spooled.loans", report.loans()));
            }
            if (report.pendingSecurity() > 0) {
                reasons.add(text(language, "fleet.pending", report.pendingSecurity()));
            }
            report.refusal()
                    .ifPresent(said ->
                            reasons.add(text(language, "fleet.configuration.refused", said.refused(), said.why())));
        });
        state.line()
                .flatMap(TerminalState.Line::status)
                .filter(status -> status.code().equals(TerminalState.OUT_OF_PAPER))
                .ifPresent(_ -> reasons.add(text(language, "fleet.line.paper")));
        state.line()
                .flatMap(TerminalState.Line::clock)
                .map(clock -> messages.getMessage(
                        "clock." + clock.fault().name(),
                        new Object[] {
                            moment(clock.since(), language).text(),
                            clock.says().map(at -> moment(at, language).text()).orElse("–")
                        },
                        language))
                .ifPresent(reasons::add);
        return reasons;
    }

    /** What else is known; doors and staff pads speak HTTP alone, so that a missing SIP2 line says nothing of them. */
    private List<String> facts(TerminalState state, boolean lineExpected, Locale language) {
        List<String> facts = new ArrayList<>();
        state.report().ifPresent(report -> {
            if (state.condition() != Condition.SILENT) {
                facts.add(word(language, "state.", report.state(), report.state()));
            }
            facts.add(text(language, "fleet.software", report.software()));
            Optional.ofNullable(report.configuration()).ifPresent(said -> {
                if (!said.running().isEmpty()) {
                    facts.add(text(language, "fleet.configuration", said.running()));
                }
                if (!said.accepted().equals(said.running())) {
                    facts.add(text(language, "fleet.configuration.next", said.accepted()));
                }
            });
        });
        facts.addAll(state.line()
                .map(line -> lineFacts(line, language))
                .orElseGet(() -> lineExpected ? List.of(text(language, "fleet.line.none")) : List.of()));
        return facts;
    }

    private List<String> lineFacts(TerminalState.Line line, Locale language) {
        List<String> facts = new ArrayList<>();
        line.links().forEach(link -> {
            String since = moment(link.connections().since(), language).text();
            facts.add(
                    link.connections().encrypted()
                            ? text(language, "fleet.line.encrypted", since)
                            : text(language, "fleet.line.plain", since));
            if (link.connections().many() > 1) {
                facts.add(text(language, "fleet.line.many", link.connections().many()));
            }
            if (fleet.severalGateways()) {
                facts.add(text(language, "fleet.line.gateway", link.name()));
            }
        });
        line.lost()
                .ifPresent(at -> facts.add(
                        text(language, "fleet.line.lost", moment(at, language).text())));
        line.passing()
                .ifPresent(at -> facts.add(
                        text(language, "fleet.line.https", moment(at, language).text())));
        line.status()
                .ifPresent(status -> facts.add(text(
                        language,
                        "fleet.line.status",
                        moment(status.at(), language).text(),
                        word(language, "scstatus.", status.code(), status.code()))));
        facts.add(line.done()
                .map(done -> text(
                        language,
                        "fleet.line.done",
                        moment(done.at(), language).text(),
                        word(language, "message.", done.command(), done.command())))
                .orElseGet(() -> text(language, "fleet.line.nothing")));
        return facts;
    }

    /** What patrons were refused, and what a machine or a line did wrong. */
    private List<String> figures(TerminalState state, Locale language) {
        if (state.line().isEmpty()) {
            return List.of();
        }
        long answered = sum(state, OK, REFUSED);
        long notUnderstood = sum(state, MALFORMED, BAD_CHECKSUM, UNKNOWN_COMMAND);
        long silent = sum(state, NO_ANSWER);
        long notAllowed = sum(state, NOT_ALLOWED);
        List<String> figures = new ArrayList<>();
        figures.add(
                answered == 0
                        ? text(language, "fleet.hour.quiet")
                        : text(language, "fleet.hour.refused", sum(state, REFUSED), answered));
        if (notUnderstood > 0) {
            figures.add(text(
                    language,
                    "fleet.hour.nonsense",
                    notUnderstood,
                    sum(state, MALFORMED),
                    sum(state, BAD_CHECKSUM),
                    sum(state, UNKNOWN_COMMAND)));
        }
        if (notAllowed > 0) {
            figures.add(text(language, "fleet.hour.forbidden", notAllowed));
        }
        if (silent > 0) {
            figures.add(text(language, "fleet.hour.silent", silent));
        }
        return figures;
    }

    private static long sum(TerminalState state, ExchangeOutcome... outcomes) {
        return Arrays.stream(outcomes)
                .mapToLong(outcome -> state.lastHour().getOrDefault(outcome, 0L))
                .sum();
    }

    private DeviceLine device(DeviceReport.Device device, boolean stale, Locale language) {
        boolean ready = device.status().equals("READY");
        return new DeviceLine(
                word(language, "device.", device.kind(), device.device()),
                stale ? "stale" : device.status().toLowerCase(Locale.ROOT),
                word(language, "status.", stale ? "STALE" : device.status(), device.status()),
                ready || stale
                        ? Optional.empty()
                        : Optional.of(word(language, "reason.", device.reason(), device.reason())),
                moment(device.since(), language));
    }

    Moment moment(Instant at, Locale language) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(text(language, "time.pattern"), language);
        return new Moment(format.format(at.atZone(GatewayClock.ZONE)), at.toString());
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }

    /** The text for a word that a terminal said; a newer terminal may say one that has no text here. */
    private String word(Locale language, String prefix, String word, String detail) {
        String other = messages.getMessage(prefix + "other", new Object[] {word}, language);
        String known = messages.getMessage(prefix + word, new Object[] {detail}, other, language);
        return known == null ? other : known;
    }
}
