package fi.kimppa.kiosk.runtime;

import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Secret;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request with a PIN of its own. The session erases its PIN when it ends; a request that is still on its way, and may be sent
 * again, must not lose it then: a library would count the zeros as a wrong PIN and lock the card.
 */
final class OwnPin {
    private OwnPin() {}

    /** The same request with a copy of its PIN, if it has one. */
    static Request of(Request request) {
        return switch (request) {
            case PatronInformation r ->
                new PatronInformation(
                        r.language(),
                        r.transactionDate(),
                        r.summary(),
                        r.institutionId(),
                        r.patronIdentifier(),
                        r.terminalPassword(),
                        copy(r.patronPassword()),
                        r.startItem(),
                        r.endItem(),
                        r.extras());
            case Checkout r ->
                new Checkout(
                        r.scRenewalPolicy(),
                        r.noBlock(),
                        r.transactionDate(),
                        r.nbDueDate(),
                        r.institutionId(),
                        r.patronIdentifier(),
                        r.itemIdentifier(),
                        r.terminalPassword(),
                        r.itemProperties(),
                        copy(r.patronPassword()),
                        r.feeAcknowledged(),
                        r.cancel(),
                        r.extras());
            case Renew r ->
                new Renew(
                        r.thirdPartyAllowed(),
                        r.noBlock(),
                        r.transactionDate(),
                        r.nbDueDate(),
                        r.institutionId(),
                        r.patronIdentifier(),
                        copy(r.patronPassword()),
                        r.itemIdentifier(),
                        r.titleIdentifier(),
                        r.terminalPassword(),
                        r.itemProperties(),
                        r.feeAcknowledged(),
                        r.extras());
            case RenewAll r ->
                new RenewAll(
                        r.transactionDate(),
                        r.institutionId(),
                        r.patronIdentifier(),
                        copy(r.patronPassword()),
                        r.terminalPassword(),
                        r.feeAcknowledged(),
                        r.extras());
            case Hold r ->
                new Hold(
                        r.holdMode(),
                        r.transactionDate(),
                        r.expirationDate(),
                        r.pickupLocation(),
                        r.holdType(),
                        r.institutionId(),
                        r.patronIdentifier(),
                        copy(r.patronPassword()),
                        r.itemIdentifier(),
                        r.titleIdentifier(),
                        r.terminalPassword(),
                        r.feeAcknowledged(),
                        r.extras());
            default -> request;
        };
    }

    /** Overwrites the PIN of a request that came from {@link #of}. */
    static void erase(Request request) {
        switch (request) {
            case PatronInformation r -> r.patronPassword().ifPresent(Secret::erase);
            case Checkout r -> r.patronPassword().ifPresent(Secret::erase);
            case Renew r -> r.patronPassword().ifPresent(Secret::erase);
            case RenewAll r -> r.patronPassword().ifPresent(Secret::erase);
            case Hold r -> r.patronPassword().ifPresent(Secret::erase);
            default -> {}
        }
    }

    private static Optional<Secret> copy(Optional<Secret> pin) {
        return pin.map(secret -> {
            char[] digits = secret.reveal();
            Secret own = Secret.of(digits);
            Arrays.fill(digits, '\0');
            return own;
        });
    }
}
