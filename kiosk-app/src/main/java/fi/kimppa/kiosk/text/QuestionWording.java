package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a person is asked in the middle of a visit, for the eye and for the ear. Pure; any thread. */
public final class QuestionWording {
    private QuestionWording() {}

    /** The question itself. */
    public static String asked(Texts texts, Question question) {
        return question instanceof Question.OtherLanguage(Language language)
                // For whoever does not read this one.
                ? Texts.in(language).say("ask.language")
                : asked(texts, question, sum -> texts.money(sum.amount()));
    }

    /**
     * The question with sums in another form than that of the screen.
     *
     * @param money such as the words for it
     */
    public static String asked(Texts texts, Question question, Function<Money, String> money) {
        return switch (question) {
            case Question.ChangeCustomer _ -> texts.say("ask.change");
            case Question.AllRead(int read) -> texts.count("out.allread", read);
            case Question.LoanCosts(int _, var _, Money fee) -> texts.say("out.costs", "sum", money.apply(fee));
            case Question.RenewalCosts(int _, var _, Money fee) -> texts.say("acc.renew.cost", "sum", money.apply(fee));
            case Question.HoldCosts(Money fee) -> texts.say("hold.new.cost", "sum", money.apply(fee));
            case Question.OtherLanguage(Language language) ->
                texts.say("ask.language.change", "language", name(language));
        };
    }

    private static String name(Language language) {
        return Texts.in(language).say("language.name");
    }

    /** The same where there is no room for a sentence. */
    public static String askedBriefly(Texts texts, Question question) {
        return switch (question) {
            case Question.ChangeCustomer _ -> asked(texts, question);
            case Question.AllRead(int read) -> texts.say("out.allread.brief", "n", read);
            case Question.LoanCosts(int _, var _, Money fee) ->
                texts.say("out.costs.brief", "sum", texts.money(fee.amount()));
            case Question.RenewalCosts(int _, var _, Money fee) ->
                texts.say("acc.renew.cost.brief", "sum", texts.money(fee.amount()));
            case Question.HoldCosts(Money fee) -> texts.say("hold.new.cost.brief", "sum", texts.money(fee.amount()));
            case Question.OtherLanguage(Language language) -> Texts.in(language).say("ask.language.brief");
        };
    }

    /** What must be said of it even there. */
    public static List<String> aboutBriefly(List<String> about, Question question) {
        return switch (question) {
            case Question.ChangeCustomer _ -> about.subList(0, 1);
            // Whoever says no sees what to do on the screen beneath.
            case Question.AllRead _ -> List.of();
            case Question.Costs _ -> about;
            case Question.OtherLanguage _ -> about;
        };
    }

    /** What has happened, and what the answer does. */
    public static List<String> about(Texts texts, Question question) {
        return switch (question) {
            case Question.ChangeCustomer _ -> List.of(texts.say("ask.change.why"), texts.say("ask.change.stands"));
            case Question.AllRead _ -> List.of(texts.say("out.allread.how"));
            case Question.Costs _ -> List.of(texts.say("ask.cost.what"));
            case Question.OtherLanguage(Language language) ->
                List.of(texts.say("ask.language.why", "language", name(language)));
        };
    }

    /** What it is about, where that has a name; for the person alone. */
    public static Optional<String> title(Question question) {
        return switch (question) {
            case Question.LoanCosts costs -> costs.title();
            case Question.RenewalCosts costs -> costs.title();
            case Question.HoldCosts _, Question.ChangeCustomer _, Question.AllRead _, Question.OtherLanguage _ ->
                Optional.empty();
        };
    }
}
