package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.fleet.FleetTexts.Card;
import fi.kimppa.gateway.fleet.FleetTexts.EventLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The staff's first page: all terminals by branch, and recent events. */
@Controller
class FleetPage {
    private static final int EVENTS = 30;

    /** The terminals of one branch, trouble first. */
    record Group(String id, String name, List<Card> cards) {
        int trouble() {
            return cards.getFirst().trouble();
        }
    }

    /** How many terminals are in a condition. */
    record Count(String condition, String text, long terminals) {}

    private final Fleet fleet;
    private final Consortium consortium;
    private final FleetTexts texts;

    FleetPage(Fleet fleet, Consortium consortium, FleetTexts texts) {
        this.fleet = fleet;
        this.consortium = consortium;
        this.texts = texts;
    }

    @GetMapping("/")
    String page(Model model, Locale language) {
        // Read before the rows: a change in between is then sent once more instead of being missed.
        long change = fleet.lastChange();
        List<Group> groups = groups(language);
        model.addAttribute("change", change);
        model.addAttribute("groups", groups);
        model.addAttribute("counts", counts(groups, language));
        model.addAttribute("events", events(language));
        return "fleet/page";
    }

    private List<Group> groups(Locale language) {
        Map<String, TerminalState> heard =
                fleet.terminals().stream().collect(Collectors.toMap(TerminalState::terminal, Function.identity()));
        Map<String, List<Card>> byBranch = new LinkedHashMap<>();
        for (Terminal terminal : consortium.terminals()) {
            byBranch.computeIfAbsent(terminal.branchCode(), _ -> new ArrayList<>())
                    .add(texts.card(terminal, Optional.ofNullable(heard.get(terminal.login())), language));
        }
        return consortium.branches().stream()
                .filter(branch -> byBranch.containsKey(branch.code()))
                .map(branch -> group(branch, byBranch.getOrDefault(branch.code(), List.of())))
                .sorted(Comparator.comparingInt(Group::trouble).reversed())
                .toList();
    }

    private static Group group(Branch branch, List<Card> cards) {
        return new Group(
                "branch-" + branch.code(),
                branch.name(),
                cards.stream()
                        .sorted(Comparator.comparingInt(Card::trouble).reversed())
                        .toList());
    }

    private List<Count> counts(List<Group> groups, Locale language) {
        Map<String, Long> numbers = groups.stream()
                .flatMap(group -> group.cards().stream())
                .collect(Collectors.groupingBy(Card::condition, Collectors.counting()));
        return texts.conditions(language).entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue(), numbers.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private List<EventLine> events(Locale language) {
        return fleet.events(EVENTS).stream()
                .map(event -> texts.event(event, language))
                .toList();
    }
}
