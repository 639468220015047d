package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Imports.Order;
import fi.kimppa.gateway.consortium.Consortium;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The pages on which staff with the role ADMIN bring files into the store and take everything out of it. A file comes as the body of
 * a request and not as a form's part: parts are put on disk before anybody has asked who sends them, and there may be PINs in them.
 */
@Controller
@RequestMapping("/admin/exchange")
class ExchangePage {
    private static final String HERE = "redirect:/admin/exchange";
    private static final int FINDINGS_SHOWN = 100;

    private final Imports imports;
    private final ImportStore store;
    private final StoreExport exports;
    private final ExchangeSettings settings;
    private final ExchangeTexts texts;
    private final Consortium consortium;
    private final TransactionOperations transactions;
    private final Clock clock;

    ExchangePage(
            Imports imports,
            ImportStore store,
            StoreExport exports,
            ExchangeSettings settings,
            ExchangeTexts texts,
            Consortium consortium,
            TransactionOperations transactions,
            Clock clock) {
        this.imports = imports;
        this.store = store;
        this.exports = exports;
        this.settings = settings;
        this.texts = texts;
        this.consortium = consortium;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping
    String page(Model model, Locale language) {
        model.addAttribute(
                "kinds",
                Arrays.stream(Kind.values())
                        .map(kind -> texts.kind(kind, language))
                        .toList());
        model.addAttribute("holdings", settings.holdings().keySet());
        model.addAttribute("most", settings.maxFile().toMegabytes());
        model.addAttribute("mostBytes", settings.maxFile().toBytes());
        model.addAttribute("keep", settings.keep().toDays());
        model.addAttribute(
                "imports",
                store.all().stream().map(job -> texts.job(job, language)).toList());
        model.addAttribute(
                "municipalities",
                consortium.municipalities().stream()
                        .map(one -> new ExchangeTexts.Choice(one.code(), one.name()))
                        .toList());
        return "exchange/page";
    }

    // ---- in ----------------------------------------------------------------------------------------------

    /** Takes a file in, which is the body; answers with the address of its page, or with why not, in words. */
    @PostMapping(path = "/imports", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<String> take(
            @RequestParam Kind kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "952") String holdings,
            @RequestParam(defaultValue = "false") boolean overwrite,
            HttpServletRequest request,
            Principal who,
            Locale language)
            throws IOException {
        if (!settings.holdings().containsKey(holdings)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        boolean small = request.getContentLengthLong() <= settings.maxFile().toBytes();
        Optional<Long> number = small
                ? imports.take(new Order(kind, name, holdings, overwrite), request.getInputStream(), who.getName())
                : Optional.empty();
        return number.map(one -> answer(HttpStatus.CREATED, "/admin/exchange/imports/" + one))
                .orElseGet(() -> answer(HttpStatus.CONTENT_TOO_LARGE, texts.tooLarge(language)));
    }

    private static ResponseEntity<String> answer(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    @GetMapping("/imports/{id}")
    String job(@PathVariable long id, Model model, Locale language) {
        ImportJob job = job(id);
        model.addAttribute("job", texts.job(job, language));
        model.addAttribute("counts", texts.findingCounts(store.findingCounts(id), language));
        model.addAttribute(
                "findings",
                store.findings(id, FINDINGS_SHOWN).stream()
                        .map(finding -> texts.finding(finding, language))
                        .toList());
        model.addAttribute("shown", FINDINGS_SHOWN);
        return "exchange/import";
    }

    @PostMapping("/imports/{id}/confirmed")
    String confirm(@PathVariable long id, Principal who) {
        imports.begin(job(id).id(), who.getName());
        return HERE + "/imports/" + id;
    }

    @PostMapping("/imports/{id}/delete")
    String delete(@PathVariable long id, Principal who) {
        imports.delete(job(id).id(), who.getName());
        return HERE;
    }

    /** All that was found, in the reader's language. */
    @GetMapping("/imports/{id}/findings.csv")
    void findings(@PathVariable long id, Locale language, HttpServletResponse response) throws IOException {
        attachment(response, "text/csv;charset=UTF-8", "import-" + job(id).id() + ".csv");
        CsvBody csv = new CsvBody(response.getOutputStream(), texts.findingHead(language));
        transactions.executeWithoutResult(
                _ -> store.findings(id, finding -> csv.cells(texts.findingCells(finding, language))));
    }

    private ImportJob job(long id) {
        return store.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    // ---- out ---------------------------------------------------------------------------------------------

    /** Everything of a municipality, or of all. A form sends for it, not a link: that it was taken is written down. */
    @PostMapping("/export")
    void export(@RequestParam(defaultValue = "") String municipality, Principal who, HttpServletResponse response)
            throws IOException {
        Optional<String> code = Optional.of(municipality).filter(text -> !text.isEmpty());
        if (code.isPresent() && consortium.municipality(municipality).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        String of = code.orElse("all").toLowerCase(Locale.ROOT);
        attachment(response, "application/zip", "kimppa-" + of + "-" + LocalDate.now(clock) + ".zip");
        exports.write(code, who.getName(), response.getOutputStream());
    }

    private static void attachment(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }

    /** The pages are there under their addresses alone; what a form answered is shown anew by a link. */
    @GetMapping({"/export", "/imports"})
    String forms() {
        return HERE;
    }
}
