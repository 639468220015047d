package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library tells at log-in reaches a patron who may borrow. */
class LibraryNoticeTest {
    private final Play play = new Play();

    @Test
    void reachesThePile() {
        play.login();
        assertThat(play.borrowing().patron().standing().notices()).containsExactly("Kirjaston rivi");
    }

    @Test
    void reachesTheAccount() {
        play.openAccount(Play.patron(List.of()));
        assertThat(play.account().patron().standing().notices()).containsExactly("Kirjaston rivi");
    }

    @Test
    void isToldWithTheStopToWhoeverMayNotBorrow() {
        play.touch(new Choice.Account());
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), Flag.CHARGE_PRIVILEGES_DENIED));
        assertThat(play.account().patron().standing().libraryLines()).isNotEmpty();
        assertThat(play.account().patron().standing().notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Greetings from Koha. ', ''",
        "'Greetings from Koha. Tarkista osoitteesi', Tarkista osoitteesi",
        "'Tarkista osoitteesi', Tarkista osoitteesi",
        "'  ', ''"
    })
    void kohasGreetingIsNoNews(String line, String told) {
        Standing standing = new Standing(
                0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, List.of(line));
        assertThat(standing.notices()).isEqualTo(told.isEmpty() ? List.of() : List.of(told));
    }
}
