package fi.kimppa.gateway.transit;

import static java.util.stream.Collectors.groupingBy;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.csv.Csv;
import fi.kimppa.gateway.transit.Crate.State;
import fi.kimppa.gateway.transit.Scanning.Said;
import fi.kimppa.gateway.transit.Scanning.Scanned;
import fi.kimppa.gateway.transit.TransitTexts.CrateLine;
import fi.kimppa.gateway.transit.TransitTexts.ThingLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a branch expects and what it has to send, and the field into which its staff scan things and crates. */
@Controller
@RequestMapping("/transit")
class TransitPage {
    /**
     * What waits for one destination.
     *
     * @param code of the destination
     * @param waiting numbers of things that lie in no crate yet
     * @param crate the one that is being filled
     */
    record ToSend(String code, String name, List<String> waiting, Optional<CrateLine> crate) {}

    private final Transit transit;
    private final Crates crates;
    private final Routes routes;
    private final Scanning scanning;
    private final Consortium consortium;
    private final TransitTexts texts;

    TransitPage(
            Transit transit,
            Crates crates,
            Routes routes,
            Scanning scanning,
            Consortium consortium,
            TransitTexts texts) {
        this.transit = transit;
        this.crates = crates;
        this.routes = routes;
        this.scanning = scanning;
        this.consortium = consortium;
        this.texts = texts;
    }

    @GetMapping
    String page(@RequestParam Optional<String> branch, Model model, Locale language) {
        Optional<Branch> here = branch.flatMap(consortium::branch);
        model.addAttribute("branches", texts.branches());
        model.addAttribute("here", here);
        model.addAttribute("day", texts.today());
        model.addAttribute("code", here.map(Branch::code).orElse(""));
        here.ifPresent(one -> show(one.code(), model, language));
        return "transit/page";
    }

    private void show(String branch, Model model, Locale language) {
        Timetable timetable = routes.timetable();
        List<Crate> around = crates.around(branch);
        Lines lines = new Lines(around, timetable, language);
        Predicate<Crate> coming = crate ->
                crate.destination().equals(branch) && (crate.state() == State.CLOSED || crate.state() == State.SENT);
        List<ThingLine> loose = transit.looseFor(branch).stream()
                .map(thing -> texts.thing(thing, timetable, language))
                .toList();
        model.addAttribute("incoming", lines.of(coming));
        model.addAttribute("arrived", lines.of(crate -> crate.state() == State.ARRIVED));
        model.addAttribute("loose", loose);
        model.addAttribute(
                "today",
                texts.text(
                        language,
                        "transit.incoming.today",
                        lines.of(coming).stream().filter(CrateLine::today).count(),
                        loose.stream().filter(ThingLine::today).count()));
        model.addAttribute("toSend", toSend(branch, around, timetable, language));
        model.addAttribute("ready", lines.of(crate -> crate.origin().equals(branch) && crate.state() == State.CLOSED));
        model.addAttribute("sent", lines.of(crate -> crate.origin().equals(branch) && crate.state() == State.SENT));
        model.addAttribute("late", lines.of(crate -> crate.late(timetable, texts.today())));
        model.addAttribute("lateThings", loose.stream().filter(ThingLine::late).count());
        model.addAttribute(
                "routes",
                timetable.at(branch).stream()
                        .map(route -> texts.route(route, language))
                        .toList());
    }

    private final class Lines {
        private final List<Crate> all;
        private final Timetable timetable;
        private final Locale language;

        Lines(List<Crate> all, Timetable timetable, Locale language) {
            this.all = all;
            this.timetable = timetable;
            this.language = language;
        }

        List<CrateLine> of(Predicate<Crate> which) {
            return all.stream()
                    .filter(which)
                    .map(crate -> texts.crate(crate, timetable, language))
                    .toList();
        }
    }

