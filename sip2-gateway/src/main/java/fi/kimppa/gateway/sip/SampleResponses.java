package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;

/**
 * Responses about nobody and nothing, for showing how a profile turns them into bytes: each has the fields that
 * profiles speak of, and letters that some character sets lack. No backend is asked for them.
 */
final class SampleResponses {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    private SampleResponses() {}

    /** A response to this request, as the gateway would say it before any profile. */
    static Frame to(Frame request, Terminal terminal, Timestamp now) {
        String line = template(request.type())
                .replace("{now}", now.text())
                .replace("{ao}", terminal.institutionId())
                .replace("{branch}", terminal.branchCode())
                .replace("{aa}", value(request, "AA"))
                .replace("{ab}", value(request, "AB"));
        return ((Decoded.Complete) CODEC.decode(line.getBytes(StandardCharsets.UTF_8))).frame();
    }

    private static String template(MessageType request) {
        return switch (request) {
            case LOGIN -> "941";
            case SC_STATUS -> "98YYYYYY100003{now}2.00AO{ao}|AMKimppa|BXYYYYYYYYYYYYYYYY|AN{branch}|";
            case PATRON_STATUS_REQUEST, BLOCK_PATRON ->
                "24              007{now}AO{ao}|AA{aa}|AEEsimerkki, Åsa|BLY|CQY|BHEUR|BV2.40|";
            case PATRON_ENABLE -> "26              007{now}AO{ao}|AA{aa}|AEEsimerkki, Åsa|BLY|CQY|";
            case PATRON_INFORMATION ->
                "64              007{now}000100000001000000000000AO{ao}|AA{aa}|AEEsimerkki, Åsa|BZ0050|CA0020|CB0100|"
                        + "BLY|CQY|BHEUR|BV2.40|CC30.00|AU3000000011|AFNouda varauksesi – tiistaihin mennessä.|"
                        + "PB19800229|PX20271231    235959|PA1|PCADULT|AQ{branch}|";
            case CHECKOUT ->
                "121NNY{now}AO{ao}|AA{aa}|AB{ab}|AJŠumava – kesä järvellä|AH20261219    235900|BHEUR|BV2.40|CK001|";
            case RENEW -> "301YNY{now}AO{ao}|AA{aa}|AB{ab}|AJŠumava – kesä järvellä|AH20261219    235900|CK001|";
            case RENEW_ALL -> "66100010001{now}AO{ao}|BM3000000011|BN3000000035|";
            case CHECKIN ->
                "101YNY{now}AO{ao}|AB{ab}|AQLIETO|AJŠumava – kesä järvellä|CL3|AA2000099999|CK001|CS84.2|CTLIETO|CV04|"
                        + "AFLähetä: Lieto.|";
            case ITEM_INFORMATION ->
                "18040001{now}CF0|AH20261219    235900|AB{ab}|AJŠumava – kesä järvellä|CK001|AQ{branch}|AP{branch}|";
            case ITEM_STATUS_UPDATE -> "201{now}AB{ab}|AJŠumava – kesä järvellä|";
            case HOLD -> "161N{now}BR1|BS{branch}|AO{ao}|AA{aa}|AB{ab}|AJŠumava – kesä järvellä|";
            case FEE_PAID -> "38Y{now}AO{ao}|AA{aa}|BK1|AFMaksettu.|";
            case END_PATRON_SESSION -> "36Y{now}AO{ao}|AA{aa}|";
            case REQUEST_ACS_RESEND -> "96";
            default -> throw new IllegalArgumentException(request.title() + " is a response");
        };
    }

    /** What the sample repeats of the request. */
    private static String value(Frame request, String code) {
        return request.fields().stream()
                .filter(field -> field.code().equals(code))
                .findFirst()
                .map(field ->
                        field instanceof CodedField.Text text ? text.value().strip() : "")
                .orElse("");
    }
}
