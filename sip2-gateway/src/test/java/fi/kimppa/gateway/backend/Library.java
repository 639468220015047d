package fi.kimppa.gateway.backend;

import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;

/**
 * A library system of whatever make, as its own staff would arrange it and look into it, and the adapter before it. Every
 * card and number that is arranged is new in it.
 */
public interface Library extends AutoCloseable {
    /** What every patron of it is called. */
    String FAMILY_NAME = "Contract";

    /** Which adapter stands before it. */
    Adapter adapter();

    CirculationBackend backend();

    Clock clock();

    /** At the branch where everything is that is not said to be elsewhere. */
    Terminal here();

    /** Our code of another branch. */
    String elsewhere();

    // ---- patrons -----------------------------------------------------------------------------------------

    /** A grown-up who may do everything. */
    void patron(String card, String pin);

    /** The staff have taken the right to borrow. */
    void block(String card);

    /** The card's time was over yesterday. */
    void expire(String card);

    /** The patron has lost the card; where a system has no such word, the card is out of use. */
    void lose(String card);

    /** The patron is seven years old. */
    void makeAChild(String card);

    /** The patron has as many loans as are allowed: one of a thing of this number. */
    void fillWithLoans(String card, String number);

    /** The patron has as many holds as are allowed: one on the title of the thing with this number. */
    void fillWithHolds(String card, String number);

    /** The patron has a loan that ended a week ago, of a thing of this number, and that is one too many. */
    void overdueTooMuch(String card, String number);

    /** A fee; what a 37 calls it (CG). */
    String owe(String card, String amount);

    /** What is owed now. */
    BigDecimal debt(String card);

    // ---- things ------------------------------------------------------------------------------------------

    /** A thing of this branch, on its shelf, that may be lent and put on hold; of a title of its own. */
    void item(String number, String title);

    /** The same, of the other branch. */
    void itemOfElsewhere(String number, String title);

    /** May be used in the house only, and not be put on hold. */
    void forTheHouseOnly(String number);

    /** For people of 18 and more. */
    void forGrownUpsOnly(String number);

    /** What the library system calls the title of this thing, where a 15 names no thing. */
    String record(String number);

    // ---- loans and holds ---------------------------------------------------------------------------------

    /** A loan, made here, that ends in two weeks. */
    void lend(String number, String card);

    /** A loan that should have ended a week ago. */
    void lendLongAgo(String number, String card);

    /** The loan of this thing may not be renewed any more. */
    void renewedEnough(String number);

    /** Renewing the loan of this thing costs 1.50, where the library system knows fees for that. */
    void dearToRenew(String number);

    /** A hold that waits for this thing, to be picked up here or elsewhere. */
    void want(String number, String card, boolean here);

    /** The thing stands on the hold shelf of this branch for this patron. */
    void ready(String number, String card);

    /** Who has it. */
    Optional<String> borrower(String number);

    /** At which branch of ours the open loan of it was made. */
    Optional<String> lentAt(String number);

    /** How many holds the patron has that are not fulfilled. */
    int holds(String card);

    @Override
    void close();
}
