package fi.kimppa.deploy;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Another library system, as a process of its own: a SIP2 server that lends and takes back. It knows every item and card that begins as
 * its own do, and does what it is told as often as it is told: a loan that is asked for twice is refused, a return that comes twice is
 * taken.
 */
public final class ChaosLibrary {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");
    private final String items;
    private final ChaosBooks books;

    private ChaosLibrary(String items, ChaosBooks books) {
        this.items = items;
        this.books = books;
    }

    /**
     * Serves until it is killed.
     *
     * @param args port, what the numbers of its items begin with, and the file of its books, if they are written down
     */
    public static void main(String[] args) throws IOException {
        ChaosLibrary library =
                new ChaosLibrary(args[1], args.length > 2 ? ChaosBooks.open(Path.of(args[2])) : ChaosBooks.unwritten());
        try (ServerSocket door = new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> library.serve(socket));
            }
        }
    }

    private void serve(Socket socket) {
        var assembler = new FrameAssembler(WireProfile.DEFAULT.maxFrameBytes());
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int next = in.read(); next >= 0; next = in.read()) {
                Optional<byte[]> line = assembler.accept((byte) next);
                if (line.isPresent()) {
                    socket.getOutputStream().write(answer(line.get()));
                }
            }
        } catch (IOException e) {
            // The other side went away, or the disk is full: whoever asked hears nothing.
        }
    }

    private byte[] answer(byte[] line) throws IOException {
        Frame asked = ((Decoded.Complete) CODEC.decode(line)).frame();
        String said = answer(Request.from(asked));
        Frame frame = ((Decoded.Complete) CODEC.decode(said.getBytes(StandardCharsets.UTF_8))).frame();
        return CODEC.encode(
                frame.withSequence(asked.sequence()), asked.sequence().isPresent());
    }

    private String answer(Request request) throws IOException {
        String now = Timestamp.of(LocalDateTime.now(ZONE)).text();
        return switch (request) {
            case Login _ -> "941";
            case ScStatus _ -> "98YYYYYN010003" + now + "2.00AOCHAOS|BXYYYYYYYYYYYYYYYY|";
            case ItemInformation r -> item(r.itemIdentifier(), now);
            case PatronStatusRequest r ->
                "24              000" + now + "AOCHAOS|AA" + r.patronIdentifier() + "|AEChaos|BLY|";
            case PatronInformation r -> patron(r.patronIdentifier(), now);
            case Checkout r -> lend(r.itemIdentifier(), r.patronIdentifier(), now);
            case Checkin r -> takeBack(r.itemIdentifier(), now);
            case Renew r -> renew(r.itemIdentifier().orElse(""), r.patronIdentifier(), now);
            case Hold r -> hold(r, now);
            case FeePaid r -> pay(r.patronIdentifier(), now);
            default -> "96";
        };
    }

    private String item(String item, String now) {
        boolean known = item.startsWith(items);
        return "18" + (books.loan(item).isPresent() ? "04" : known ? "03" : "01") + "0001" + now + "AB" + item + "|AJ"
                + (known ? "Title " + item : "") + "|" + (books.loan(item).isPresent() ? "AH" + due(item) + "|" : "");
    }

    private String due(String item) {
        return books.due(item).format(DateTimeFormatter.BASIC_ISO_DATE) + "    235900";
    }

    private String patron(String card, String now) {
        List<ChaosBooks.Loan> theirs = books.of(card);
        StringBuilder line = new StringBuilder("64              000" + now + "00000000")
                .append("%04d".formatted(theirs.size()))
                .append("000000000000AOCHAOS|AA" + card + "|AEChaos|BLY|BV" + books.owed(card) + ".00|");
        books.heldBy(card).forEach(item -> line.append("AS").append(item).append('|'));
        theirs.forEach(loan -> line.append("AU").append(loan.item()).append('|'));
        return line.toString();
    }

    private String lend(String item, String card, String now) throws IOException {
        boolean ok = item.startsWith(items) && books.lend(new ChaosBooks.Loan(item, card, Instant.now()));
        return (ok ? "121NNY" : "120NUN") + now + "AOCHAOS|AA" + card + "|AB" + item + "|AJTitle " + item + "|AH"
                + (ok ? due(item) : "") + "|" + (ok ? "" : "AFNot for loan|");
    }

    private String takeBack(String item, String now) throws IOException {
        boolean ok = item.startsWith(items);
        books.takeBack(item);
        return (ok ? "101YNN" : "100NUN") + now + "AOCHAOS|AB" + item + "|AQ|AJTitle " + item + "|";
    }

    private String renew(String item, String card, String now) throws IOException {
        boolean ok = books.renew(item, card);
        return (ok ? "301YNN" : "300NUN") + now + "AOCHAOS|AA" + card + "|AB" + item + "|AJTitle " + item + "|AH"
                + (ok ? due(item) : "") + "|" + (ok ? "" : "AFNot lent to this card|");
    }

    private String pay(String card, String now) throws IOException {
        books.pay(card);
        return "38Y" + now + "AOCHAOS|AA" + card + "|";
    }

    private String hold(Hold asked, String now) throws IOException {
        String item = asked.itemIdentifier().orElse("");
        boolean ok =
                item.startsWith(items) && books.hold(asked.patronIdentifier(), item, asked.holdMode() == HoldMode.ADD);
        return "16" + (ok ? "1N" : "0N") + now + "AOCHAOS|AA" + asked.patronIdentifier() + "|AB" + item + "|"
                + (ok ? "" : "AFNothing to do|");
    }
}
