package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.CodedField;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What our gateway writes in CH of a no, and of an 18, when the library behind it was silent: it does not know either. Pure. */
public final class OutcomeUnknown {
    private static final Pattern SAID = Pattern.compile("(?:^|[;, ])outcome=unknown(?:$|[;, ])");

    private OutcomeUnknown() {}

    /** Whether an answer says so. */
    public static boolean in(Response response) {
        Stream<String> properties = switch (response) {
            case CheckoutResponse answer -> answer.ok() ? Stream.empty() : answer.itemProperties().stream();
            case RenewResponse answer -> answer.ok() ? Stream.empty() : answer.itemProperties().stream();
            case ItemInformationResponse answer -> answer.itemProperties().stream();
            case RenewAllResponse answer -> answer.ok() ? Stream.empty() : properties(answer.extras());
            case HoldResponse answer -> answer.ok() ? Stream.empty() : properties(answer.extras());
            default -> Stream.empty();
        };
        return properties.anyMatch(text -> SAID.matcher(text).find());
    }

    private static Stream<String> properties(List<CodedField> extras) {
        return extras.stream()
                .filter(CodedField.Text.class::isInstance)
                .map(CodedField.Text.class::cast)
                .filter(field -> field.code().equals("CH"))
                .map(CodedField.Text::value);
    }
}
