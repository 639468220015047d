package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.backend.koha.SelfService.Permission;
import fi.kimppa.gateway.circulation.NoEntry;
import fi.kimppa.gateway.circulation.NoEntry.Why;
import fi.kimppa.gateway.circulation.PatronProfile;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Koha-Suomi's permission for doors; the answers are those of its own test (t/db_dependent/SelfService.rest.t). */
class SelfServiceTest extends KohaCase {
    private static final Terminal DOOR = new Terminal("door-turku", Terminal.Kind.DOOR, "TURKU", "TURKU");

    SelfServiceTest() throws IOException {}

    private PatronProfile profile(Terminal terminal, String pin) {
        String line = "6300120261124    193000          AOTURKU|AA2000012345|AC|AD" + pin + "|";
        return PatronProfile.of(
                backend.patronInformation(ask(PatronInformation.class, line), terminal), clock.getZone());
    }

    @Test
    void asksByAGetWithABodyForThePatronAtTheDoor() {
        assertThat(profile(DOOR, "1234").selfService()).contains(true);
        Asked asked = koha.http
                .heard("GET /api/v1/contrib/kohasuomi/borrowers/ssstatus")
                .getFirst();
        assertThat(asked.form()).isEqualTo(Map.of("cardnumber", CARD, "branchcode", "TKU"));
        assertThat(asked.query()).isEmpty();
    }

    @Test
    void asksNeitherForAKioskNorWithAWrongPin() {
        assertThat(profile(BackHalf.TURKU, "1234").selfService()).isEmpty();
        assertThat(profile(DOOR, "4321").selfService()).isEmpty();
        assertThat(koha.http.heard("GET /api/v1/contrib")).isEmpty();
    }

    @Test
    void letsNobodyInWhomKohaRefuses() {
        koha.selfService = Reply.json(501, KohaStub.error("System preference 'SSRules' is not properly defined"));
        assertThat(profile(DOOR, "1234").selfService()).contains(false);
    }

    @Test
    void tellsTheDoorWhyNot() {
        koha.selfService = denied("::Underage\",\"minimumAge\":\"15");
        assertThat(profile(DOOR, "1234"))
                .satisfies(child -> assertThat(child.selfService()).contains(false))
                .satisfies(child -> assertThat(child.noEntry()).contains(NoEntry.of(Why.AGE)));
        koha.selfService = denied("::TACNotAccepted");
        assertThat(profile(DOOR, "1234").noEntry()).contains(NoEntry.of(Why.TERMS));
        koha.selfService = denied("::OpeningHours\",\"startTime\":\"07:00\",\"endTime\":\"22:00");
        assertThat(profile(DOOR, "1234").noEntry())
                .contains(new NoEntry(Why.CLOSED, Optional.of(LocalTime.of(7, 0)), Optional.of(LocalTime.of(22, 0))));
        koha.selfService = denied("");
        assertThat(profile(DOOR, "1234").noEntry()).isEmpty();
    }

    @Test
    void readsEveryAnswer() {
        Map<Reply, Permission> answers = new LinkedHashMap<>();
        answers.put(said("\"permission\":true"), new Permission.Granted());
        answers.put(said("\"permission\":1"), new Permission.Granted());
        answers.put(denied(""), new Permission.Refused());
        answers.put(denied("::TACNotAccepted"), new Permission.TermsNotAccepted());
        answers.put(denied("::BlockedBorrowerCategory"), new Permission.CategoryRefused());
        answers.put(denied("::Underage\",\"minimumAge\":\"15"), new Permission.TooYoung(Optional.of(15)));
        answers.put(denied("::Underage"), new Permission.TooYoung(Optional.empty()));
        answers.put(denied("::PermissionRevoked"), new Permission.Revoked(Optional.empty()));
        answers.put(
                denied("::PermissionRevoked\",\"expirationdate\":\"2026-12-31 23:59:00"),
                new Permission.Revoked(Optional.of(LocalDate.of(2026, 12, 31))));
        answers.put(
                denied("::OpeningHours\",\"startTime\":\"07:00\",\"endTime\":\"22:00"),
                new Permission.Closed(Optional.of(LocalTime.of(7, 0)), Optional.of(LocalTime.of(22, 0))));
        answers.put(denied("::SomethingNew"), new Permission.Refused());
        answers.put(Reply.json(404, KohaStub.error("No such cardnumber")), new Permission.Unknown());
        answers.put(Reply.json(501, KohaStub.error("no hours")), new Permission.NotConfigured());
        answers.forEach((reply, permission) -> {
            koha.selfService = reply;
            assertThat(mayEnter()).as("%s", reply).isEqualTo(permission);
        });
    }

    @Test
    void isSilentWhereKohaDoesNotLetTheUserAsk() {
        koha.selfService = KohaStub.forbidden();
        isSilent(true, this::mayEnter);
        koha.selfService = new Reply.Said(200, Map.of(), "");
        isSilent(true, this::mayEnter);
    }

    private Permission mayEnter() {
        KohaSettings settings = settings(Duration.ofSeconds(20));
        try (HttpLink link = new HttpLink("north", settings.rest())) {
            Branches branches = new Branches("north", settings.clients(), link, clock);
            Visit visit = new Visit(DOOR, branches.of(DOOR), Language.UNSPECIFIED, Deadline.in(settings.answer()));
            return new SelfService(branches).mayEnter(visit, CARD);
        }
    }

    private static Reply said(String members) {
        return Reply.json(200, "{" + members + "}");
    }

    private static Reply denied(String suffix) {
        return said("\"permission\":false,\"error\":\"Koha::Exception::SelfService" + suffix + "\"");
    }
}
