package fi.kimppa.gateway.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on a real port that does wrong what a script says, one conversation after the other, and then serves well. */
final class FaultySmtp implements AutoCloseable {
    /** What goes wrong in a conversation. */
    enum Fault {
        /** Greylisting, say. */
        LATER_AT_RCPT,
        /** Nobody has this address. */
        NEVER_AT_RCPT,
        /** The text is refused. */
        NEVER_AFTER_DATA,
        /** It has taken the text and is gone before it says so. */
        GONE_AFTER_DATA,
        /** It greets nobody. */
        GONE_AT_ONCE
    }

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    FaultySmtp(Fault... script) throws IOException {
        faults.addAll(List.of(script));
        Thread.ofVirtual().name("faulty-smtp").start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The texts that it has had, those of which it never spoke included. */
    List<String> texts() {
        return texts;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket one = socket.accept()) {
                converse(one, faults.poll());
            } catch (IOException _) {
                // A peer that hangs up, or the end.
            }
        }
    }

    private void converse(Socket one, Fault fault) throws IOException {
        if (fault == Fault.GONE_AT_ONCE) {
            return;
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = one.getOutputStream();
        say(out, "220 faulty");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.substring(0, Math.min(4, line.length()))) {
                case "RCPT" ->
                    say(
                            out,
                            fault == Fault.LATER_AT_RCPT
                                    ? "451 4.7.1 <" + line.substring(8) + ": come again"
                                    : fault == Fault.NEVER_AT_RCPT
                                            ? "550 5.1.1 " + line.substring(8) + ": nobody has this address"
                                            : "250 fine");
                case "DATA" -> {
                    say(out, "354 go on");
                    texts.add(text(in));
                    if (fault == Fault.GONE_AFTER_DATA) {
                        return;
                    }
                    say(out, fault == Fault.NEVER_AFTER_DATA ? "554 5.7.1 we do not like it" : "250 taken");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 fine");
            }
        }
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
