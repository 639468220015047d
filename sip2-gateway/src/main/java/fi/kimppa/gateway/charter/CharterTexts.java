package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.CharterDiff.Row;
import fi.kimppa.gateway.charter.CharterDiff.Text;
import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import fi.kimppa.gateway.consortium.SettingRefusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says places, settings, agreements, and what a file would do or why it cannot, in the language of whoever reads. */
@Component
class CharterTexts {
    /** A row of the diff as people read it. */
    record DiffLine(
            String fate,
            String fateText,
            String name,
            Optional<String> line,
            List<TextLine> texts,
            Optional<String> remark) {}

    /** A text of a row. */
    record TextLine(String name, Optional<String> before, Optional<String> after) {}

    private final MessageSource messages;
    private final PlaceNames places;

    CharterTexts(MessageSource messages, PlaceNames places) {
        this.messages = messages;
        this.places = places;
    }

    // ---- the consortium ----------------------------------------------------------------------------------

    /** A place as people call it. */
    String place(Scope scope, Locale language) {
        return places.of(scope, language);
    }

    /** What people call a setting. */
    String setting(String key, Locale language) {
        return word(language, "setting.", key.replaceFirst("^sip\\.", ""));
    }

    /** A value as people read it. */
    String value(String text, Locale language) {
        return text.isEmpty() ? text(language, "charter.empty") : word(language, "choice.", text);
    }

    /** What was agreed, in sentences. */
    List<String> agreement(Agreement agreement, Locale language) {
        List<String> sentences = new ArrayList<>();
        agreement.from().ifPresent(day -> sentences.add(text(language, "charter.agreement.from", day(day, language))));
        agreement
                .until()
                .ifPresent(day -> sentences.add(text(language, "charter.agreement.until", day(day, language))));
        agreement.mostLoans().ifPresent(most -> sentences.add(text(language, "charter.agreement.most", most)));
        if (agreement.loanFee() > 0) {
            sentences.add(text(language, "charter.agreement.loan", money(agreement.loanFee(), language)));
        }
        if (agreement.renewalFee() > 0) {
            sentences.add(text(language, "charter.agreement.renewal", money(agreement.renewalFee(), language)));
        }
        if (agreement.holdFee() > 0) {
            sentences.add(text(language, "charter.agreement.hold", money(agreement.holdFee(), language)));
        }
        if (!agreement.holds()) {
            sentences.add(text(language, "charter.agreement.noholds"));
        }
        return sentences;
    }

    private static String money(int cents, Locale language) {
        return String.format(language, "%.2f", BigDecimal.valueOf(cents, 2));
    }

    String day(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "charter.day"), language)
                .format(day);
    }

    String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(GatewayClock.ZONE));
    }

    // ---- the file ----------------------------------------------------------------------------------------

    DiffLine line(Row row, Locale language) {
        return new DiffLine(
                row.fate().name().toLowerCase(Locale.ROOT),
                word(language, "charter.fate.", row.fate().name()),
                Lines.path(row.section().name(), row.name()),
                Optional.of(row.line()).filter(line -> line > 0).map(String::valueOf),
                row.texts().stream().map(CharterTexts::line).toList(),
                row.section().remark(row.fate()).map(word -> word(language, "charter.remark.", word)));
    }

    private static TextLine line(Text text) {
        return new TextLine(text.attribute(), text.before(), text.after());
    }

    /** A problem: the line, what it is about, what stands there and what may. */
    String problem(Problem problem, Locale language) {
        String sentence = text(
                language,
                "charter.problem." + problem.why(),
                problem.key(),
                found(problem, language),
                problem.allowed().map(allowed -> allowed(allowed, language)).orElse(""));
        return problem.line() > 0 ? text(language, "charter.line", String.valueOf(problem.line()), sentence) : sentence;
    }

    private String found(Problem problem, Locale language) {
        return switch (problem.why()) {
            case CONTRADICTION -> word(language, "charter.contradiction.", problem.found());
            case STILL_USED -> word(language, "charter.use.", problem.found());
            case SYNTAX,
                    SIZE,
                    SHAPE,
                    UNKNOWN,
                    VALUE,
                    TWICE,
                    MISSING,
                    NAMES_NOTHING,
                    NOT_UNIQUE,
                    LOCKED,
                    OTHER_CONSORTIUM,
                    STILL_NAMED -> problem.found();
        };
    }

    private String allowed(Allowed allowed, Locale language) {
        return switch (allowed) {
            case Allowed.OneOf(List<String> texts) -> String.join(", ", texts);
            case Allowed.Whole(int least, int most) ->
                text(language, "profile.allowed.whole", String.valueOf(least), String.valueOf(most));
            case Allowed.Form(String name) -> word(language, "allowed.", name);
        };
    }

    // ---- settings ----------------------------------------------------------------------------------------

    /** Why a change was not made. */
    String refusal(SettingRefusal refusal, Locale language) {
        return switch (refusal) {
            case SettingRefusal.UnknownKey(String key) -> text(language, "charter.refused.key", key);
            case SettingRefusal.BadValue(String key, String value, Allowed allowed) ->
                text(language, "profile.refused.value", setting(key, language), key, value, allowed(allowed, language));
            case SettingRefusal.UnknownScope(Scope scope) ->
                text(language, "profile.refused.place", scope.kind(), scope.name());
            case SettingRefusal.Locked(var lock) ->
                text(
                        language,
                        "setting.refused.locked",
                        setting(lock.key(), language),
                        lock.who(),
                        moment(lock.since(), language),
                        lock.why());
            case SettingRefusal.ConsortiumOnly(String key) ->
                text(language, "setting.refused.level", setting(key, language));
        };
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }

    /** The text for a word of the program; one that has no text here stands for itself. */
    String word(Locale language, String family, String word) {
        String other = messages.getMessage(family + "other", new Object[] {word}, language);
        String known = messages.getMessage(family + word, new Object[0], other, language);
        return known == null ? other : known;
    }
}
