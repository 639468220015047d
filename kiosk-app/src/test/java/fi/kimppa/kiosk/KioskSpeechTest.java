package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.AccountLoan;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.speech.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visit without sight: headphones, keypad and ears alone, with programs in place of engine and sound card. */
class KioskSpeechTest extends KioskAtDesk {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    /** As the contract's title names it. */
    private static final String COPY = "catalogue-1";

    @TempDir
    private Path folder;

    KioskSpeechTest() {
        super(new ModelLibrary().patron(CARD, PIN).item("3000000011"));
    }

    /** No time between keys: the hand of this test strikes the same key again sooner than a person can. */
    private Kiosk start(Path engine, Path player, Path jack) {
        return start("", """
                , "speech": {"program": "%s", "player": "%s", "jack": "%s", "sounds": false}, "keysApartMillis": 0""".formatted(engine, player, jack));
    }

    private void press(String keys) {
        keys.chars()
                .forEach(key ->
                        kiosk().offer(new KioskEvent.Pressed(Key.of((char) key).orElseThrow())));
    }

    private void hears(Programs programs, String words) {
        happens("to hear: " + words, () -> programs.written("texts").contains(words));
    }

    @Test
    void lendsABookByKeypadAndVoiceAlone() throws IOException, InterruptedException {
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(programs.engine(), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            happens("service", () -> kiosk.state() instanceof KioskState.Idle);
            assertThat(programs.written("texts")).as("nobody listens yet").isEmpty();
            device.write(Programs.headphones(true));
            device.flush();
            hears(programs, "Lainaa: paina 1.");
            press("1");
            hears(programs, "Lue kirjastokortti.");
            scan(CARD);
            hears(programs, "Anna tunnusluku.");
            press("1234#");
            hears(programs, "Aseta aineisto lukulevylle.");
            lay("3000000011");
            hears(programs, "Nimeke 3000000011. Lainattu.");
            assertThat(library.holder("3000000011")).contains(CARD);
            scan("2000012353");
            hears(programs, "Vaihda asiakasta?");
            hears(programs, "Ei: paina 1.");
            press("*");
            hears(programs, "Nimeke 3000000011. Lainattu.");
            press("#");
            hears(programs, "Haluatko kuitin?");
            press("1");
            hears(programs, "Kiitos!");
            device.write(Programs.headphones(false));
            device.flush();
            happens("silence", () -> !kiosk.state().around().aids().speaking());
        }
        assertThat(programs.written("texts")).doesNotContain(CARD).doesNotContain("1234");
        assertThat(programs.written("commands")).doesNotContain("Nimeke");
    }

    /** What a renewal costs is heard as words in the question and in the row, and star and hash answer. */
    @Test
    void aRenewalThatCostsIsAskedByVoiceAndKeypad() throws IOException, InterruptedException {
        library.item(COPY, "Sopimuksen synty / Kaisa Kontti").lend(COPY, CARD).dearRenewal(COPY, "1.50");
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(programs.engine(), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            happens("service", () -> kiosk.state() instanceof KioskState.Idle);
            device.write(Programs.headphones(true));
            device.flush();
            happens("somebody listens", () -> kiosk.state().around().aids().speaking());
            kiosk.offer(new KioskEvent.Touched(new Choice.Account()));
            hears(programs, "Lue kirjastokortti.");
            scan(CARD);
            hears(programs, "Anna tunnusluku.");
            press("1234#");
            happens(
                    "the loan is read",
                    () -> kiosk.state() instanceof KioskState.Account account
                            && account.loans().stream().allMatch(AccountLoan::read));
            kiosk.offer(new KioskEvent.Touched(new Choice.Renew(1)));
            hears(programs, "Uusiminen maksaa 1 euro 50 senttiä. Uusitaanko?");
            hears(programs, "Kyllä: paina 2.");
            press("*");
            hears(programs, "Ei uusittu.");
            hears(programs, "Uusiminen maksaa 1 euro 50 senttiä.");
            assertThat(library.renewals()).isEmpty();
            kiosk.offer(new KioskEvent.Touched(new Choice.Renew(1)));
            happens("the question again", () -> kiosk.state().question().isPresent());
            press("#");
            hears(programs, "Uusittu.");
            assertThat(library.renewals()).containsExactly(COPY);
        }
    }

    /** What a hold costs is heard as words, and star and hash answer. */
    @Test
    void aHoldThatCostsIsAskedByVoiceAndKeypad() throws IOException, InterruptedException {
        reports.catalogue("titles", 200, Files.readString(CONTRACT.resolve("catalogue-titles.json")));
        reports.catalogue("title", 200, Files.readString(CONTRACT.resolve("catalogue-title.json")));
        library.item(COPY, "Sopimuksen synty / Kaisa Kontti").dear(COPY, "1.50");
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(programs.engine(), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            happens("service", () -> kiosk.state().around().searchable());
            device.write(Programs.headphones(true));
            device.flush();
            happens("somebody listens", () -> kiosk.state().around().aids().speaking());
            for (Choice touch : List.of(
                    new Choice.Search(),
                    new Choice.InSearch(new SearchAct.Letter('s')),
                    new Choice.InSearch(new SearchAct.Letter('o')),
                    new Choice.InSearch(new SearchAct.Go()))) {
                kiosk.offer(new KioskEvent.Touched(touch));
            }
            happens(
                    "a find",
                    () -> kiosk.state() instanceof KioskState.Searching searching
                            && searching
                                    .search()
                                    .find(1)
                                    .flatMap(Search.Find::details)
                                    .isPresent());
            kiosk.offer(new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Open(1))));
            press("#");
            hears(programs, "Lue kirjastokortti.");
            scan(CARD);
            hears(programs, "Anna tunnusluku.");
            press("1234#");
            hears(programs, "Varaus maksaa 1 euro 50 senttiä. Tehdäänkö se?");
            hears(programs, "Kyllä: paina 2.");
            press("*");
            hears(programs, "Varausta ei tehty.");
            hears(programs, "Se olisi maksanut 1 euro 50 senttiä.");
            assertThat(library.waits(COPY, CARD)).isFalse();
            kiosk.offer(new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Back())));
            kiosk.offer(new KioskEvent.Touched(new Choice.InSearch(new SearchAct.Open(1))));
            press("#");
            happens("the question again", () -> kiosk.state().question().isPresent());
            press("#");
            hears(programs, "Varaus on tehty.");
            assertThat(library.charged(COPY, CARD)).isOne();
        }
    }

    @Test
    void aKioskWithoutItsEngineGoesOnAndTellsStaffOnce() throws IOException, InterruptedException {
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(folder.resolve("no-engine"), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            happens("service", () -> kiosk.state() instanceof KioskState.Idle);
            device.write(Programs.headphones(true));
            device.flush();
            happens("the report", () -> reports.told("SPEECH_FAILED"));
            press("2");
            happens("a return", () -> kiosk.state() instanceof KioskState.Returning);
        }
    }
}
