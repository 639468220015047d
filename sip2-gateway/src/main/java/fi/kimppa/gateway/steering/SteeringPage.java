package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** The page on which staff with the role ADMIN set how kiosks look and what they say, for every place. */
@Controller
@RequestMapping("/admin/kiosks")
class SteeringPage {
    private static final int CHANGES = 20;
    /** Stands for the consortium, which has no code, in an address. */
    private static final String NO_NAME = "-";

    /**
     * A place as a link.
     *
     * @param own how many of these settings are made there
     */
    record Place(String kind, String name, String text, long own) {}

    /** A municipality with what is in it. */
    record Group(Place place, List<Place> inside) {}

    private final Settings settings;
    private final Steering steering;
    private final Logos logos;
    private final Consortium consortium;
    private final SteeringTexts texts;

    SteeringPage(Settings settings, Steering steering, Logos logos, Consortium consortium, SteeringTexts texts) {
        this.settings = settings;
        this.steering = steering;
        this.logos = logos;
        this.consortium = consortium;
        this.texts = texts;
    }

    @GetMapping
    String everywhere(Model model, Locale language) {
        return page(Scope.CONSORTIUM, Optional.empty(), model, language);
    }

    @GetMapping("/{kind}/{name}")
    String page(@PathVariable String kind, @PathVariable String name, Model model, Locale language) {
        return page(scope(kind, name), Optional.empty(), model, language);
    }

    @PostMapping("/{kind}/{name}")
    String change(
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String value,
            @RequestParam Optional<String> inherit,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Scope scope = scope(kind, name);
        boolean ours =
                SteeringKeys.all().stream().anyMatch(known -> known.name().equals(key));
        Optional<SettingRefusal> refusal = ours
                ? settings.change(
                        scope, key, inherit.isPresent() ? Optional.empty() : Optional.of(value), who.getName())
                : Optional.of(new SettingRefusal.UnknownKey(key));
        return done(scope, refusal.map(why -> texts.refusal(why, language)), model, language, response);
    }

    /** A picture is brought, and is this place's logo from now on. */
    @PostMapping("/{kind}/{name}/logo")
    String logo(
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam MultipartFile file,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response)
            throws IOException {
        Scope scope = scope(kind, name);
        Optional<String> refused = switch (logos.bring(file.getBytes(), who.getName())) {
            case Logos.Brought.Kept(String digest) ->
                settings.change(scope, SteeringKeys.LOGO.name(), Optional.of(digest), who.getName())
                        .map(why -> texts.refusal(why, language));
            case Logos.Brought.Refused(Logos.Fault fault) -> Optional.of(texts.fault(fault, language));
        };
        return done(scope, refused, model, language, response);
    }

    /** A language is chosen by a link in the page that answered a form. */
    @GetMapping("/{kind}/{name}/logo")
    String form(@PathVariable String kind, @PathVariable String name) {
        return "redirect:/admin/kiosks/" + kind + "/" + name;
    }

    /** A picture as it is, for the page. */
    @GetMapping("/logos/{digest}.png")
    ResponseEntity<byte[]> picture(@PathVariable String digest) {
        return logos.find(digest)
                .map(png -> ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(png))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private String done(
            Scope scope, Optional<String> refused, Model model, Locale language, HttpServletResponse response) {
        if (refused.isEmpty()) {
            Place place = place(scope, language);
            return "redirect:/admin/kiosks/" + place.kind() + "/" + place.name();
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(scope, refused, model, language);
    }

    private String page(Scope scope, Optional<String> refused, Model model, Locale language) {
        model.addAttribute("place", place(scope, language));
        model.addAttribute("refused", refused);
        model.addAttribute(
                "path",
                settings.path(scope).stream().map(one -> place(one, language)).toList());
        model.addAttribute(
                "rows",
                SteeringKeys.all().stream()
                        .map(key -> texts.row(key, scope, language))
                        .toList());
        model.addAttribute(
                "preview", SteeringPreview.of(steering.colours(scope), steering.bins(scope), language.getLanguage()));
        model.addAttribute("consortiumPlace", place(Scope.CONSORTIUM, language));
        model.addAttribute(
                "groups",
                consortium.municipalities().stream()
                        .map(municipality -> group(municipality, language))
                        .toList());
        model.addAttribute(
                "changes",
                settings.changes(Optional.of(scope), CHANGES).stream()
                        .filter(change -> change.key().contains("kiosk."))
                        .map(change -> texts.change(change, language))
                        .toList());
        return "steering/page";
    }

    private Group group(Municipality municipality, Locale language) {
        List<Place> inside = new ArrayList<>();
        for (Branch branch : consortium.branches()) {
            if (branch.municipality().equals(municipality.code())) {
                inside.add(place(Scope.branch(branch.code()), language));
                consortium.terminals().stream()
                        .filter(terminal ->
                                terminal.branchCode().equals(branch.code()) && terminal.kind() == Terminal.Kind.KIOSK)
                        .forEach(terminal -> inside.add(place(Scope.device(terminal.login()), language)));
            }
        }
        return new Group(place(Scope.municipality(municipality.code()), language), inside);
    }

    private Place place(Scope scope, Locale language) {
        return new Place(
                scope.kind().name().toLowerCase(Locale.ROOT),
                scope.name().isEmpty() ? NO_NAME : scope.name(),
                texts.place(scope, language),
                SteeringKeys.all().stream()
                        .map(SettingKey::name)
                        .filter(settings.at(scope)::containsKey)
                        .count());
    }

    private Scope scope(String kind, String name) {
        return Arrays.stream(Scope.Kind.values())
                .filter(known -> known.name().equalsIgnoreCase(kind))
                .map(known -> new Scope(known, name.equals(NO_NAME) ? "" : name))
                .filter(settings::known)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
