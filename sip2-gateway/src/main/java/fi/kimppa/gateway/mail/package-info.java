/**
 * Notices and receipts by e-mail, each once. Whoever knows what is to be said (the embedded store) hands
 * {@link fi.kimppa.gateway.mail.Notice}s to {@link fi.kimppa.gateway.mail.Mail} and offers a
 * {@link fi.kimppa.gateway.mail.LetterWriter}, which is asked at the moment of sending what there is still to say. Receipts come
 * from kiosks, which alone know what is on them. This package has the outbox, the texts, the SMTP client and the page on which staff see
 * what became of it. Uses the consortium, and circulation for who has been where and what their address is.
 */
@NullMarked
package fi.kimppa.gateway.mail;

import org.jspecify.annotations.NullMarked;
