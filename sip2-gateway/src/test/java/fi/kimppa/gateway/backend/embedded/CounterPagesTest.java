package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.RequestOptions;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Consortium;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The desk as staff use it in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CounterPagesTest extends GatewayTest {
    private static final String CARD = "2999000101";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Consortium consortium;

    private Browser browser;
    private long id;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
        clear();
    }

    @BeforeEach
    void aPatronWithALoanAHoldAndFees() {
        clear();
        id = jdbc.sql("""
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on,
                                             email, phone, language, pickup_name)
                        values ('2999000101', 'Wester-Åkerblom', 'Kaino Göran', '1980-05-17', 'ADULT', 'LIETO', 'x',
                                '2026-10-01', 'kaino@example.org', '040 123 4567', 'sv', 'HONKA 7')
                        returning id
                        """).query(Long.class).single();
        run("insert into titles (title, author) values ('Pöytä ja tuoli: keittiön historiaa', 'Desk Author')");
        for (String number : List.of("2999000109", "2999000110")) {
            run("""
                    insert into items (number, title_id, type, home_branch, current_branch, call_number, parts)
                    select '%s', id, 'BOOK', 'LIETO', 'LIETO', '84.2', 2 from titles where author = 'Desk Author'
                    """.formatted(number));
        }
        run("""
                insert into loans (item, card, lent_at, lent_branch, due_at)
                values ('2999000109', '2999000101', '2026-10-20 12:00+03', 'LIETO', '2026-11-17 23:59+02')
                """);
        run("""
                insert into holds (card, title_id, pickup_branch, placed_at, state)
                select '2999000101', id, 'TURKU', '2026-11-20 12:00+02', 'WAITING' from titles where id = 1
                """);
        for (String amount : List.of("2.40", "13.00")) {
            run("""
                    insert into fees (card, fee_type, amount, item, created_at, creditor)
                    values ('2999000101', '04', %s, '2999000109', '2026-11-20 12:00+02', 'LIETO')
                    """.formatted(amount));
        }
        run("""
                insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                values ('2999000101', 'kiosk-lieto', 'LIETO', 'jäi lukijaan', true, '2026-11-24 12:00+02')
                """);
    }

    /** They never fall silent: nobody knows when they reported. */
    private void staffPads() {
        staffPad("desk-lieto", "READY");
        staffPad("desk-lieto-back", "ABSENT");
        consortium.refresh();
    }

    private void staffPad(String login, String status) {
        run("""
                insert into terminals (login, kind, branch_code, institution_id, password)
                values ('%s', 'DESK', 'LIETO', 'LIETO', 'x')
                """.formatted(login));
        run("""
                insert into fleet_terminals (terminal, change, condition, condition_since, report)
                values ('%s', 0, 'WORKING', '2026-11-24 12:00+02', '{"devices": [{"kind": "RFID_PAD", "status": "%s"}]}')
                """.formatted(login, status));
    }

    private void clear() {
        run("delete from tag_orders");
        run("delete from fleet_terminals where terminal like 'desk-lieto%'");
        run("delete from terminals where login like 'desk-lieto%'");
        consortium.refresh();
        for (String table : List.of("loans", "holds", "fees", "payments", "card_blocks", "patrons")) {
            run("delete from " + table + " where card like '29990001%'");
        }
        run("delete from items where number like '29990001%'");
        run("delete from titles where author = 'Desk Author'");
        run("delete from desk_changes");
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }

    private int count(String sql) {
        return jdbc.sql("select count(*) from " + sql).query(Integer.class).single();
    }

    // ---- how they look -----------------------------------------------------------------------------------

    static Stream<Look> looks() {
        return Look.all(360);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void looksGoodAndIsAccessible(Look looked) {
        Page page = browser.signedIn("admin", looked);
        String name = "-" + looked;
        page.navigate("/desk");
        page.fill("#patron", "mäk");
        page.click("form:has(#patron) button");
        look(page, "desk-found" + name);
        page.navigate("/desk/patrons/" + id);
        look(page, "desk-patron" + name);
        page.navigate("/desk/patrons/" + id + "/change");
        page.fill("#familyName", "");
        page.fill("#email", "kaino");
        page.click("main form button");
        look(page, "desk-change" + name);
        page.navigate("/desk/patrons/" + id + "/card");
        look(page, "desk-card" + name);
        page.navigate("/desk/patrons/" + id + "/fees");
        page.click("summary:has-text('2')");
        look(page, "desk-fees" + name);
        page.click("form[action$='/sum'] button");
        look(page, "desk-sum" + name);
        page.click("button[value=CARD]");
        look(page, "desk-receipt" + name);
        page.navigate("/desk/items?number=2999000109");
        look(page, "desk-item" + name);
        staffPads();
        page.navigate("/desk/items?number=2999000110");
        page.click("form[action$='/items/tag'] button");
        page.click("details:has(.command) summary");
        look(page, "desk-item-ordered" + name);
        run("update tag_orders set outcome = 'UNKNOWN_CONTENT'");
        page.waitForSelector("#order.notice-fault");
        look(page, "desk-item-refused" + name);
        page.navigate("/desk/titles/"
                + jdbc.sql("select id from titles where author = 'Desk Author'")
                        .query(Integer.class)
                        .single());
        look(page, "desk-title" + name);
        Browser.close(page);
    }

    private static void look(Page page, String name) {
        page.waitForLoadState();
        Browser.picture(page, name);
        assertThat(Browser.findings(page)).as(name).isEmpty();
        assertThat((Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as(name + " fits its window")
                .isTrue();
    }

    // ---- what they do ------------------------------------------------------------------------------------

    @Test
    void registersAPatronWithAPinAndLosesNothingThatWasTyped() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/patrons/new");
        page.fill("#card", "2999000102");
        page.fill("#familyName", "Mänty");
        page.fill("#phone", "call me");
        page.fill("#birthDate", "1999-01-31");
        page.selectOption("#homeBranch", "AURA");
        page.click("main form button");

        assertThat(page.textContent("[role=alert]")).startsWith("Nothing is saved yet");
        assertThat(page.textContent("#givenName-why")).isEqualTo("This is missing.");
        assertThat(page.textContent("#phone-why")).startsWith("A phone number has digits");
        assertThat(page.textContent("#category-why")).isEqualTo("Choose one.");
        assertThat(page.inputValue("#familyName")).isEqualTo("Mänty");
        assertThat(page.inputValue("#phone")).isEqualTo("call me");
        assertThat(page.inputValue("#birthDate")).isEqualTo("1999-01-31");
        assertThat(page.inputValue("#homeBranch")).isEqualTo("AURA");

        page.fill("#givenName", "Maija");
        page.fill("#phone", "");
        page.selectOption("#category", "ADULT");
        page.click("main form button");
        page.waitForSelector("#pin");
        page.fill("#pin", "7531");
        page.fill("#again", "7532");
        page.click("form[action$='/pin'] button");
        assertThat(page.textContent("#pin-why")).startsWith("The PINs are not the same");
        assertThat(page.content()).doesNotContain("7531");
        page.fill("#pin", "7531");
        page.fill("#again", "7531");
        page.click("form[action$='/pin'] button");
        assertThat(page.textContent("[role=status]")).isEqualTo("The PIN is set.");
        assertThat(page.url()).doesNotContain("2999000102");
        assertThat(count("patrons where card = '2999000102' and pin like '$argon2id$%'"))
                .isOne();
        Browser.close(page);
    }

    @Test
    void tellsTheSecondWhoSavesWhatTheFirstHasSaved() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/patrons/" + id + "/change");
        run("update patrons set phone = '050 999', version = version + 1 where card = '2999000101'");
        page.fill("#email", "new@example.org");
        page.click("main form button");

        assertThat(page.textContent("[role=alert]")).startsWith("A colleague has just saved");
        assertThat(page.textContent("#phone-why")).isEqualTo("Just saved: 050 999");
        assertThat(page.inputValue("#email")).isEqualTo("new@example.org");
        assertThat(count("patrons where email = 'new@example.org'")).isZero();

        page.fill("#phone", "050 999");
        page.click("main form button");
        assertThat(page.textContent("[role=status]")).isEqualTo("The changes are saved.");
        assertThat(count("patrons where email = 'new@example.org' and phone = '050 999'"))
                .isOne();
        Browser.close(page);
    }

    @Test
    void takesAPartOnceAndPrintsAReceiptWithoutTheFrame() {
        Page page = browser.signedIn("staff", "fi", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/patrons/" + id + "/fees");
        page.fill("#amount", "20");
        page.click("form[action$='/sum'] button");
        assertThat(page.textContent("#problem")).isEqualTo("Valittuja maksuja on vain 15,40\u00a0€.");
        page.fill("#amount", "5,40");
        page.click("form[action$='/sum'] button");
        assertThat(page.textContent("h1")).isEqualTo("Otetaan 5,40\u00a0€");
        FormData again = FormData.create()
                .set("token", page.inputValue("[name=token]"))
                .set("_csrf", page.locator("main [name=_csrf]").inputValue())
                .set("amount", "5.40")
                .set("fee", page.locator("[name=fee]").first().inputValue())
                .set("means", "CASH");
        page.click("button[value=CASH]");
        String receipt = page.url();

        for (String reloaded : List.of("/sum", "/payments")) {
            APIResponse answer = page.request()
                    .post(
                            "/desk/patrons/" + id + reloaded,
                            RequestOptions.create().setForm(again));
            assertThat(answer.url()).as(reloaded).isEqualTo(receipt);
        }
        assertThat(count("payments where card = '2999000101'")).isOne();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.isVisible(".bar")).isFalse();
        assertThat(page.isVisible(".no-print")).isFalse();
        assertThat(page.textContent(".receipt"))
                .contains("5,40\u00a0€", "Käteisellä", "staff")
                .doesNotContain("Wester");
        Browser.picture(page, "desk-receipt-on-paper");
        Browser.close(page);
    }

    @Test
    void letsOnlyAdministratorsLetAFeeGo() {
        Page staff = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        staff.navigate("/desk/patrons/" + id + "/fees");
        assertThat(staff.isVisible("#waive-title")).isFalse();
        Response refused = staff.navigate("/admin/desk/patrons/" + id + "/waivers");
        assertThat(refused.status()).isEqualTo(403);
        Browser.close(staff);

        Page admin = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        admin.navigate("/desk/patrons/" + id + "/fees");
        admin.click("details:has-text('13.00') summary");
        admin.fill("details[open] input[name=reason]", "It was our mistake");
        admin.click("details[open] button");
        assertThat(admin.textContent("[role=status]")).isEqualTo("The fee is let go.");
        assertThat(count("desk_changes where kind = 'FEE_WAIVED' and who = 'admin' and reason = 'It was our mistake'"))
                .isOne();
        assertThat(count("fees where card = '2999000101' and paid_at is null")).isOne();
        Browser.close(admin);
    }

    @Test
    void addsATitleAndACopyAndShowsHowItsTagIsWritten() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/titles/new");
        page.fill("#title", "A new table");
        page.fill("#author", "Desk Author");
        page.click("main form button");
        page.click("a[href$='/items/new']");
        page.fill("#number", "2999000111");
        page.selectOption("#homeBranch", "LIETO");
        page.fill("#parts", "2");
        page.click("main form button");

        assertThat(page.textContent("#where")).isEqualTo("In place: Lieto");
        assertThat(page.locator(".command").allTextContents())
                .containsExactly(
                        "kimppa-devices tag write UID --item=2999000111 --owner=FI-Lieto --part=1/2",
                        "kimppa-devices tag write UID --item=2999000111 --owner=FI-Lieto --part=2/2");
        page.check("#sure");
        page.click("button[name=withdraw]");
        assertThat(page.textContent("[role=status]")).isEqualTo("Item 2999000111 is withdrawn.");
        assertThat(count("titles where title = 'A new table'")).isZero();
        Browser.close(page);
    }

    @Test
    void letsAStaffPadWriteATagAndSaysWhatBecomesOfIt() {
        staffPads();
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/items?number=2999000109");
        page.click("form[action$='/items/tag'] button");
        assertThat(page.textContent("[role=alert]")).startsWith("The item is on loan");
        assertThat(count("tag_orders")).isZero();

        page.navigate("/desk/items?number=2999000110");
        assertThat(page.inputValue("#pad")).as("the only one that answers").isEqualTo("desk-lieto");
        assertThat(page.isDisabled("option[value=desk-lieto-back]")).isTrue();
        assertThat(page.isVisible(".command")).as("by hand is the second way").isFalse();
        page.selectOption("#part", "2");
        page.click("form[action$='/items/tag'] button");
        assertThat(page.textContent("#order"))
                .isEqualTo("Part 2 of 2. Waits for desk-lieto: it looks every few seconds.");
        page.fill("#callNumber", "84.3 typed meanwhile");

        run("update tag_orders set run = '00000000-0000-0000-0000-000000000001'");
        page.waitForSelector("#order:has-text('is writing')");
        run("update tag_orders set outcome = 'WRITTEN', uid = 'E004015000000001'");
        page.waitForSelector("#order:has-text('E004015000000001')");
        assertThat(page.textContent("#order"))
                .isEqualTo("Part 2 of 2. The tag is written and read back at desk-lieto: E004015000000001.");
        assertThat(page.inputValue("#callNumber")).isEqualTo("84.3 typed meanwhile");
        assertThat(count("desk_changes where kind = 'TAG_ORDERED' and what = 'desk-lieto 2/2' and who = 'staff'"))
                .isOne();

        page.navigate("/desk/items?number=2999000110");
        assertThat(page.inputValue("#part")).as("after the last").isEqualTo("1");
        assertThat(page.textContent("section:has(#changes-title)")).contains("Tag ordered at the pad: desk-lieto 2/2");
        Browser.close(page);
    }

    @Test
    void leadsFromAnOldCardToItsPerson() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/desk/patrons/" + id + "/card");
        page.fill("#card", "2999000103");
        page.check("#lost-card");
        page.click("form[action$='/replacement'] button");
        assertThat(page.textContent("[role=status]")).startsWith("The card is replaced");
        page.navigate("/desk");
        page.fill("#patron", CARD);
        page.click("form:has(#patron) button");
        assertThat(page.textContent("h1")).isEqualTo("Wester-Åkerblom, Kaino Göran");
        assertThat(page.textContent("[role=status]")).isEqualTo("Another card stands for this one.");
        assertThat(count("loans where card = '2999000103'")).isOne();
        Browser.close(page);
    }
}
