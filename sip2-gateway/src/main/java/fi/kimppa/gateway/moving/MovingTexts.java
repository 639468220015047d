package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.circulation.CutOverBooks.Moved;
import fi.kimppa.gateway.circulation.CutOverBooks.Replay;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOver.End;
import fi.kimppa.gateway.cutover.CutOver.State;
import fi.kimppa.gateway.cutover.CutOvers.Problem;
import fi.kimppa.gateway.moving.Collision.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says how far a change of a library system has come, and what is in its way, in the language of whoever reads. */
@Component
class MovingTexts {
    /** A change of a library system as pages show it. */
    record CutOverLine(
            long id,
            String municipality,
            String from,
            String to,
            String freeze,
            String freezeIso,
            String move,
            String moveIso,
            String state,
            String plannedBy,
            Optional<String> ended) {}

    /** A line of a file that is not taken. */
    record CollisionLine(int line, String kind, String before, String after, String reason) {}

    /** A change that the new library system has made. */
    record MovedLine(
            String at,
            String iso,
            String branch,
            String terminal,
            String command,
            String item,
            Optional<String> card,
            String replay,
            boolean refused) {}

    private final MessageSource messages;
    private final Consortium consortium;
    private final Clock clock;

    MovingTexts(MessageSource messages, Consortium consortium, Clock clock) {
        this.messages = messages;
        this.consortium = consortium;
        this.clock = clock;
    }

    CutOverLine line(CutOver one, Locale language) {
        return new CutOverLine(
                one.id(),
                consortium
                        .municipality(one.municipality())
                        .map(Municipality::name)
                        .orElse(one.municipality()),
                one.from(),
                one.to(),
                moment(one.freezesAt(), language),
                one.freezesAt().toString(),
                moment(one.movesAt(), language),
                one.movesAt().toString(),
                text(language, "moving.state." + one.state(clock.instant())),
                one.plannedBy(),
                one.ended().map(end -> ended(end, language)));
    }

    private String ended(End end, Locale language) {
        return text(
                language,
                "moving.ended",
                text(language, "moving.state." + end.state()),
                moment(end.at(), language),
                end.who());
    }

    /** What it is like while it is so. */
    String state(CutOver one, State state, Locale language) {
        return text(
                language,
                "moving.about." + state,
                one.from(),
                one.to(),
                moment(one.freezesAt(), language),
                moment(one.movesAt(), language));
    }

    String problem(Problem problem, Locale language) {
        return text(language, "moving.problem." + problem);
    }

    CollisionLine collision(Collision one, Locale language) {
        String kind = one.numbers().isEmpty() ? "" : text(language, "moving.kind." + one.numbers());
        return new CollisionLine(one.line(), kind, one.before(), one.after(), reason(one.reason(), language));
    }

    String reason(Reason reason, Locale language) {
        return text(language, "moving.reason." + reason);
    }

    MovedLine moved(Moved one, Locale language) {
        return new MovedLine(
                moment(one.at(), language),
                one.at().toString(),
                consortium.branch(one.branch()).map(Branch::name).orElse(one.branch()),
                one.terminal(),
                text(language, "message." + one.command()),
                one.item(),
                one.card(),
                text(language, "moving.replay." + one.replay()),
                one.replay() == Replay.REFUSED);
    }

    private String moment(Instant moment, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(moment.atZone(GatewayClock.ZONE));
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
