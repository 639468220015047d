package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.text.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * Dates and sums as one says them. An engine reads "19.12." as two numbers, so dates are words; it reads whole numbers right.
 *
 * @param texts of the language
 * @param today a date of another year is said with its year
 * @param branding what the library has made its own
 */
record Spoken(Texts texts, LocalDate today, Branding branding) {
    /** As a state is spoken of: in the language of the screen, or in the one that stands in for it where that has no voice. */
    static Spoken of(KioskState state) {
        Language aloud = Texts.in(state.language()).readAloud();
        Branding branding = state.around().settings().branding();
        return new Spoken(
                Texts.in(aloud).worded(branding.wording(aloud)), state.around().today(), branding);
    }

    String say(String key, Object... parameters) {
        return texts.say(key, parameters);
    }

    /** A bin in a sentence. */
    String bin(String number) {
        return branding.called(number, texts.language());
    }

    /** A day in words: "lauantaina yhdeksästoista joulukuuta". */
    String day(LocalDate date) {
        String day = texts.say(
                "speech.day",
                "weekday",
                word("speech.weekdays", date.getDayOfWeek().getValue()),
                "ordinal",
                word("speech.ordinals", date.getDayOfMonth()),
                "month",
                word("speech.months", date.getMonthValue()));
        return date.getYear() == today.getYear()
                ? day
                : texts.say("speech.day.year", "day", day, "year", date.getYear());
    }

    /** The word of a number, from 1. */
    private String word(String key, int number) {
        return texts.say(key).split(" ", -1)[number - 1];
    }

    /** When a loan is due. */
    String due(DueDate due) {
        return texts.say("out.due", "date", due.date().map(this::day).orElse(due.text()));
    }

    /** A sum: "12 euroa 50 senttiä". */
    String money(Money money) {
        BigDecimal amount = money.amount().setScale(2, RoundingMode.HALF_UP);
        int euros = amount.intValue();
        int cents = amount.subtract(BigDecimal.valueOf(euros))
                .movePointRight(2)
                .abs()
                .intValue();
        String whole = texts.count("speech.euros", euros);
        return cents == 0 ? whole : whole + " " + texts.count("speech.cents", cents);
    }

    /** A line of the screen with its sum in words. */
    String sum(String line, Money money) {
        return line.replace(texts.money(money.amount()), money(money));
    }

    /** A title; what stands between it and its author is not read. */
    static String title(String title) {
        return title.replace(" / ", ", ");
    }
}
