package fi.kimppa.kiosk;

import fi.kimppa.kiosk.screen.LogoPicture;
import fi.kimppa.kiosk.screen.Palette;
import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Branding.Logo;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.OwnWords;
import fi.kimppa.kiosk.text.Texts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a library has made its own: logo, colours, bins and words; everything that is wrong is told at once. */
final class BrandingReader {
    private static final int LONGEST_NUMBER = 4;
    private static final int LONGEST_NAME = 24;

    private final Section file;
    private final Section bins;
    private final Path folder;
    private final Reading reading = new Reading();

    /**
     * Of a file.
     *
     * @param bins its part of that name
     * @param folder where the logo lies
     */
    BrandingReader(Section file, Section bins, Path folder) {
        this.file = file;
        this.bins = bins;
        this.folder = folder;
    }

    Branding read() {
        var look = reading.part(() -> file.orEmpty("look"));
        var logo = reading.part(() -> logo(look.get()));
        var colours = reading.part(() -> look.get().named("colours"));
        var marks = reading.part(this::marks);
        var wording = reading.part(this::wording);
        var covered = reading.part(() -> look.get().flag("coverTitles", false));
        reading.check(() -> look.get().nothingElse());
        reading.end();
        Branding branding = new Branding(logo.get(), colours.get(), wording.get(), marks.get(), covered.get());
        Palette.of(branding).faults().forEach(fault -> reading.wrong(file.file() + ": " + fault));
        reading.end();
        return branding;
    }

    private Optional<Logo> logo(Section look) {
        boolean hasName = look.flag("logoHasName", false);
        Optional<Path> picture = look.optional("logo", name -> folder.resolve(name));
        picture.flatMap(LogoPicture::fault).ifPresent(fault -> {
            throw new ConfigurationException(look.file() + ": look.logo: " + fault);
        });
        return picture.map(path -> new Logo(path, hasName));
    }

    // ---- bins --------------------------------------------------------------------------------------------

    private Map<String, BinMark> marks() {
        Map<String, BinMark> marks = new HashMap<>();
        Reading all = new Reading();
        bins.parts("marks")
                .forEach((number, section) -> all.check(() -> {
                    if (number.isBlank() || number.length() > LONGEST_NUMBER) {
                        throw section.wrong("a bin's number of 1 to " + LONGEST_NUMBER + " characters as its key");
                    }
                    marks.put(number, mark(section));
                }));
        all.end();
        return marks;
    }

    private static BinMark mark(Section section) {
        Reading parts = new Reading();
        var names = parts.part(() -> names(section));
        var colour = parts.part(() -> section.optionalText("colour"));
        var shape = parts.part(() -> section.optional("shape", BrandingReader::shape));
        parts.check(section::nothingElse);
        parts.end();
        if (colour.get().isPresent() && shape.get().isEmpty()) {
            throw section.wrong("shape", "one of " + shapes() + ": a colour alone tells nothing to many people");
        }
        return new BinMark(names.get(), colour.get(), shape.get());
    }

    private static Map<String, String> names(Section section) {
        Map<String, String> names = section.textOrNamed("name", BinMark.EVERY_LANGUAGE);
        names.forEach((tag, name) -> {
            if (!tag.isEmpty() && Texts.language(tag).isEmpty()) {
                throw section.wrong("name", "names by language, some of " + Texts.tags() + ", found \"" + tag + "\"");
            }
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw section.wrong("name", "a name of 1 to " + LONGEST_NAME + " characters");
            }
        });
        return names;
    }

    private static BinMark.Shape shape(String text) {
        return Arrays.stream(BinMark.Shape.values())
                .filter(shape -> word(shape).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + shapes()));
    }

    private static String shapes() {
        return Arrays.stream(BinMark.Shape.values()).map(BrandingReader::word).collect(Collectors.joining(", "));
    }

    private static String word(BinMark.Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }

    // ---- words -------------------------------------------------------------------------------------------

    private Map<Language, Map<String, String>> wording() {
        Map<Language, Map<String, String>> wording = new HashMap<>();
        Section own = file.orEmpty("wording");
        Reading all = new Reading();
        own.names()
                .forEach(tag -> all.check(() -> {
                    Language language =
                            Texts.language(tag).orElseThrow(() -> own.wrong(tag, "a language, one of " + Texts.tags()));
                    Map<String, String> sentences = own.named(tag);
                    OwnWords.faults(language, sentences)
                            .forEach(fault -> all.wrong(file.file() + ": wording." + tag + "." + fault));
                    wording.put(language, sentences);
                }));
        all.end();
        return wording;
    }
}
