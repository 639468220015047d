package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.Branding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    private static Branding branding(Map<String, String> colours, Map<String, BinMark> bins) {
        return new Branding(Optional.empty(), colours, Map.of(), bins);
    }

    private static List<String> faults(String... rolesAndColours) {
        Map<String, String> colours = new HashMap<>();
        for (int i = 0; i < rolesAndColours.length; i += 2) {
            colours.put(rolesAndColours[i], rolesAndColours[i + 1]);
        }
        return Palette.of(branding(colours, Map.of())).faults();
    }

    private static List<String> bin(String colour) {
        BinMark mark = new BinMark(Map.of(), Optional.of(colour), Optional.of(BinMark.Shape.SQUARE));
        return Palette.of(branding(Map.of(), Map.of("3", mark))).faults();
    }

    @ParameterizedTest
    @CsvSource({"21.0, #000000, #ffffff", "4.48, #777777, #ffffff", "1.0, #ffffff, #ffffff", "4.0, #ff0000, #ffffff"})
    void measuresAsWcagDoes(double ratio, String one, String other) {
        Rgb over = Rgb.parse(one).orElseThrow();
        Rgb ground = Rgb.parse(other).orElseThrow();
        assertThat(over.ratioTo(ground)).isCloseTo(ratio, within(0.005));
        assertThat(ground.ratioTo(over)).isCloseTo(ratio, within(0.005));
    }

    @Test
    void theThemeItselfIsGood() {
        assertThat(Palette.of(Branding.NONE).faults()).isEmpty();
        assertThat(Palette.of(Branding.NONE).css()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#5a1846", "#004f9e", "#8a1538", "#000000", "#2d5d2a"})
    void takesAColourAndMakesWhatFollows(String primary) {
        assertThat(faults("primary", primary)).isEmpty();
        assertThat(Palette.of(branding(Map.of("primary", primary), Map.of())).css())
                .contains("-primary: " + primary, "-primary-pressed: #");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#f2c230", "#9ad0f5", "#7a1f3d", "#ffffff", "#10a37f"})
    void takesAnyColourForTheSecond(String accent) {
        assertThat(faults("accent", accent)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            primary | #ffe0a0 | look.colours.primary: #ffe0a0 has a contrast of 1.28:1 with surface (#ffffff), needed are 4.5:1; take #
            ink     | #999999 | look.colours.ink: #999999 has a contrast of 2.5
            paper   | #303030 | look.colours.paper: #303030 has a contrast of
            edge    | #dddddd | look.colours.edge: #dddddd has a contrast of
            primary | red     | look.colours.primary: expected a colour such as #0d4744: # and six hexadecimal digits
            primary | #fff    | look.colours.primary: expected a colour such as #0d4744: # and six hexadecimal digits
            primery | #004f9e | look.colours.primery: there is no such role; the nearest is "primary", and all are primary,
            done    | #004f9e | look.colours.done: there is no such role;
            """)
    void refusesWithTheKeyTheMeasureAndWhatWouldDo(String role, String colour, String fault) {
        assertThat(faults(role, colour)).anySatisfy(line -> assertThat(line).startsWith(fault));
    }

    @Test
    void whatItProposesIsGood() {
        String fault = faults("primary", "#ffe0a0").getFirst();
        String proposed = fault.replaceFirst(".*take (#[0-9a-f]{6}) for example", "$1");
        assertThat(faults("primary", proposed)).isEmpty();
        assertThat(bin("#ffe0a0"))
                .singleElement()
                .asString()
                .startsWith(
                        "bins.marks.3.colour: #ffe0a0 has a contrast of 1.28:1 with surface (#ffffff), needed are 3.0:1; take #");
        String forBin = bin("#ffe0a0").getFirst().replaceFirst(".*take (#[0-9a-f]{6}) for example", "$1");
        assertThat(bin(forBin)).isEmpty();
    }

    @Test
    void namesTheLettersWhereTheyWereChosenBadly() {
        assertThat(faults("primary", "#004f9e", "on-primary", "#10201f"))
                .anySatisfy(line -> assertThat(line).startsWith("look.colours.on-primary: #10201f has a contrast of"));
    }

    @Test
    void aBinHasItsColourAndLegibleLettersByAClassOfItsOwn() {
        BinMark dark = new BinMark(Map.of(), Optional.of("#12437a"), Optional.of(BinMark.Shape.SQUARE));
        BinMark light = new BinMark(Map.of(), Optional.of("#c06010"), Optional.of(BinMark.Shape.CIRCLE));
        assertThat(Palette.of(branding(Map.of(), Map.of("3", dark, "A1", light)))
                        .css())
                .contains(
                        ".bin-33 .badge-shape { -fx-fill: #12437a; }",
                        ".bin-33 .badge-number { -fx-text-fill: #ffffff; }",
                        ".bin-41-31 .badge-shape { -fx-fill: #c06010; }");
    }
}
