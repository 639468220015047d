package fi.kimppa.kiosk;

import fi.kimppa.device.card.CardNumberRules;
import fi.kimppa.device.card.CardNumberRules.Length;
import fi.kimppa.device.card.CardNumberRules.Length.Change;
import fi.kimppa.device.card.CardNumberRules.Letters;
import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.CardRules;
import fi.kimppa.kiosk.session.CardRules.Typed;
import fi.kimppa.kiosk.session.Gates;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.Personal;
import fi.kimppa.kiosk.session.PileRules;
import fi.kimppa.kiosk.session.PileRules.AskForAll;
import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.kiosk.session.Timeouts;
import fi.kimppa.kiosk.session.Wait;
import fi.kimppa.kiosk.text.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how a kiosk behaves and looks from its file; everything that is wrong is told at once. */
final class SettingsReader {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Section file;
    private final Path folder;
    private final List<Language> learnt;
    private final Reading reading = new Reading();

    /**
     * Of a file.
     *
     * @param folder where files lie that it names
     * @param learnt languages beside the product's
     */
    SettingsReader(Section file, Path folder, List<Language> learnt) {
        this.file = file;
        this.folder = folder;
        this.learnt = learnt;
    }

    /**
     * Reads all of it.
     *
     * @param steering version of what the gateway has set on top; empty for the file alone
     * @throws ConfigurationException naming each key that is wrong
     */
    KioskSettings read(String steering) {
        Section library = inside("library");
        Section bins = inside("bins");
        Section pin = inside("pin");
        Section feed = inside("feed");
        Section functions = inside("functions");
        Supplier<String> institution = reading.part(() -> file.text("institution"));
        Supplier<String> branch = reading.part(() -> file.text("branch"));
        var name = reading.part(() -> library.optionalText("name"));
        var names = reading.part(() -> library.named("names"));
        var owners = reading.part(() -> library.texts("owners"));
        var zone = reading.part(() -> file.optional("zone", ZoneId::of).orElse(ZoneId.of("Europe/Helsinki")));
        var languages = reading.part(this::languages);
        var offerings = reading.part(() -> offerings(functions));
        var gates = reading.part(this::gates);
        var cards = reading.part(this::cards);
        var usage = reading.part(this::usage);
        var least = reading.part(() -> pin.number("leastDigits", 4, 1, 20));
        var most = reading.part(() -> pin.number("mostDigits", 10, 1, 20));
        var tries = reading.part(() -> pin.number("tries", 3, 1, 10));
        var later = reading.part(() -> bins.optionalText("later").orElse("9"));
        var staff = reading.part(() -> bins.optionalText("staff").orElse("9"));
        var other = reading.part(() -> bins.named("other"));
        var confirm = reading.part(() -> bins.flag("confirm", true));
        var testing = reading.part(() -> file.flag("testing", false));
        var kimppa = reading.part(() -> file.flag("kimppaGateway", true));
        var web = reading.part(() -> library.optionalText("webAddress").orElse(""));
        var telephone = reading.part(() -> library.optionalText("telephone").orElse(""));
        var voice = reading.part(() -> file.optionalSection("speech")
                .map(speech -> !speech.optionalText("engine").orElse("").equals("none"))
                .orElse(false));
        var newsTurn = reading.part(() -> feed.seconds("changeSeconds", Duration.ofSeconds(12), 0, 600));
        var extras = reading.part(() -> new ExtrasReader(file, functions, feed).read());
        var returnsOthers = reading.part(() -> file.flag("returnsOthers", false));
        var inCase = reading.part(() -> functions.flag("parts", false));
        var forAll = reading.part(
                () -> file.optional("asksForAll", SettingsReader::forAll).orElse(AskForAll.NEVER));
        var initial = reading.part(() -> functions.flag("initial", false));
        var cardEnd = reading.part(() -> functions.flag("digits", false));
        var timeouts = reading.part(this::timeouts);
        Supplier<Branding> branding = reading.part(() -> new BrandingReader(file, bins, folder).read());
        reading.check(() -> {
            if (most.get() < least.get()) {
                throw pin.wrong("mostDigits", "at least as many as leastDigits, " + least.get());
            }
        });
        List.of(library, bins, pin, feed, functions).forEach(section -> reading.check(section::nothingElse));
        reading.end();
        return new KioskSettings(
                institution.get(),
                branch.get(),
                name.get().orElse(branch.get()),
                names.get(),
                owners.get(),
                zone.get(),
                languages.get(),
                offerings.get(),
                gates.get(),
                cards.get(),
                usage.get(),
                least.get(),
                most.get(),
                tries.get(),
                later.get(),
                staff.get(),
                other.get(),
                confirm.get(),
                testing.get(),
                kimppa.get(),
                extras.get(),
                web.get(),
                telephone.get(),
                voice.get(),
                newsTurn.get(),
                timeouts.get(),
                new PileRules(returnsOthers.get(), inCase.get(), forAll.get()),
                new Personal(initial.get(), cardEnd.get()),
                branding.get(),
                steering);
    }

    /** A part that may be left out; where it is something else than an object, it is read as if it were left out. */
    private Section inside(String key) {
        try {
            return file.orEmpty(key);
        } catch (ConfigurationException e) {
            e.problems().forEach(reading::wrong);
            return file.none(key);
        }
    }

    private List<Language> languages() {
        List<Language> chosen = file.texts("languages").stream()
                .map(tag -> Texts.language(tag)
                        .orElseThrow(
                                () -> file.wrong("languages", "some of " + Texts.tags() + ", found \"" + tag + "\"")))
                .distinct()
                .toList();
        return chosen.isEmpty()
                ? Stream.concat(Texts.usual().stream(), learnt.stream()).toList()
                : chosen;
    }

