package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The page on which staff with the role ADMIN capture one terminal's wire, and take captures home. */
@Controller
@RequestMapping("/admin/terminals/device/{terminal}/capture")
class CapturePage {
    private static final int DEEDS = 200;
    private static final List<Duration> TIMES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12),
            Duration.ofHours(24));
    private static final Duration USUAL = Duration.ofMinutes(15);

    /** A time that may be chosen. */
    record Choice(long minutes, boolean hours, long number, boolean chosen) {}

    private final Captures captures;
    private final CaptureStore store;
    private final CaptureFiles files;
    private final CaptureSettings settings;
    private final Settings record;
    private final Consortium consortium;
    private final CaptureTexts texts;

    CapturePage(
            Captures captures,
            CaptureStore store,
            CaptureFiles files,
            CaptureSettings settings,
            Settings record,
            Consortium consortium,
            CaptureTexts texts) {
        this.captures = captures;
        this.store = store;
        this.files = files;
        this.settings = settings;
        this.record = record;
        this.consortium = consortium;
        this.texts = texts;
    }

    @GetMapping
    String page(@PathVariable String terminal, Model model, Locale language) {
        return page(terminal(terminal), Optional.empty(), "", model, language);
    }

    private String page(Terminal terminal, Optional<String> refused, String reason, Model model, Locale language) {
        model.addAttribute("login", terminal.login());
        model.addAttribute("refused", refused);
        model.addAttribute("reason", reason);
        List<Capture> all = store.of(terminal.login());
        model.addAttribute("running", all.stream().anyMatch(Capture::running));
        model.addAttribute(
                "captures",
                all.stream().map(capture -> texts.line(capture, language)).toList());
        model.addAttribute("times", times());
        model.addAttribute("keep", settings.keep().toDays());
        model.addAttribute("keepUnmasked", settings.keepUnmasked().toDays());
        model.addAttribute("maxLines", settings.maxLines());
        model.addAttribute("maxSize", settings.maxSize().toMegabytes());
        model.addAttribute(
                "deeds",
                record.changes(Optional.of(Scope.device(terminal.login())), DEEDS).stream()
                        .filter(change -> change.key().startsWith(Captures.KEY))
                        .map(change -> texts.deed(change, language))
                        .toList());
        return "capture/page";
    }

    private List<Choice> times() {
        return TIMES.stream()
                .filter(time -> time.compareTo(settings.longest()) <= 0)
                .map(time -> new Choice(
                        time.toMinutes(),
                        time.toMinutes() % 60 == 0,
                        time.toMinutes() % 60 == 0 ? time.toHours() : time.toMinutes(),
                        time.equals(USUAL)))
                .toList();
    }

    @PostMapping
    String start(
            @PathVariable String terminal,
            @RequestParam int minutes,
            @RequestParam Optional<String> unmasked,
            @RequestParam(defaultValue = "") String reason,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Terminal whose = terminal(terminal);
        Optional<CaptureRefusal> refusal =
                captures.start(whose.login(), Duration.ofMinutes(minutes), unmasked.isEmpty(), reason, who.getName());
        if (refusal.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            String sentence = texts.refusal(refusal.get(), settings.longest(), language);
            return page(whose, Optional.of(sentence), reason, model, language);
        }
        return back(whose);
    }

    @PostMapping("/{id}/stop")
    String stop(@PathVariable String terminal, @PathVariable long id, Principal who) {
        captures.stop(capture(terminal, id), who.getName());
        return back(terminal(terminal));
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable String terminal, @PathVariable long id, Principal who) {
        captures.delete(capture(terminal, id), who.getName());
        return back(terminal(terminal));
    }

    /** The file. A form sends for it, not a link: that it was taken is written down, and a browser may follow links. */
    @PostMapping("/{id}/file")
    void file(@PathVariable String terminal, @PathVariable long id, Principal who, HttpServletResponse response)
            throws IOException {
        Capture capture = capture(terminal, id);
        captures.downloaded(capture, who.getName());
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(CaptureFiles.name(capture))
                        .build()
                        .toString());
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        files.write(capture, out);
        out.flush();
    }

    private String back(Terminal terminal) {
        return "redirect:/admin/terminals/device/" + terminal.login() + "/capture";
    }

    private Terminal terminal(String login) {
        return consortium.terminal(login).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Capture capture(String terminal, long id) {
        return store.find(id)
                .filter(capture -> capture.terminal().equals(terminal))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
