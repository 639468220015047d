package fi.kimppa.gateway.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** What became of a mail at the mail server. */
sealed interface SmtpAnswer {
    /** The server has it. */
    record Taken() implements SmtpAnswer {}

    /**
     * Not now, or nobody knows: it is tried again.
     *
     * @param reason a code such as {@code 451 4.7.1}, or {@code silence}, {@code login}, {@code tls} or {@code library}
     * @param reached whether the server spoke of this mail; if not, the next one would fare the same
     */
    record Later(String reason, boolean reached) implements SmtpAnswer {}

    /**
     * Not this one.
     *
     * @param reason a code such as {@code 550 5.1.1}, or {@code address}
     */
    record Never(String reason) implements SmtpAnswer {}

    /** What the server does not say with a code. */
    String SILENCE = "silence";

    /** It did not accept our user and password. */
    String LOGIN = "login";

    /** There is no encrypted line. */
    String TLS = "tls";

    /** The library system that knows the address does not answer, so that the server was not asked. */
    String LIBRARY = "library";

    /** The patron's address is none. */
    String ADDRESS = "address";

    /** The enhanced code behind the reply's own three digits (RFC 2034). */
    Pattern ENHANCED = Pattern.compile("^\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b");

    /**
     * What a failure means. Only a reply of the 500s to this very mail is for good; one to the greeting or the log-in is about us. The
     * server's own words are not kept: they may have the address in them.
     *
     * @param connected whether the server had accepted the connection and the log-in
     */
    static SmtpAnswer of(MessagingException failure, boolean connected) {
        if (failure instanceof AuthenticationFailedException) {
            return new Later(LOGIN, false);
        }
        Optional<Reply> reply = connected ? reply(failure) : Optional.empty();
        if (reply.isPresent()) {
            return reply.get().code() >= 500 && reply.get().code() < 600
                    ? new Never(reply.get().text())
                    : new Later(reply.get().text(), true);
        }
        return new Later(isAboutTls(failure) ? TLS : SILENCE, false);
    }

    private static boolean isAboutTls(MessagingException failure) {
        for (Throwable one = failure; one != null; one = next(one)) {
            if (one instanceof SSLException || String.valueOf(one.getMessage()).startsWith("STARTTLS")) {
                return true;
            }
        }
        return false;
    }

    /** The first reply with a code; a line that broke in the middle of one has none. */
    private static Optional<Reply> reply(MessagingException failure) {
        for (Throwable one = failure; one != null; one = next(one)) {
            int code = code(one);
            if (code >= 400) {
                return Optional.of(new Reply(code, String.valueOf(one.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static int code(Throwable one) {
        return switch (one) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
        };
    }

    private static @Nullable Throwable next(Throwable one) {
        return one instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : one.getCause();
    }

    /** A reply of three digits, with the server's words. */
    record Reply(int code, String words) {
        /** Its codes alone. */
        String text() {
            Matcher enhanced = ENHANCED.matcher(words);
            return enhanced.find() ? code + " " + enhanced.group(1) : Integer.toString(code);
        }
    }
}
