package fi.kimppa.gateway;

import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** A terminal that asks, in the words of SIP2. Every message has a second of its own. */
public final class Asking {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    private final Circulation circulation;
    private final Terminal terminal;
    private final Clock clock;
    private LocalDateTime last;

    public Asking(Circulation circulation, Terminal terminal, Clock clock) {
        this.circulation = circulation;
        this.terminal = terminal;
        this.clock = clock;
        this.last = LocalDateTime.now(clock);
    }

    /** The next transaction date. */
    public Timestamp tick() {
        LocalDateTime now = LocalDateTime.now(clock);
        last = now.isAfter(last) ? now : last.plusSeconds(1);
        return Timestamp.of(last);
    }

    // ---- any line ----------------------------------------------------------------------------------------

    /** Sends this line, with a transaction date of its own for {@code {now}}, and hears the answer as a line. */
    public String say(String line) {
        return hear(line.replace("{now}", tick().text()));
    }

    /** Sends this very line. */
    public String hear(String line) {
        return new String(
                        CODEC.encode(circulation.serve(request(line), terminal).toFrame(), false),
                        StandardCharsets.UTF_8)
                .strip();
    }

    /** The request that a line is. */
    public static Request request(String line) {
        Decoded decoded = CODEC.decode(line.getBytes(StandardCharsets.UTF_8));
        return Request.from(((Decoded.Complete) decoded).frame());
    }

    // ---- 63, 17, 35 --------------------------------------------------------------------------------------

    public PatronInformationResponse who(String card, String pin) {
        return who(card, pin, Language.FINNISH, Optional.empty());
    }

    public PatronInformationResponse who(String card, String pin, Language language, Optional<ItemList> list) {
        return who(card, Optional.of(Secret.of(pin)), language, list, Optional.empty(), Optional.empty());
    }

    public PatronInformationResponse who(
            String card,
            Optional<Secret> pin,
            Language language,
            Optional<ItemList> list,
            Optional<String> first,
            Optional<String> last) {
        return (PatronInformationResponse) circulation.serve(
                new PatronInformation(
                        language.code(),
                        tick(),
                        ItemList.summary(list),
                        terminal.institutionId(),
                        card,
                        Optional.empty(),
                        pin,
                        first,
                        last,
                        List.of()),
                terminal);
    }

    public ItemInformationResponse item(String item) {
        return (ItemInformationResponse) circulation.serve(
                new ItemInformation(tick(), terminal.institutionId(), item, Optional.empty(), List.of()), terminal);
    }

    public void end(String card) {
        circulation.serve(
                new EndPatronSession(
                        tick(), terminal.institutionId(), card, Optional.empty(), Optional.empty(), List.of()),
                terminal);
    }

    // ---- 11, 09, 29 --------------------------------------------------------------------------------------

    public CheckoutResponse lend(String card, String item) {
        return send(checkout(card, item, tick()));
    }

    public CheckoutResponse send(Checkout checkout) {
        return (CheckoutResponse) circulation.serve(checkout, terminal);
    }

    public Checkout checkout(String card, String item, Timestamp date) {
        return checkout(card, item, date, false, false, false, "");
    }

    public Checkout checkout(
            String card,
            String item,
            Timestamp date,
            boolean renewalPolicy,
            boolean noBlock,
            boolean cancel,
            String pin) {
        return new Checkout(
                renewalPolicy,
                noBlock,
                date,
                Timestamp.BLANK,
                terminal.institutionId(),
                card,
                item,
                Optional.of(Secret.empty()),
                Optional.empty(),
                Optional.of(Secret.of(pin)),
                Optional.of(false),
                Optional.of(cancel),
                List.of());
    }

    public CheckinResponse bringBack(String item) {
        return send(checkin(item, tick()));
    }

    public CheckinResponse send(Checkin checkin) {
        return (CheckinResponse) circulation.serve(checkin, terminal);
    }

    public Checkin checkin(String item, Timestamp date) {
        return checkin(item, date, false, Optional.empty());
    }

    public Checkin checkin(String item, Timestamp date, boolean cancel, Optional<String> properties) {
        return new Checkin(
                false,
                date,
                date,
                terminal.branchCode(),
                terminal.institutionId(),
                item,
                Optional.empty(),
                properties,
                Optional.of(cancel),
                List.of());
    }

    public RenewResponse renew(String card, String item) {
        return (RenewResponse) circulation.serve(
                new Renew(
                        false,
                        false,
                        tick(),
                        Timestamp.BLANK,
                        terminal.institutionId(),
                        card,
                        Optional.empty(),
                        Optional.of(item),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                terminal);
    }
}
