package fi.kimppa.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Response;
import java.util.List;

/** What a case of the contract says and looks at, in short. */
public interface Case {
    /** The machine of this case. */
    Machine machine();

    default Library library() {
        return machine().library();
    }

    default String card() {
        return machine().card();
    }

    default String other() {
        return machine().other();
    }

    default String item() {
        return machine().item();
    }

    default String title() {
        return Machine.title(item());
    }

    default boolean can(Ability ability) {
        return ability.of(library().adapter());
    }

    default <R extends Response> R say(Class<R> type, String line) {
        return machine().say(type, line);
    }

    // ---- 63, 23, 17 --------------------------------------------------------------------------------------

    /** 63 with the right PIN and this summary. */
    default PatronInformationResponse who(String summary, String rest) {
        return say(PatronInformationResponse.class, "63000{now}" + summary + "AO{AO}|AA{card}|AC|AD{pin}|" + rest);
    }

    default PatronInformationResponse who(String summary) {
        return who(summary, "");
    }

    default PatronInformationResponse who() {
        return who("          ");
    }

    /** 23 with the right PIN. */
    default PatronStatusResponse status() {
        return say(PatronStatusResponse.class, "23000{now}AO{AO}|AA{card}|AC|AD{pin}|");
    }

    default ItemInformationResponse what(String number) {
        return say(ItemInformationResponse.class, "17{now}AO{AO}|AB" + number + "|AC|");
    }

    default ItemInformationResponse what() {
        return what(item());
    }

    // ---- 11, 09, 29, 65 ----------------------------------------------------------------------------------

    /** 11, which the machine would not let count as a renewal. */
    default CheckoutResponse out(String whose, String number) {
        return say(CheckoutResponse.class, "11NN{now}{now}AO{AO}|AA" + whose + "|AB" + number + "|AC|AD{pin}|");
    }

    default CheckoutResponse out() {
        return out(card(), item());
    }

    /** 09; what always holds for a 10 is looked at on the way. */
    default CheckinResponse in(String number) {
        return looked(say(CheckinResponse.class, "09N{now}{now}AP{AP}|AO{AO}|AB" + number + "|AC|"));
    }

    default CheckinResponse in() {
        return in(item());
    }

    /** Whoever reads CV alone and whoever reads the flag alone do the same; what is refused is not made secure. */
    default CheckinResponse looked(CheckinResponse answer) {
        if (answer.alertType().isPresent() || !answer.ok()) {
            assertThat(answer.alert()).as("%s", answer).isTrue();
        }
        assertThat(answer.resensitize()).as("%s", answer).isEqualTo(answer.ok());
        return answer;
    }

    /**
     * 29.
     *
     * @param rest further fields
     */
    default RenewResponse renew(String number, String rest) {
        return say(RenewResponse.class, "29NN{now}{now}AO{AO}|AA{card}|AD{pin}|AB" + number + "|" + rest);
    }

    default RenewResponse renew(String number) {
        return renew(number, "");
    }

    default RenewResponse renew() {
        return renew(item());
    }

    /**
     * 65.
     *
     * @param rest further fields
     */
    default RenewAllResponse renewAll(String rest) {
        return say(RenewAllResponse.class, "65{now}AO{AO}|AA{card}|AD{pin}|AC|" + rest);
    }

    default RenewAllResponse renewAll() {
        return renewAll("");
    }

    // ---- 15, 37 ------------------------------------------------------------------------------------------

    /** 15 with + for a new one, - to delete it, * to change it. */
    default HoldResponse hold(String mode, String rest) {
        return say(HoldResponse.class, "15" + mode + "{now}AO{AO}|AA{card}|AD{pin}|" + rest);
    }

    /** A new hold on the thing on the pad, to be picked up here. */
    default HoldResponse hold() {
        return hold("+", "BS{AP}|AB{item}|AC|");
    }

    default FeePaidResponse pay(String amount, String rest) {
        return say(FeePaidResponse.class, "37{now}0100EURBV" + amount + "|AO{AO}|AA{card}|AC|AD{pin}|" + rest);
    }

    // ---- looks -------------------------------------------------------------------------------------------

    /** A person at the machine is told why, and nothing that is only for those who run the systems. */
    static void explained(List<String> screenMessages) {
        assertThat(screenMessages)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text)
                        .isNotBlank()
                        .doesNotContainIgnoringCase("exception")
                        .doesNotContain("{", "}", "_", "org."));
    }

    /** The answer as the wire has it, with nothing masked. */
    static String wire(Response answer) {
        return Machine.wire(answer);
    }

    /** Nothing was lent, and the thing's security stays on. */
    static void refused(CheckoutResponse answer) {
        assertThat(answer.ok()).isFalse();
        assertThat(answer.desensitize()).isFalse();
        explained(answer.screenMessages());
    }

    /** Nothing was renewed. */
    static void refused(RenewResponse answer) {
        assertThat(answer.ok()).isFalse();
        assertThat(answer.renewalOk()).isFalse();
        explained(answer.screenMessages());
    }

    /** Nothing was put on hold, changed or deleted. */
    static void refused(HoldResponse answer) {
        assertThat(answer.ok()).isFalse();
        explained(answer.screenMessages());
    }

    /** Nothing was booked. */
    static void refused(FeePaidResponse answer) {
        assertThat(answer.paymentAccepted()).isFalse();
        explained(answer.screenMessages());
    }
}
