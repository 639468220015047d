package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.mail.Letter.Thing;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Writes mails: subject, plain text and the same as HTML, in the language of the patron, with the words of the municipality in whose
 * name they go. The subject says nothing of what somebody reads, and no mail says a name or a card number. Threads: any.
 */
@Component
class LetterTexts {
    /** The languages that mails exist in, the first for all others, Northern Sámi among them. */
    static final List<String> LANGUAGES = List.of("fi", "sv", "en");

    private static final String BUNDLE = "fi.kimppa.gateway.mail.letters";

    private final Settings settings;
    private final Consortium consortium;
    private final MailSettings installation;

    LetterTexts(Settings settings, Consortium consortium, MailSettings installation) {
        this.settings = settings;
        this.consortium = consortium;
        this.installation = installation;
    }

    /**
     * A mail as it goes.
     *
     * @param sender address in whose name it goes
     * @param senderName what stands before that address
     * @param replyTo where answers go, if elsewhere
     * @param language of its words
     */
    record Written(
            String sender,
            String senderName,
            Optional<String> replyTo,
            String language,
            String subject,
            String plain,
            String html) {}

    /** The mail that says this. */
    Written write(NoticeKind kind, Letter letter) {
        String language = LANGUAGES.contains(letter.language()) ? letter.language() : LANGUAGES.getFirst();
        Scope place = Scope.municipality(letter.municipality());
        Words words = new Words(language);
        int count = letter.things().size();
        String own = settings.value(MailKeys.opening(kind, language), place);
        String opening = own.isEmpty() ? words.text(kind.word() + ".opening", count) : own;
        List<String> lines =
                letter.things().stream().map(thing -> words.line(kind, thing)).toList();
        String senderName = senderName(letter.municipality());
        List<String> end = Stream.of(
                        words.text(kind.word() + ".advice", count),
                        settings.value(MailKeys.closing(language), place),
                        words.text("greeting.end", senderName))
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
        String hello = words.text("greeting");
        return new Written(
                sender(place),
                senderName,
                Optional.of(settings.value(MailKeys.REPLY_TO, place)).filter(one -> !one.isEmpty()),
                language,
                words.text(kind.word() + ".subject", count),
                plain(hello, opening, letter.paper(), lines, end),
                html(language, hello, opening, letter.paper(), lines, end));
    }

    private String sender(Scope place) {
        String own = settings.value(MailKeys.SENDER, place);
        return own.isEmpty() ? installation.sender() : own;
    }

    private String senderName(String municipality) {
        String own = settings.value(MailKeys.SENDER_NAME, Scope.municipality(municipality));
        return own.isEmpty()
                ? consortium.municipality(municipality).map(Municipality::name).orElse(municipality) + ", "
                        + consortium.name()
                : own;
    }

    private static String plain(
            String hello, String opening, Optional<String> paper, List<String> lines, List<String> end) {
        return Stream.of(
                        Stream.of(hello, opening),
                        Stream.of(paper.map(String::stripTrailing)
                                .orElseGet(() ->
                                        lines.stream().map(line -> "* " + line).collect(Collectors.joining("\n")))),
                        end.stream())
                .flatMap(paragraphs -> paragraphs)
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String html(
            String language,
            String hello,
            String opening,
            Optional<String> paper,
            List<String> lines,
            List<String> end) {
        Stream<String> middle = paper.map(text -> Stream.of("<pre>" + HtmlUtils.htmlEscape(text, "UTF-8") + "</pre>"))
                .orElseGet(() -> Stream.of(
                                Stream.of("<ul>"),
                                lines.stream().map(line -> "<li>" + HtmlUtils.htmlEscape(line, "UTF-8") + "</li>"),
                                Stream.of("</ul>"))
                        .flatMap(pieces -> pieces));
        return Stream.of(
                        Stream.of("<!DOCTYPE html>", "<html lang=\"" + language + "\">", "<body>"),
                        Stream.of(paragraph(hello), paragraph(opening)),
                        middle,
                        end.stream().map(LetterTexts::paragraph),
                        Stream.of("</body>", "</html>"))
                .flatMap(pieces -> pieces)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String paragraph(String text) {
        return "<p>" + HtmlUtils.htmlEscape(text, "UTF-8").replace("\n", "<br>\n") + "</p>";
    }

    /** What a mail of this kind looks like, about two things that everybody knows, on this day. */
    Written example(NoticeKind kind, String language, String municipality, LocalDate today) {
        LocalDate day = switch (kind) {
            case DUE_SOON -> today.plusDays(3);
            case OVERDUE -> today.minusDays(1);
            case HOLD_READY -> today.plusDays(7);
            case RECEIPT -> today.plusDays(28);
        };
        Optional<String> branch = Optional.of(kind)
                .filter(one -> one == NoticeKind.HOLD_READY)
                .map(_ -> consortium
                        .municipality(municipality)
                        .map(Municipality::name)
                        .orElse(municipality));
        Optional<String> name = branch.map(_ -> "Kettu 17");
        List<Thing> things = List.of(
                new Thing("Seitsemän veljestä / Kivi, Aleksis", day, branch, name),
                new Thing("Pappan och havet / Jansson, Tove", day, branch, name));
        return write(
                kind,
                kind == NoticeKind.RECEIPT
                        ? Letter.ofPaper(installation.sender(), language, municipality, paper(language, things))
                        : new Letter(installation.sender(), language, municipality, things));
    }

    /** What the kiosks of a library print is up to them; something like it. */
    private static String paper(String language, List<Thing> things) {
        Words words = new Words(LANGUAGES.contains(language) ? language : LANGUAGES.getFirst());
        return things.stream()
                .map(thing -> words.line(NoticeKind.RECEIPT, thing))
                .collect(Collectors.joining("\n"));
    }

    /** The sentences of one language. */
    private static final class Words {
        private final ResourceBundle bundle;
        private final Locale locale;

        Words(String language) {
            this.locale = Locale.of(language);
            this.bundle = ResourceBundle.getBundle(
                    BUNDLE,
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        }

        String text(String key, Object... values) {
            return new MessageFormat(bundle.getString(key), locale).format(values);
        }

        /** A title may come from elsewhere: what would break a line is a blank here. */
        String line(NoticeKind kind, Thing thing) {
            String day =
                    DateTimeFormatter.ofPattern(bundle.getString("day"), locale).format(thing.day());
            String name =
                    thing.pickupName().map(alias -> text("pickup-name", alias)).orElse("");
            return text(
                            kind.word() + ".line",
                            thing.title(),
                            day,
                            thing.branch().orElse(""),
                            name)
                    .replaceAll("\\p{Cntrl}+", " ");
        }
    }
}
