/**
 * Notices by e-mail, each once. Whoever knows what is to be said (the embedded store) hands
 * {@link fi.kimppa.gateway.mail.Notice}s to {@link fi.kimppa.gateway.mail.Mail} and offers a
 * {@link fi.kimppa.gateway.mail.LetterWriter}, which is asked at the moment of sending what there is still to say. This package has
 * the outbox, the texts, the SMTP client and the page on which staff see what became of it. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.mail;

import org.jspecify.annotations.NullMarked;
