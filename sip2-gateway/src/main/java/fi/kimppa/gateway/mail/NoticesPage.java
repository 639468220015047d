package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.mail.LetterTexts.Written;
import fi.kimppa.gateway.mail.Outbox.Failed;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff see what became of notices, try again what did not go, and look at the texts. */
@Controller
@RequestMapping("/notices")
class NoticesPage {
    private static final int SHOWN_DAYS = 14;
    private static final int MOST_FAILED = 100;

    /** A day as the page shows it. */
    record DayLine(String day, String iso, Outbox.Day figures) {}

    /**
     * A mail that did not go, as the page shows it.
     *
     * @param repeatable whether it can be tried again: of a receipt there is nothing left to send
     */
    record FailedLine(
            long id, String at, String atIso, String kind, String card, String reason, int tries, boolean repeatable) {}

    /** One of several to choose from. */
    record Choice(String value, String text, boolean chosen) {}

    private final Outbox outbox;
    private final MailSettings settings;
    private final LetterTexts texts;
    private final Consortium consortium;
    private final MessageSource messages;
    private final Clock clock;

    NoticesPage(
            Outbox outbox,
            MailSettings settings,
            LetterTexts texts,
            Consortium consortium,
            MessageSource messages,
            Clock clock) {
        this.outbox = outbox;
        this.settings = settings;
        this.texts = texts;
        this.consortium = consortium;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping
    String page(
            @RequestParam Optional<String> again,
            @RequestParam Optional<NoticeKind> kind,
            @RequestParam Optional<String> tongue,
            @RequestParam Optional<String> municipality,
            Model model,
            Locale language) {
        model.addAttribute("on", settings.on());
        model.addAttribute("again", again.isPresent());
        model.addAttribute(
                "days",
                outbox.days(today().minusDays(SHOWN_DAYS - 1)).stream()
                        .map(day ->
                                new DayLine(date(day.day(), language), day.day().toString(), day))
                        .toList());
        model.addAttribute(
                "failed",
                outbox.failed(MOST_FAILED).stream()
                        .map(one -> line(one, language))
                        .toList());
        Sample sample = sample(kind, tongue, municipality, language);
        model.addAttribute("sample", sample);
        model.addAttribute("mail", example(sample));
        model.addAttribute(
                "kinds",
                Arrays.stream(NoticeKind.values())
                        .map(one -> new Choice(one.name(), kind(one, language), one == sample.kind()))
                        .toList());
        model.addAttribute(
                "tongues",
                LetterTexts.LANGUAGES.stream()
                        .map(one -> new Choice(one, tongue(one), one.equals(sample.tongue())))
                        .toList());
        model.addAttribute(
                "municipalities",
                consortium.municipalities().stream()
                        .map(one ->
                                new Choice(one.code(), one.name(), one.code().equals(sample.municipality())))
                        .toList());
        return "mail/notices";
    }

    /**
     * Which mail is shown.
     *
     * @param tongue its language
     */
    record Sample(NoticeKind kind, String tongue, String municipality) {}

    private Sample sample(
            Optional<NoticeKind> kind, Optional<String> tongue, Optional<String> municipality, Locale language) {
        return new Sample(
                kind.orElse(NoticeKind.DUE_SOON),
                tongue.filter(LetterTexts.LANGUAGES::contains).orElse(language.getLanguage()),
                municipality
                        .flatMap(consortium::municipality)
                        .or(() -> consortium.municipalities().stream().findFirst())
                        .map(Municipality::code)
                        .orElse(""));
    }

    private Written example(Sample sample) {
        return texts.example(sample.kind(), sample.tongue(), sample.municipality(), today());
    }

    /** The same mail as HTML, as a mail program shows it. */
    @GetMapping("/example")
    ResponseEntity<String> html(
            @RequestParam Optional<NoticeKind> kind,
            @RequestParam Optional<String> tongue,
            @RequestParam Optional<String> municipality,
            Locale language) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(example(sample(kind, tongue, municipality, language)).html());
    }

    /** One that a colleague has tried again meanwhile is no matter. */
    @PostMapping("/{id}/again")
    String again(@PathVariable long id) {
        outbox.again(id, clock.instant(), settings.giveUp());
        return "redirect:/notices?again";
    }

    private FailedLine line(Failed mail, Locale language) {
        return new FailedLine(
                mail.id(),
                DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                        .format(mail.at().atZone(GatewayClock.ZONE)),
                mail.at().toString(),
                kind(mail.kind(), language),
                mail.card(),
                reason(mail.reason(), language),
                mail.tries(),
                mail.kind() != NoticeKind.RECEIPT);
    }

    private String reason(String reason, Locale language) {
        return switch (reason) {
            case SmtpAnswer.ADDRESS -> text(language, "notices.reason.address");
            case SmtpAnswer.LOGIN -> text(language, "notices.reason.login");
            case SmtpAnswer.TLS -> text(language, "notices.reason.tls");
            case SmtpAnswer.SILENCE -> text(language, "notices.reason.silence");
            case SmtpAnswer.LIBRARY -> text(language, "notices.reason.library");
            default -> text(language, "notices.reason.code", reason);
        };
    }

    private String kind(NoticeKind kind, Locale language) {
        return text(language, "notices.kind." + kind);
    }

    private static String tongue(String language) {
        Locale locale = Locale.of(language);
        String name = locale.getDisplayLanguage(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    private String date(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "date.pattern"), language)
                .format(day);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