    private List<ToSend> toSend(String branch, List<Crate> around, Timetable timetable, Locale language) {
        Map<String, List<String>> waiting = transit.waitingAt(branch).stream()
                .collect(groupingBy(
                        ExpectedItem::destination,
                        TreeMap::new,
                        Collectors.mapping(ExpectedItem::item, Collectors.toList())));
        Map<String, CrateLine> open = new TreeMap<>();
        around.stream()
                .filter(crate -> crate.origin().equals(branch) && crate.state() == State.OPEN)
                .forEach(crate -> open.put(crate.destination(), texts.crate(crate, timetable, language)));
        TreeSet<String> destinations = new TreeSet<>(waiting.keySet());
        destinations.addAll(open.keySet());
        return destinations.stream()
                .map(code -> new ToSend(
                        code,
                        texts.branch(code),
                        waiting.getOrDefault(code, List.of()),
                        Optional.ofNullable(open.get(code))))
                .toList();
    }

    // ---- deeds -------------------------------------------------------------------------------------------

    @PostMapping("/scan")
    String scan(@RequestParam String branch, @RequestParam String code, RedirectAttributes next, Locale language) {
        String scanned = code.strip();
        if (scanned.isEmpty() || scanned.length() > Scanning.LONGEST_CODE) {
            return back(branch);
        }
        Scanned answer = scanning.at(known(branch), scanned);
        next.addFlashAttribute("said", said(answer, language));
        next.addFlashAttribute("saidGood", answer.said().good());
        return answer.said() == Said.CRATE_ARRIVED
                ? "redirect:/transit/crates/" + answer.crate().orElseThrow().id()
                : back(branch);
    }

    private String said(Scanned answer, Locale language) {
        return texts.text(
                language,
                "transit.said." + answer.said(),
                answer.code(),
                answer.destination().map(texts::branch).orElse(""),
                answer.crate().map(Crate::code).orElse(""));
    }

    /** Everything that waits for a destination goes into its crate. */
    @PostMapping("/fill")
    String fill(@RequestParam String branch, @RequestParam String to) {
        List<ExpectedItem> waiting = transit.waitingAt(known(branch)).stream()
                .filter(thing -> thing.destination().equals(to))
                .toList();
        if (!waiting.isEmpty()) {
            crates.pack(waiting);
        }
        return back(branch);
    }

    /** The carrier has taken all crates that were closed here. */
    @PostMapping("/send")
    String send(@RequestParam String branch) {
        crates.around(known(branch)).stream()
                .filter(crate -> crate.origin().equals(branch) && crate.state() == State.CLOSED)
                .forEach(crate -> crates.send(crate.id()));
        return back(branch);
    }

    private String known(String branch) {
        return consortium
                .branch(branch)
                .map(Branch::code)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private String back(String branch) {
        return "redirect:/transit?branch=" + known(branch);
    }

    // ---- for the carrier ---------------------------------------------------------------------------------

    /** The tours of a day, stop by stop: codes of crates and how many things are in them, neither titles nor patrons. */
    @GetMapping("/carrier.csv")
    ResponseEntity<String> carrier(@RequestParam Optional<LocalDate> day, @RequestParam Optional<Long> route) {
        LocalDate when = day.orElseGet(texts::today);
        Stream<CarrierList.Stop> stops =
                CarrierList.of(routes.timetable(), crates.closed(), when, texts.today()).stream()
                        .filter(stop ->
                                route.filter(id -> id != stop.route().id()).isEmpty());
        return Csv.file(
                "carrier-" + when + ".csv",
                List.of(
                        "day",
                        "route",
                        "carrier",
                        "stop",
                        "branch",
                        "name",
                        "take_crates",
                        "take_items",
                        "bring_crates",
                        "bring_items"),
                stops.map(stop -> List.of(
                        when.toString(),
                        stop.route().name(),
                        stop.route().carrier(),
                        String.valueOf(stop.number()),
                        stop.branch(),
                        texts.branch(stop.branch()),
                        codes(stop.takes()),
                        String.valueOf(CarrierList.Stop.things(stop.takes())),
                        codes(stop.brings()),
                        String.valueOf(CarrierList.Stop.things(stop.brings())))));
    }

    private static String codes(List<Crate> crates) {
        return crates.stream().map(Crate::code).collect(Collectors.joining(" "));
    }
}
