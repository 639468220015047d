package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.transit.Route.Problem;
import fi.kimppa.gateway.transit.TransitTexts.Choice;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff with the role ADMIN change the carrier's routes. */
@Controller
@RequestMapping("/admin/transit")
class RoutesPage {
    private static final String HERE = "redirect:/admin/transit";
    private static final int CHANGES = 20;
    /** Other settings change too; so many changes are looked through for those of this page. */
    private static final int LOOKED_THROUGH = 500;
    /** Places of the form behind the stops that a route has. */
    private static final int SPARE = 4;

    private static final int LEAST_PLACES = 8;
    private static final Route NEW = new Route(0, "", "", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), List.of());

    private final Routes routes;
    private final Settings settings;
    private final TransitTexts texts;

    RoutesPage(Routes routes, Settings settings, TransitTexts texts) {
        this.routes = routes;
        this.settings = settings;
        this.texts = texts;
    }

    /** @param edit the number of the route that the form shall show */
    @GetMapping
    String page(@RequestParam Optional<Long> edit, Model model, Locale language) {
        Route form = edit.flatMap(id -> routes.timetable().routes().stream()
                        .filter(route -> route.id() == id)
                        .findFirst())
                .orElse(NEW);
        return page(form, Optional.empty(), model, language);
    }

    private String page(Route form, Optional<String> refused, Model model, Locale language) {
        model.addAttribute(
                "routes",
                routes.timetable().routes().stream()
                        .map(route -> texts.route(route, language))
                        .toList());
        model.addAttribute("form", form);
        model.addAttribute("stops", places(form));
        model.addAttribute("longest", Route.LONGEST_NAME);
        model.addAttribute("refused", refused);
        model.addAttribute("branches", texts.branches());
        model.addAttribute(
                "days",
                Stream.of(DayOfWeek.values()).map(day -> day(day, language)).toList());
        model.addAttribute("chosen", form.days().stream().map(DayOfWeek::name).collect(Collectors.toSet()));
        model.addAttribute(
                "changes",
                settings.changes(Optional.empty(), LOOKED_THROUGH).stream()
                        .filter(change -> change.key().startsWith(Routes.KEY))
                        .limit(CHANGES)
                        .map(change -> texts.change(change, language))
                        .toList());
        return "transit/routes";
    }

    private static Choice day(DayOfWeek day, Locale language) {
        return new Choice(day.name(), day.getDisplayName(TextStyle.FULL_STANDALONE, language));
    }

    /** The stops in their places and empty places behind them. */
    private static List<String> places(Route form) {
        int count = Math.max(LEAST_PLACES, form.stops().size() + SPARE);
        return Stream.concat(
                        form.stops().stream(),
                        Collections.nCopies(count - form.stops().size(), "").stream())
                .toList();
    }

    /**
     * Adds a route, or changes the one whose number the form has.
     *
     * @param stop codes of branches; empty where a place of the form was left
     */
    @PostMapping
    String put(
            @RequestParam(defaultValue = "0") long id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String carrier,
            @RequestParam(required = false) Optional<Set<DayOfWeek>> day,
            @RequestParam(required = false) Optional<List<String>> stop,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        Route route = new Route(
                id,
                name.strip(),
                carrier.strip(),
                day.orElse(Set.of()),
                stop.orElse(List.of()).stream().filter(code -> !code.isEmpty()).toList());
        Optional<Problem> problem = routes.put(route, who.getName());
        if (problem.isEmpty()) {
            return HERE;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(route, problem.map(why -> texts.text(language, "routes.problem." + why)), model, language);
    }

    @PostMapping(path = "/{id}", params = "remove")
    String remove(@PathVariable long id, Principal who) {
        routes.remove(id, who.getName());
        return HERE;
    }
}
