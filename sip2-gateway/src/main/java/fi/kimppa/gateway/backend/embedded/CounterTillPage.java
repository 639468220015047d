package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterTexts.FeeLine;
import fi.kimppa.gateway.backend.embedded.CounterTill.Booked;
import fi.kimppa.gateway.backend.embedded.CounterTill.Means;
import fi.kimppa.gateway.backend.embedded.CounterTill.Receipt;
import fi.kimppa.gateway.backend.embedded.Fees.Fee;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The fees of a patron: chosen, summed, taken in cash or by card, with a receipt; and let go by staff with the role ADMIN.
 * The sum is shown before anything is booked, since the card terminal must be told it.
 */
@Controller
class CounterTillPage {
    private static final int LONGEST_REASON = 300;

    /** A line of the sum or of the receipt. */
    record Line(String what, String creditor, String amount) {}

    private final CounterPatrons patrons;
    private final CounterTill till;
    private final CounterTexts texts;

    CounterTillPage(CounterPatrons patrons, CounterTill till, CounterTexts texts) {
        this.patrons = patrons;
        this.till = till;
        this.texts = texts;
    }

    // ---- choosing ----------------------------------------------------------------------------------------

    @GetMapping("/desk/patrons/{id:\\d{1,18}}/fees")
    String page(@PathVariable long id, Model model, Locale language) {
        CounterPatron patron = known(id);
        return page(patron, ids(till.open(patron)), "", UUID.randomUUID(), Optional.empty(), model, language);
    }

    /** @param token goes along to the payment, so that whatever is sent again on the way there books once */
    private String page(
            CounterPatron patron,
            Set<Long> chosen,
            String typed,
            UUID token,
            Optional<Refused> why,
            Model model,
            Locale language) {
        List<Fee> open = till.open(patron);
        List<FeeLine> lines = open.stream().map(fee -> texts.fee(fee, language)).toList();
        model.addAttribute("patron", patron);
        model.addAttribute("fees", lines);
        model.addAttribute("chosen", chosen);
        model.addAttribute("typed", typed);
        model.addAttribute("token", token.toString());
        model.addAttribute("owed", texts.money(CounterTill.sum(open), language));
        model.addAttribute("longest", Integer.toString(LONGEST_REASON));
        model.addAttribute("problem", why.map(one -> texts.problem(one, language)));
        return "desk/fees";
    }

    private CounterPatron known(long id) {
        return patrons.patron(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static Set<Long> ids(List<Fee> fees) {
        return Set.copyOf(fees.stream().map(Fee::id).toList());
    }

    // ---- the sum -----------------------------------------------------------------------------------------

    /** @param amount what is paid of the chosen fees; empty for all of it */
    @PostMapping("/desk/patrons/{id:\\d{1,18}}/sum")
    String sum(
            @PathVariable long id,
            @RequestParam(defaultValue = "") Set<Long> fee,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam UUID token,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        CounterPatron patron = known(id);
        Optional<Long> booked = till.bookedWith(token.toString(), who.getName());
        if (booked.isPresent()) {
            return "redirect:/desk/receipts/" + booked.get();
        }
        List<Fee> chosen = till.chosen(patron, fee);
        Optional<BigDecimal> paid =
                amount.isBlank() ? Optional.of(CounterTill.sum(chosen)) : CounterTill.amount(amount);
        Optional<Refused> why = against(chosen, paid, language);
        if (why.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(patron, fee, amount.strip(), token, why, model, language);
        }
        BigDecimal sum = paid.orElseThrow();
        model.addAttribute("patron", patron);
        model.addAttribute("fees", fee);
        model.addAttribute("sum", texts.money(sum, language));
        model.addAttribute("plain", sum.toPlainString());
        model.addAttribute("token", token.toString());
        model.addAttribute(
                "parts",
                Fees.parts(chosen, sum).stream()
                        .map(part -> new Line(
                                texts.fee(part.fee(), language).what(),
                                texts.municipality(part.fee().creditor()),
                                texts.money(part.amount(), language)))
                        .toList());
        return "desk/sum";
    }

    private Optional<Refused> against(List<Fee> chosen, Optional<BigDecimal> paid, Locale language) {
        if (chosen.isEmpty()) {
            return Optional.of(Refused.because("fees.none"));
        }
        if (paid.isEmpty()) {
            return Optional.of(Refused.because("amount"));
        }
        BigDecimal owed = CounterTill.sum(chosen);
        return paid.get().compareTo(owed) > 0
                ? Optional.of(Refused.because("amount.over", texts.money(owed, language)))
                : Optional.empty();
    }

    // ---- taking ------------------------------------------------------------------------------------------

    @PostMapping("/desk/patrons/{id:\\d{1,18}}/payments")
    String pay(
            @PathVariable long id,
            @RequestParam Set<Long> fee,
            @RequestParam String amount,
            @RequestParam String means,
            @RequestParam UUID token,
            Principal who,
            RedirectAttributes next,
            Locale language) {
        BigDecimal sum =
                CounterTill.amount(amount).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        Means how = Arrays.stream(Means.values())
                .filter(one -> one.name().equals(means))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        return switch (till.pay(known(id), fee, sum, how, token.toString(), who.getName())) {
            case Booked.Done(long payment) -> "redirect:/desk/receipts/" + payment;
            case Booked.Changed() -> {
                next.addFlashAttribute("trouble", texts.text(language, "desk.fees.changed"));
                yield "redirect:/desk/patrons/" + id + "/fees";
            }
        };
    }

    @GetMapping("/desk/receipts/{payment:\\d{1,18}}")
    String receipt(@PathVariable long payment, Model model, Locale language) {
        Receipt receipt = till.receipt(payment).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("receipt", receipt);
        model.addAttribute("number", Long.toString(receipt.id()));
        model.addAttribute("at", texts.moment(receipt.paidAt().toInstant(), language));
        model.addAttribute("sum", texts.money(receipt.amount(), language));
        model.addAttribute("by", CounterTill.takenBy(receipt));
        model.addAttribute("byCard", receipt.paymentType().equals(Means.CARD.code()));
        model.addAttribute(
                "lines",
                till.lines(payment).stream()
                        .map(line -> new Line(
                                CounterTexts.fee(
                                        texts.feeType(line.feeType(), language), Optional.ofNullable(line.title())),
                                texts.municipality(line.creditor()),
                                texts.money(line.amount(), language)))
                        .toList());
        return "desk/receipt";
    }

    // ---- letting go --------------------------------------------------------------------------------------

    /** @param open what was open when this was decided */
    @PostMapping("/admin/desk/patrons/{id:\\d{1,18}}/waivers")
    String waive(
            @PathVariable long id,
            @RequestParam long fee,
            @RequestParam String open,
            @RequestParam(defaultValue = "") String reason,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response,
            RedirectAttributes next) {
        CounterPatron patron = known(id);
        if (!reason.strip().matches("\\P{Cntrl}{1," + LONGEST_REASON + "}")) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            Optional<Refused> why = Optional.of(Refused.because("reason"));
            return page(patron, Set.of(), "", UUID.randomUUID(), why, model, language);
        }
        boolean done = CounterTill.amount(open)
                .filter(seen -> till.waive(patron, fee, seen, reason.strip(), who.getName()))
                .isPresent();
        next.addFlashAttribute(
                done ? "said" : "trouble",
                done ? texts.text(language, "desk.waived") : texts.text(language, "desk.fees.changed"));
        return "redirect:/desk/patrons/" + id + "/fees";
    }
}
