package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.circulation.PatronMail;
import fi.kimppa.gateway.circulation.PatronMail.Found;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import org.springframework.stereotype.Component;

/** Writes the mails with receipts at the moment of sending, when the address is asked for. Threads: any. */
@Component
class ReceiptLetters {
    private final ReceiptBox receipts;
    private final PatronMail patrons;
    private final Consortium consortium;

    ReceiptLetters(ReceiptBox receipts, PatronMail patrons, Consortium consortium) {
        this.receipts = receipts;
        this.patrons = patrons;
        this.consortium = consortium;
    }

    /** What there is to say. */
    sealed interface ToSay {
        /** This. */
        record Words(Letter letter) implements ToSay {}

        /** Nothing, or to nobody any more. */
        record Nothing() implements ToSay {}

        /** Nobody says to whom just now. */
        record NotNow() implements ToSay {}
    }

    ToSay of(long mail, String card) {
        return receipts.waiting(mail)
                .<ToSay>map(receipt -> switch (patrons.of(card, receipt.branch())) {
                    case Found.At(String address) -> new ToSay.Words(letter(receipt, address));
                    case Found.Nowhere _ -> new ToSay.Nothing();
                    case Found.Silent _ -> new ToSay.NotNow();
                })
                .orElseGet(ToSay.Nothing::new);
    }

    private Letter letter(ReceiptBox.Waiting receipt, String address) {
        String municipality =
                consortium.branch(receipt.branch()).map(Branch::municipality).orElse(receipt.branch());
        return Letter.ofPaper(address, receipt.language(), municipality, receipt.text());
    }
}
