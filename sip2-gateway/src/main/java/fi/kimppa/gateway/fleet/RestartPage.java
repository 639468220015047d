package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page on which staff who are elsewhere have a kiosk started anew. */
@Controller
@RequestMapping("/restarts")
class RestartPage {
    /**
     * A kiosk as a row.
     *
     * @param condition how it is, in words
     * @param last what became of the last order, in words; empty where there was none
     * @param waits whether one waits
     */
    record Row(String login, String branch, String condition, String last, boolean waits) {}

    private final RestartOrders orders;
    private final Fleet fleet;
    private final Consortium consortium;
    private final FleetTexts texts;
    private final MessageSource messages;

    RestartPage(RestartOrders orders, Fleet fleet, Consortium consortium, FleetTexts texts, MessageSource messages) {
        this.orders = orders;
        this.fleet = fleet;
        this.consortium = consortium;
        this.texts = texts;
        this.messages = messages;
    }

    @GetMapping
    String page(Model model, Locale language) {
        Map<String, TerminalState> heard =
                fleet.terminals().stream().collect(Collectors.toMap(TerminalState::terminal, Function.identity()));
        Map<String, RestartOrders.Order> latest = orders.latest();
        List<Row> rows = consortium.terminals().stream()
                .filter(terminal -> terminal.kind() == Terminal.Kind.KIOSK)
                .map(terminal -> row(
                        terminal,
                        Optional.ofNullable(heard.get(terminal.login())),
                        Optional.ofNullable(latest.get(terminal.login())),
                        language))
                .sorted(Comparator.comparing(Row::branch).thenComparing(Row::login))
                .toList();
        model.addAttribute("rows", rows);
        return "fleet/restarts";
    }

    private Row row(
            Terminal terminal, Optional<TerminalState> heard, Optional<RestartOrders.Order> last, Locale language) {
        return new Row(
                terminal.login(),
                consortium.branch(terminal.branchCode()).map(Branch::name).orElse(terminal.branchCode()),
                texts.card(terminal, heard, language).conditionText(),
                last.map(order -> text(
                                language,
                                "restarts.last." + order.outcome().orElse("WAITING"),
                                texts.moment(order.at(), language).text(),
                                order.who()))
                        .orElse(""),
                last.filter(order -> order.outcome().isEmpty()).isPresent());
    }

    @PostMapping("/{login}")
    String order(@PathVariable String login, Principal who, Locale language, RedirectAttributes next) {
        Terminal terminal = consortium
                .terminal(login)
                .filter(known -> known.kind() == Terminal.Kind.KIOSK)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        orders.place(terminal.login(), who.getName());
        next.addFlashAttribute("said", text(language, "restarts.ordered", terminal.login()));
        return "redirect:/restarts";
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
