package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.CheckinResponse;
import java.util.regex.Pattern;

/**
 * Whether an answer to a return says that the thing was not on loan. Our gateway writes a word in CH; Koha's SIP2 server (23.11, and
 * Koha-Suomi's) has a sentence in AF, of a no or of a yes as {@code checked_in_ok} is. Pure.
 */
final class NotOnLoan {
    private static final Pattern WORD = Pattern.compile("(?:^|[;, ])loan=none(?:$|[;, ])");
    private static final Pattern SENTENCE =
            Pattern.compile("\\bitem not checked out\\b", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private NotOnLoan() {}

    static boolean in(CheckinResponse answer) {
        return answer.itemProperties().filter(text -> WORD.matcher(text).find()).isPresent()
                || answer.screenMessages().stream()
                        .anyMatch(line -> SENTENCE.matcher(line).find());
    }
}
