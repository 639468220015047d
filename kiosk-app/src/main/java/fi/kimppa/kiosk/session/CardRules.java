package fi.kimppa.kiosk.session;

import fi.kimppa.device.card.CardNumberRules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of the numbers that are read, or typed, are cards, and whose.
 *
 * @param patrons what a library card's number looks like, after the rules
 * @param numbers how the number that the library knows is made of what was read
 * @param staff the cards that open the staff menu; none of them ever goes to the library
 * @param typed when a patron may type the number instead
 */
public record CardRules(Pattern patrons, CardNumberRules numbers, List<StaffCard> staff, Typed typed) {
    /** When a card's number may be typed. */
    public enum Typed {
        /** Never: whoever knows a number and guesses a PIN needs no card. */
        NEVER,
        /** While the bar code scanner is out of order. */
        WITHOUT_SCANNER,
        /** Always, for cards that cannot be read any more. */
        ALWAYS
    }

    /** Takes a copy. */
    public CardRules {
        staff = List.copyOf(staff);
    }

    /** Cards that are used as they are read; nobody has a staff card. */
    public static CardRules of(Pattern patrons) {
        return new CardRules(patrons, CardNumberRules.AS_READ, List.of(), Typed.WITHOUT_SCANNER);
    }

    /** The library card of this number, if it is one. */
    Optional<CardNumber> patron(String read) {
        String number = numbers.apply(read.strip()).number();
        return staff(read).isEmpty() && patrons.matcher(number).matches()
                ? Optional.of(new CardNumber(number))
                : Optional.empty();
    }

    /** The staff card of this number, as it was read or by the rules. */
    Optional<StaffCard> staff(String read) {
        String bare = read.strip();
        String number = numbers.apply(bare).number();
        return staff.stream()
                .filter(card -> card.carries(bare) || card.carries(number))
                .findFirst();
    }
}
