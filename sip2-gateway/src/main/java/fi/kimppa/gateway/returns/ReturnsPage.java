package fi.kimppa.gateway.returns;

import fi.kimppa.gateway.circulation.WhatIf;
import fi.kimppa.gateway.circulation.WhatIf.Answer;
import fi.kimppa.gateway.circulation.WhatIf.Found;
import fi.kimppa.gateway.circulation.WhatIf.Question;
import fi.kimppa.gateway.circulation.WhatIf.Thing;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.returns.RuleTexts.Line;
import fi.kimppa.gateway.returns.RuleTexts.PassedLine;
import fi.kimppa.gateway.routing.Condition;
import fi.kimppa.gateway.routing.Decision;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.RoutingTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff ask what would happen if a thing came back. Nothing is changed by asking. */
@Controller
@RequestMapping("/returns")
class ReturnsPage {
    /** A number is at most as long as a message's field. */
    private static final int LONGEST_NUMBER = 64;

    /** What a library system says of the thing. */
    enum Known {
        /** It knows it. */
        KNOWN,
        /** No library system knows it, nor tag nor number rule. */
        NOBODYS,
        /** It says nothing. */
        SILENT
    }

    /**
     * What the form has, as it was filled in; texts are empty where nothing was.
     *
     * @param at code of a branch or login of a terminal
     */
    record Form(
            String at,
            String item,
            String known,
            String owner,
            String home,
            String collection,
            String type,
            String pickup,
            String sent) {
        static Form of(Map<String, String> given) {
            return new Form(
                    text(given, "at"),
                    text(given, "item"),
                    text(given, "known"),
                    text(given, "owner"),
                    text(given, "home"),
                    text(given, "collection"),
                    text(given, "type"),
                    text(given, "pickup"),
                    text(given, "sent"));
        }

        private static String text(Map<String, String> given, String name) {
            String text = given.getOrDefault(name, "").strip();
            return text.substring(0, Math.min(text.length(), LONGEST_NUMBER));
        }

        private static Optional<String> some(String text) {
            return Optional.of(text).filter(given -> !given.isEmpty());
        }

        Question question(String branch) {
            return new Question(branch, thing(), some(pickup), some(sent));
        }

        private Thing thing() {
            if (!item.isEmpty()) {
                return new Thing.Numbered(item);
            }
            if (known.equals(Known.NOBODYS.name())) {
                return new Thing.Nobodys();
            }
            return known.equals(Known.SILENT.name())
                    ? new Thing.OfASilentSystem(some(owner))
                    : new Thing.Described(some(owner), some(home), some(collection), some(type));
        }
    }

    /**
     * The answer as the page shows it.
     *
     * @param waited whether somebody waits for it in the library system, of which the question says nothing
     * @param facts what is known of the thing, in words
     * @param rule the row that holds
     * @param before the rows before it that are for the same situation
     * @param others how many rows before it are for other situations
     */
    record Shown(
            boolean taken,
            Optional<Found> found,
            boolean waited,
            List<String> facts,
            Line rule,
            Optional<String> destination,
            String alert,
            String bin,
            Optional<String> screen,
            Optional<String> slip,
            List<PassedLine> before,
            long others) {}

    private final WhatIf whatIf;
    private final RoutingRules rules;
    private final Consortium consortium;
    private final RuleTexts texts;

    ReturnsPage(WhatIf whatIf, RoutingRules rules, Consortium consortium, RuleTexts texts) {
        this.whatIf = whatIf;
        this.rules = rules;
        this.consortium = consortium;
        this.texts = texts;
    }

    @GetMapping
    String page(@RequestParam Map<String, String> given, Model model, Locale language) {
        Form form = Form.of(given);
        model.addAttribute("form", form);
        model.addAttribute("branches", texts.branches());
        model.addAttribute("terminals", texts.terminals());
        model.addAttribute("municipalities", texts.municipalities());
        model.addAttribute("knowns", texts.choices(Known.values(), "returns.known.", language));
        model.addAttribute(
                "shown",
                branch(form.at()).map(branch -> shown(whatIf.ask(form.question(branch)), form.pickup(), language)));
        return "returns/returns";
    }

    /** Code of the branch that is named, or of the one where the terminal stands that is. */
    private Optional<String> branch(String codeOrLogin) {
        return consortium
                .branch(codeOrLogin)
                .map(Branch::code)
                .or(() -> consortium.terminal(codeOrLogin).map(Terminal::branchCode));
    }

    private Shown shown(Answer answer, String pickup, Locale language) {
        RoutingTable table = rules.table();
        Decision decision = answer.way().decision();
        return new Shown(
                answer.taken(),
                answer.found(),
                pickup.isEmpty()
                        && answer.found().filter(found -> found.waiting() > 0).isPresent(),
                facts(answer, language),
                texts.line(table, decision.rule(), language),
                decision.destination().map(texts::branch),
                texts.alert(decision.alert(), language),
                answer.way().bin(),
                answer.way().screen(),
                answer.way().slip(),
                decision.passed().stream()
                        .filter(passed -> passed.why() != Condition.SITUATION)
                        .map(passed -> texts.passed(table, passed, answer.thing(), language))
                        .toList(),
                decision.passed().stream()
                        .filter(passed -> passed.why() == Condition.SITUATION)
                        .count());
    }

    private List<String> facts(Answer answer, Locale language) {
        return List.of(
                texts.text(
                        language, "route.if.OWNER", known(answer.thing().owner().map(texts::municipality), language)),
                texts.text(
                        language, "route.if.HOME", known(answer.thing().home().map(texts::branch), language)),
                texts.text(language, "route.if.COLLECTION", known(answer.thing().collection(), language)),
                texts.text(language, "route.if.MEDIA_TYPE", known(answer.thing().mediaType(), language)));
    }

    private String known(Optional<String> fact, Locale language) {
        return fact.orElseGet(() -> texts.text(language, "returns.unknown"));
    }
}
