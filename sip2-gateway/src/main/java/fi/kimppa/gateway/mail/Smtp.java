package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.mail.LetterTexts.Written;
import fi.kimppa.sip2.wire.Secret;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands one mail to the mail server, over a connection of its own. Threads: any. */
@Component
class Smtp {
    private static final Logger LOG = LoggerFactory.getLogger(Smtp.class);

    private final MailSettings settings;
    private final Session session;

    /**
     * Makes it ready.
     *
     * @throws CannotStartException if the file of certificates cannot be read
     */
    Smtp(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        String protocol = settings.security().protocol();
        Properties properties = new Properties();
        String millis = Long.toString(settings.timeout().toMillis());
        for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail." + protocol + "." + timeout, millis);
        }
        properties.setProperty(
                "mail." + protocol + ".auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail." + protocol + ".quitwait", "false");
        properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        properties.setProperty("mail." + protocol + ".ssl.protocols", "TLSv1.3 TLSv1.2");
        if (settings.security() == MailSettings.Security.STARTTLS) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
        Optional.ofNullable(settings.certificate())
                .ifPresent(file -> properties.put("mail." + protocol + ".ssl.socketFactory", trusting(file)));
        return properties;
    }

    private static SSLSocketFactory trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new CannotStartException("kimppa.mail.certificate cannot be read: " + file);
        }
    }

    /**
     * Sends it, and says what the server said of it.
     *
     * @param messageId the same at every try
     */
    SmtpAnswer send(InternetAddress to, Written mail, String messageId, Instant now) {
        boolean connected = false;
        try {
            Transport transport = session.getTransport(settings.security().protocol());
            try {
                MimeMessage message = message(to, mail, messageId, now);
                connect(transport);
                connected = true;
                transport.sendMessage(message, message.getAllRecipients());
                return new SmtpAnswer.Taken();
            } finally {
                close(transport);
            }
        } catch (MessagingException e) {
            return SmtpAnswer.of(e, connected);
        }
    }

    /** A server that is gone before we say goodbye takes nothing back of what it has said. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The mail server was gone before the goodbye", e);
        }
    }

    private void connect(Transport transport) throws MessagingException {
        if (settings.user().isEmpty()) {
            transport.connect(settings.host(), settings.portOrUsual(), null, null);
            return;
        }
        char[] password = settings.secret().map(Secret::reveal).orElseGet(() -> new char[0]);
        transport.connect(settings.host(), settings.portOrUsual(), settings.user(), new String(password));
    }

    private MimeMessage message(InternetAddress to, Written mail, String messageId, Instant now)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", messageId);
            }
        };
        String charset = StandardCharsets.UTF_8.name();
        message.setFrom(named(mail.sender(), mail.senderName()));
        if (mail.replyTo().isPresent()) {
            message.setReplyTo(
                    new InternetAddress[] {new InternetAddress(mail.replyTo().get(), true)});
        }
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject(), charset);
        message.setSentDate(Date.from(now));
        message.setContentLanguage(new String[] {mail.language()});
        // RFC 3834: an answering machine does not answer this.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(mail.plain(), charset);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), charset, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }

    private static InternetAddress named(String address, String name) throws MessagingException {
        try {
            InternetAddress sender = new InternetAddress(address, true);
            sender.setPersonal(name, StandardCharsets.UTF_8.name());
            return sender;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    /** What stands behind the @ of Message-IDs: the sender's domain, which is ours. */
    String domain() {
        String sender = settings.sender();
        return sender.substring(sender.indexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    }
}
