package fi.kimppa.deploy;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another library system, as a process of its own: a SIP2 server that lends and takes back, and has each loan and return on the disk
 * before it answers, unless it has no file. It knows every item and card that begins as its own do, and does what it is told as often as
 * it is told: a loan that is asked for twice is refused, a return that comes twice is taken.
 */
public final class ChaosLibrary {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");
    private static final String DUE = "20991231    235900";

    private final String items;
    private final Optional<FileChannel> file;
    private final Map<String, String> loans = new HashMap<>();

    private ChaosLibrary(String items, Optional<FileChannel> file) {
        this.items = items;
        this.file = file;
    }

    /**
     * What a library's file says.
     *
     * @param loans who has what
     * @param lent how often each item was lent
     */
    record Books(Map<String, String> loans, Map<String, Integer> lent) {
        /** Reads a file; a last line that a kill cut off was answered to nobody and does not count. */
        static Books read(Path file) {
            Map<String, String> loans = new HashMap<>();
            Map<String, Integer> lent = new HashMap<>();
            try {
                String all = Files.exists(file) ? Files.readString(file) : "";
                for (String line :
                        all.substring(0, all.lastIndexOf('\n') + 1).lines().toList()) {
                    String[] words = line.split(" ", 3);
                    if (words[0].equals("LENT")) {
                        loans.put(words[1], words[2]);
                        lent.merge(words[1], 1, Integer::sum);
                    } else {
                        loans.remove(words[1]);
                    }
                }
                return new Books(loans, lent);
            } catch (IOException e) {
                throw new StartException("The books of a library cannot be read: " + file, e);
            }
        }
    }

    /**
     * Serves until it is killed.
     *
     * @param args port, what the numbers of its items begin with, and its file, if it has one
     */
    public static void main(String[] args) throws IOException {
        ChaosLibrary library =
                args.length > 2 ? opened(args[1], Path.of(args[2])) : new ChaosLibrary(args[1], Optional.empty());
        try (ServerSocket door = new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> library.serve(socket));
            }
        }
    }

    private static ChaosLibrary opened(String items, Path books) throws IOException {
        FileChannel file =
                FileChannel.open(books, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        String all = Files.readString(books);
        // A half line would spoil the next one.
        file.truncate(all.substring(0, all.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length);
        ChaosLibrary library = new ChaosLibrary(items, Optional.of(file));
        library.loans.putAll(Books.read(books).loans());
        return library;
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
            default -> "96";
        };
    }

    private synchronized String item(String item, String now) {
        boolean known = item.startsWith(items);
        return "18" + (loans.containsKey(item) ? "04" : known ? "03" : "01") + "0001" + now + "AB" + item + "|AJ"
                + (known ? "Title " + item : "") + "|";
    }

    private synchronized String patron(String card, String now) {
        List<String> theirs = loans.entrySet().stream()
                .filter(loan -> loan.getValue().equals(card))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        StringBuilder line = new StringBuilder("64              000" + now + "00000000")
                .append("%04d".formatted(theirs.size()))
                .append("000000000000AOCHAOS|AA" + card + "|AEChaos|BLY|");
        theirs.forEach(item -> line.append("AU").append(item).append('|'));
        return line.toString();
    }

    private synchronized String lend(String item, String card, String now) throws IOException {
        boolean ok = item.startsWith(items) && !loans.containsKey(item);
        if (ok) {
            write("LENT " + item + ' ' + card);
            loans.put(item, card);
        }
        return (ok ? "121NNY" : "120NUN") + now + "AOCHAOS|AA" + card + "|AB" + item + "|AJTitle " + item + "|AH"
                + (ok ? DUE : "") + "|" + (ok ? "" : "AFNot for loan|");
    }

    private synchronized String takeBack(String item, String now) throws IOException {
        boolean ok = item.startsWith(items);
        if (loans.containsKey(item)) {
            write("BACK " + item);
            loans.remove(item);
        }
        return (ok ? "101YNN" : "100NUN") + now + "AOCHAOS|AB" + item + "|AQ|AJTitle " + item + "|";
    }

    private void write(String line) throws IOException {
        if (file.isPresent()) {
            append(file.get(), line);
        }
    }

    private static void append(FileChannel file, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
        long before = file.size();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
    }
}
