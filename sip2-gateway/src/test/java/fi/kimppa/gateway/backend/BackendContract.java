package fi.kimppa.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.MessageType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every library system behind the gateway does with the requests of SIP2, whatever its own words for them are. What
 * an adapter cannot do it refuses, and that is asserted too ({@link Ability}). A new adapter implements this and a
 * {@link Library}.
 */
public interface BackendContract
        extends PatronContract,
                PinContract,
                ItemContract,
                LoanContract,
                ReturnContract,
                RenewContract,
                HoldContract,
                FeeContract,
                CardContract {
    @Test
    default void isOnLine() {
        assertThat(library().backend().online()).isTrue();
        assertThat(library().backend().name()).isNotBlank();
    }

    @Test
    default void servesWhatItSaysItCan() {
        Set<MessageType> served = library().backend().serves();
        assertThat(served)
                .contains(
                        MessageType.PATRON_STATUS_REQUEST,
                        MessageType.PATRON_INFORMATION,
                        MessageType.ITEM_INFORMATION,
                        MessageType.CHECKOUT,
                        MessageType.CHECKIN,
                        MessageType.RENEW,
                        MessageType.RENEW_ALL,
                        MessageType.HOLD,
                        MessageType.FEE_PAID,
                        MessageType.END_PATRON_SESSION);
        assertThat(served.contains(MessageType.BLOCK_PATRON)).isEqualTo(can(Ability.BLOCKS_CARDS));
        assertThat(served.contains(MessageType.PATRON_ENABLE)).isEqualTo(can(Ability.BLOCKS_CARDS));
        assertThat(served.contains(MessageType.ITEM_STATUS_UPDATE)).isEqualTo(can(Ability.KEEPS_PROPERTIES));
    }

    /** Also what is refused is answered by the message that belongs to it, about the same card and thing. */
    @ParameterizedTest
    @CsvSource({
        "24, 01N{now}AO{AO}|AL|AA{card}|AC|",
        "24, 23000{now}AO{AO}|AA{card}|AC|AD{pin}|",
        "64, 63000{now}          AO{AO}|AA{card}|AC|AD{pin}|",
        "18, 17{now}AO{AO}|AB{item}|AC|",
        "12, 11NN{now}{now}AO{AO}|AA{card}|AB{item}|AC|AD{pin}|",
        "10, 09N{now}{now}AP{AP}|AO{AO}|AB{item}|AC|",
        "30, 29NN{now}{now}AO{AO}|AA{card}|AD{pin}|AB{item}|",
        "66, 65{now}AO{AO}|AA{card}|AD{pin}|AC|",
        "16, 15+{now}AO{AO}|AA{card}|AD{pin}|BS{AP}|AB{item}|AC|",
        "38, 37{now}0100EURBV1.00|AO{AO}|AA{card}|AC|AD{pin}|",
        "26, 25{now}AO{AO}|AA{card}|AC|AD{pin}|",
        "20, 19{now}AO{AO}|AB{item}|AC|CHx|",
        "36, 35{now}AO{AO}|AA{card}|AC|"
    })
    default void answersEveryMessageWithItsOwnAndInTheTerminalsWords(String expected, String line) {
        Response answer = machine().say(line);
        assertThat(answer.type().code()).isEqualTo(expected);
        answer.toFrame().fields().forEach(field -> {
            if (field instanceof CodedField.Text(String code, String value)) {
                if (code.equals(Field.AO.code())) {
                    assertThat(value).isEqualTo(library().here().institutionId());
                }
                if (code.equals(Field.AA.code())) {
                    assertThat(value).isEqualTo(card());
                }
                if (code.equals(Field.AB.code())) {
                    assertThat(value).isEqualTo(item());
                }
            }
        });
    }

    /** What is remembered of a patron ends with the connection, and the next one is served as the first. */
    @Test
    default void servesTheNextPatronAfterARefusal() {
        library().block(card());
        who();
        out();
        library().backend().forget(library().here());
        assertThat(out(other(), machine().thing()).ok()).isTrue();
    }
}
