package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.CharterImport.Outcome;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** What staff with the role ADMIN change on the consortium's page: settings, plans, locks, and all of it by a file. */
@Controller
@RequestMapping("/admin/consortium")
class CharterAdmin {
    private static final String HERE = "redirect:/consortium";
    private static final int LONGEST_NOTE = 500;

    private final CharterPage page;
    private final CharterImport imports;
    private final Settings settings;
    private final Consortium consortium;
    private final CharterTexts texts;
    private final Clock clock;

    CharterAdmin(
            CharterPage page,
            CharterImport imports,
            Settings settings,
            Consortium consortium,
            CharterTexts texts,
            Clock clock) {
        this.page = page;
        this.imports = imports;
        this.settings = settings;
        this.consortium = consortium;
        this.texts = texts;
        this.clock = clock;
    }

    /** A language is chosen by a link in the page that answered a form. */
    @GetMapping({"/settings", "/locks", "/import", "/import/confirmed"})
    String form() {
        return HERE;
    }

    // ---- settings ----------------------------------------------------------------------------------------

    /**
     * Sets a value, now or from a day on.
     *
     * @param from the first day; empty for at once
     * @param inherit there if the place shall inherit again
     */
    @PostMapping("/settings")
    String set(
            @RequestParam String key,
            @RequestParam String place,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String note,
            @RequestParam Optional<String> inherit,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Optional<LocalDate> day = day(from);
        if (day.isEmpty()) {
            return refused(texts.text(language, "charter.refused.day", from), model, language, response);
        }
        Optional<String> text = inherit.isPresent() ? Optional.empty() : Optional.of(value);
        return done(
                settings.plan(scope(place), key, day.get(), text, who.getName(), note(note)),
                model,
                language,
                response);
    }

    @PostMapping("/plans/remove")
    String unplan(@RequestParam String key, @RequestParam String place, @RequestParam String from, Principal who) {
        settings.unplan(
                scope(place),
                key,
                day(from).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST)),
                who.getName());
        return HERE;
    }

    @PostMapping("/locks")
    String lock(
            @RequestParam String key,
            @RequestParam(defaultValue = "") String why,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        return done(settings.lock(key, note(why), who.getName()), model, language, response);
    }

    @PostMapping("/locks/remove")
    String unlock(@RequestParam String key, Principal who) {
        settings.unlock(key, who.getName());
        return HERE;
    }

    private String done(Optional<SettingRefusal> refusal, Model model, Locale language, HttpServletResponse response) {
        return refusal.map(why -> refused(texts.refusal(why, language), model, language, response))
                .orElse(HERE);
    }

    private String refused(String sentence, Model model, Locale language, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page.page(model, Optional.of(sentence), language);
    }

    private static String note(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(line.length(), LONGEST_NOTE));
    }

    private Optional<LocalDate> day(String text) {
        try {
            return Optional.of(text.isBlank() ? LocalDate.now(clock) : LocalDate.parse(text.strip()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Scope scope(String target) {
        return Difference.places(consortium).stream()
                .filter(one -> CharterPage.target(one).equals(target))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    // ---- the file ----------------------------------------------------------------------------------------

    @GetMapping("/file")
    ResponseEntity<byte[]> download() {
        String name = consortium.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".yaml")
                                .build()
                                .toString())
                .body(imports.write().getBytes(StandardCharsets.UTF_8));
    }

    /** Shows what a file would do. */
    @PostMapping("/import")
    String rehearse(@RequestParam MultipartFile file, Model model, Locale language, HttpServletResponse response)
            throws IOException {
        Optional<String> text = text(file.getBytes());
        return text.map(read -> show(read, imports.rehearse(read), false, model, language))
                .orElseGet(() -> refused(texts.text(language, "charter.refused.file"), model, language, response));
    }

    /** Does what a dry run has shown; if the consortium is another one by now, shows what the file would do to that. */
    @PostMapping("/import/confirmed")
    String apply(@RequestParam String text, @RequestParam String seen, Principal who, Model model, Locale language) {
        // A form has its lines end with two characters.
        String lines = text.replace("\r\n", "\n");
        Outcome outcome = imports.apply(lines, seen, who.getName());
        return show(lines, outcome, !outcome.done(), model, language);
    }

    private String show(String text, Outcome outcome, boolean changed, Model model, Locale language) {
        model.addAttribute("text", text);
        model.addAttribute("seen", outcome.seen());
        model.addAttribute("done", outcome.done());
        model.addAttribute("changed", changed);
        model.addAttribute("possible", outcome.possible() && !outcome.done());
        model.addAttribute(
                "problems",
                outcome.diff().problems().stream()
                        .map(problem -> texts.problem(problem, language))
                        .toList());
        model.addAttribute(
                "rows",
                outcome.diff().rows().stream()
                        .map(row -> texts.line(row, language))
                        .toList());
        model.addAttribute("counts", counts(outcome, language));
        return "charter/import";
    }

    private String counts(Outcome outcome, Locale language) {
        Map<String, Long> counts = new HashMap<>();
        outcome.diff().rows().forEach(row -> counts.merge(row.fate().name(), 1L, Long::sum));
        return texts.text(
                language,
                "charter.counts",
                counts.getOrDefault("ADDED", 0L),
                counts.getOrDefault("CHANGED", 0L),
                counts.getOrDefault("REMOVED", 0L));
    }

    /** The text of a file in UTF-8; empty if it is something else. */
    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
