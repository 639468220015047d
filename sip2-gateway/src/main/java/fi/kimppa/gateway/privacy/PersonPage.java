package fi.kimppa.gateway.privacy;

import fi.kimppa.gateway.privacy.PersonalData.Erasure;
import fi.kimppa.gateway.privacy.PersonalData.Held;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page on which staff with the role ADMIN give a person what is held about them, and erase it. The card comes by form, never in an
 * address, where logs and histories would keep it.
 */
@Controller
@RequestMapping("/admin/person")
class PersonPage {
    private static final String PAGE = "privacy/person";

    /**
     * How many records of one kind there are.
     *
     * @param name of the kind, for people
     */
    record Count(String name, long records) {}

    private final Person person;
    private final MessageSource messages;
    private final JsonMapper json;

    PersonPage(Person person, MessageSource messages, JsonMapper json) {
        this.person = person;
        this.messages = messages;
        this.json = json;
    }

    @GetMapping
    String page(Model model) {
        return shown(Optional.empty(), model);
    }

    private static String shown(Optional<String> trouble, Model model) {
        model.addAttribute("trouble", trouble);
        for (String absent : List.of("card", "counts", "erased", "kept")) {
            if (!model.containsAttribute(absent)) {
                model.addAttribute(absent, Optional.empty());
            }
        }
        return PAGE;
    }

    @PostMapping
    String look(@RequestParam(defaultValue = "") String card, Principal who, Model model, Locale language) {
        if (card.isBlank()) {
            return shown(Optional.of(text(language, "person.card.missing")), model);
        }
        String number = card.strip();
        model.addAttribute("card", Optional.of(number));
        model.addAttribute("counts", Optional.of(counts(person.about(number, who.getName()), language)));
        return shown(Optional.empty(), model);
    }

    private List<Count> counts(List<Held> held, Locale language) {
        Map<String, Long> byKind =
                held.stream().collect(Collectors.groupingBy(Held::kind, LinkedHashMap::new, Collectors.counting()));
        return byKind.entrySet().stream()
                .map(kind -> new Count(text(language, "person.kind." + kind.getKey()), kind.getValue()))
                .toList();
    }

    /** The file that the person is given: every record with its facts. */
    @PostMapping("/file")
    void file(@RequestParam String card, Principal who, HttpServletResponse response) throws IOException {
        List<Held> held = person.about(card.strip(), who.getName());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("person.json").build().toString());
        response.getOutputStream()
                .write(json.writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(Map.of("card", card.strip(), "records", held)));
    }

    @PostMapping("/erasure")
    String erase(
            @RequestParam String card,
            @RequestParam(defaultValue = "false") boolean sure,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        if (!sure) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("card", Optional.of(card.strip()));
            return shown(Optional.of(text(language, "person.sure.missing")), model);
        }
        Erasure erasure = person.erase(card.strip(), who.getName());
        model.addAttribute("erased", Optional.of(erasure.erased()));
        model.addAttribute(
                "kept",
                Optional.of(erasure.kept().stream()
                        .map(kept -> text(language, "person.kept." + kept.reason(), kept.records()))
                        .toList()));
        return shown(Optional.empty(), model);
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
