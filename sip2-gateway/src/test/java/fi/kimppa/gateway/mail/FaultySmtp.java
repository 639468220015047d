package fi.kimppa.gateway.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable SSLContext tls;

    FaultySmtp(Fault... script) throws IOException {
        this(null, script);
    }

    /** With STARTTLS, by the certificate of this context. */
    FaultySmtp(@Nullable SSLContext tls, Fault... script) throws IOException {
        this.tls = tls;
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
                Fault fault = faults.poll();
                if (fault != Fault.GONE_AT_ONCE) {
                    say(one, "220 faulty");
                    converse(one, fault, tls);
                }
            } catch (IOException _) {
                // A peer that hangs up, or the end.
            }
        }
    }

    private void converse(Socket one, @Nullable Fault fault, @Nullable SSLContext offered) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.substring(0, Math.min(4, line.length()))) {
                case "EHLO" -> say(one, offered == null ? "250 faulty" : "250-faulty\r\n250 STARTTLS");
                case "STAR" -> {
                    say(one, "220 go on");
                    converse(encrypted(one, Objects.requireNonNull(offered)), fault, null);
                    return;
                }
                case "RCPT" -> say(one, recipient(fault, line.substring("RCPT TO:".length())));
                case "DATA" -> {
                    say(one, "354 go on");
                    texts.add(text(in));
                    if (fault == Fault.GONE_AFTER_DATA) {
                        return;
                    }
                    say(one, fault == Fault.NEVER_AFTER_DATA ? "554 5.7.1 we do not like it" : "250 taken");
                }
                case "QUIT" -> {
                    say(one, "221 bye");
                    return;
                }
                default -> say(one, "250 fine");
            }
        }
    }

    /** With the address in it, as servers answer. */
    private static String recipient(@Nullable Fault fault, String address) {
        return fault == Fault.LATER_AT_RCPT
                ? "451 4.7.1 " + address + ": come again"
                : fault == Fault.NEVER_AT_RCPT ? "550 5.1.1 " + address + ": nobody has this address" : "250 fine";
    }

    private static SSLSocket encrypted(Socket one, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket)
                tls.getSocketFactory().createSocket(one, one.getInetAddress().getHostAddress(), one.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(Socket one, String line) throws IOException {
        one.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        one.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
