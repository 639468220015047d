package fi.kimppa.kiosk.session;

import java.time.Instant;

/** How a receipt and e-mail stand to each other. */
public sealed interface ReceiptMail {
    /** It cannot go by e-mail: nobody is known, there is no address, or nobody answers. */
    record Impossible() implements ReceiptMail {}

    /**
     * It can. The gateway knows the address; the kiosk does not.
     *
     * @param card whose receipt it is
     * @param mailbox the address with most of it covered, for its owner to know it again
     */
    record Possible(CardNumber card, String mailbox) implements ReceiptMail {}

    /**
     * It was handed to the gateway, and nobody knows yet whether it was taken.
     *
     * @param request number of the effect
     * @param giveUpAt when it counts as not taken
     */
    record Asked(long request, Instant giveUpAt) implements ReceiptMail {}

    /** The gateway has it, and sends it. */
    record Taken() implements ReceiptMail {}

    /** The gateway has not said that it has it. */
    record Unconfirmed() implements ReceiptMail {}
}