    /** What is on; a machine that only takes back does so whatever else is on. */
    private Set<Offering> offerings(Section functions) {
        Reading flags = new Reading();
        var borrow = flags.part(() -> functions.flag("borrow", true));
        var back = flags.part(() -> functions.flag("return", true));
        var account = flags.part(() -> functions.flag("account", true));
        var returnOnly = flags.part(() -> file.flag("returnOnly", false));
        flags.end();
        Set<Offering> on = EnumSet.noneOf(Offering.class);
        if (borrow.get() && !returnOnly.get()) {
            on.add(Offering.BORROW);
        }
        if (back.get()) {
            on.add(Offering.RETURN);
        }
        if (account.get() && !returnOnly.get()) {
            on.add(Offering.ACCOUNT);
        }
        if (on.isEmpty()) {
            throw file.wrong(
                    "functions",
                    returnOnly.get()
                            ? "return to be true where returnOnly is"
                            : "at least one of borrow, return and account to be true");
        }
        return on;
    }

    private Gates gates() {
        boolean stand = file.flag("gates", true);
        boolean elsewhere = file.flag("switchedOffElsewhere", false);
        if (!stand) {
            return Gates.NONE;
        }
        return elsewhere ? Gates.ALARM_OR_ELSEWHERE : Gates.ALARM;
    }

    private Timeouts timeouts() {
        Section section = file.orEmpty("timeouts");
        Reading waits = new Reading();
        Timeouts usual = Timeouts.STANDARD;
        var borrowing = waits.part(() -> waiting(section, "borrowingSeconds", usual.borrowing(), 15, 300));
        var pin = waits.part(() -> waiting(section, "pinSeconds", usual.pin(), 15, 120));
        var returning = waits.part(() -> waiting(section, "returningSeconds", usual.returning(), 15, 120));
        var account = waits.part(() -> waiting(section, "accountSeconds", usual.account(), 15, 300));
        var receipt = waits.part(() -> waiting(section, "receiptSeconds", usual.receipt(), 5, 60));
        var longest = waits.part(
                () -> section.number("longestMinutes", (int) usual.longest().toMinutes(), 3, 60));
        waits.check(section::nothingElse);
        waits.end();
        return new Timeouts(
                borrowing.get(),
                pin.get(),
                returning.get(),
                account.get(),
                usual.warning(),
                receipt.get(),
                usual.farewell(),
                MINUTE.multipliedBy(longest.get()),
                usual.longestWarning(),
                usual.settle());
    }

    /** Whoever needs more time gets as many times more of it as usual. */
    private static Wait waiting(Section section, String key, Wait usual, int least, int most) {
        Duration chosen = section.seconds(key, usual.usual(), least, most);
        return new Wait(
                chosen,
                usual.extended()
                        .multipliedBy(chosen.toSeconds())
                        .dividedBy(usual.usual().toSeconds()));
    }

    // ---- cards and tags ----------------------------------------------------------------------------------

    private CardRules cards() {
        Reading parts = new Reading();
        var patrons =
                parts.part(() -> file.optional("cardPattern", Pattern::compile).orElse(Pattern.compile("2\\d{9}")));
        var numbers = parts.part(() -> file.optionalSection("cardNumbers")
                .map(SettingsReader::cardNumbers)
                .orElse(CardNumberRules.AS_READ));
        var staff = parts.part(() -> file.texts("staffCards").stream()
                .map(line -> {
                    try {
                        return StaffCard.parse(line);
                    } catch (IllegalArgumentException e) {
                        throw new ConfigurationException("staffCards: " + e.getMessage(), e);
                    }
                })
                .toList());
        var typed = parts.part(
                () -> file.optional("typedCards", SettingsReader::typed).orElse(Typed.WITHOUT_SCANNER));
        parts.end();
        return new CardRules(patrons.get(), numbers.get(), staff.get(), typed.get());
    }

    private static AskForAll forAll(String text) {
        return switch (text) {
            case "never" -> AskForAll.NEVER;
            case "unsettled" -> AskForAll.UNSETTLED;
            case "always" -> AskForAll.ALWAYS;
            default -> throw new IllegalArgumentException("expected never, unsettled or always");
        };
    }

    private static Typed typed(String text) {
        return switch (text) {
            case "never" -> Typed.NEVER;
            case "without scanner" -> Typed.WITHOUT_SCANNER;
            case "always" -> Typed.ALWAYS;
            default -> throw new IllegalArgumentException("expected never, \"without scanner\" or always");
        };
    }

    private static CardNumberRules cardNumbers(Section section) {
        CardNumberRules rules = new CardNumberRules(
                section.flag("separators", false),
                section.optionalText("strip").orElse(""),
                section.optional("change", SettingsReader::change)
                        .map(change -> new Length(section.number("digits", 10, 1, 32), change)),
                section.optional("letters", SettingsReader::letters).orElse(Letters.AS_READ),
                section.optionalText("add").orElse(""));
        section.nothingElse();
        return rules;
    }

    private static Change change(String text) {
        return switch (text) {
            case "pad" -> Change.PAD;
            case "strip" -> Change.STRIP;
            case "pad or strip" -> Change.PAD_OR_STRIP;
            default -> throw new IllegalArgumentException("expected pad, strip or \"pad or strip\"");
        };
    }

    private static Letters letters(String text) {
        return switch (text) {
            case "upper" -> Letters.UPPER;
            case "lower" -> Letters.LOWER;
            default -> throw new IllegalArgumentException("expected upper or lower");
        };
    }

    private UsageRule usage() {
        Section lend = file.orEmpty("lend");
        UsageRule rule = new UsageRule(lend.flag("acquisition", true), lend.flag("noInformation", true));
        lend.nothingElse();
        return rule;
    }
}
