package fi.kimppa.gateway.consortium;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What staff call a place for which something is set. Threads: any. */
@Component
public class PlaceNames {
    private final MessageSource messages;
    private final Consortium consortium;

    PlaceNames(MessageSource messages, Consortium consortium) {
        this.messages = messages;
        this.consortium = consortium;
    }

    /** Its kind and its name; the code where nobody knows it any more. */
    public String of(Scope place, Locale language) {
        String name = place.name();
        return switch (place.kind()) {
            case CONSORTIUM -> text(language, "profile.place.consortium", consortium.name());
            case MUNICIPALITY ->
                text(
                        language,
                        "profile.place.municipality",
                        consortium.municipality(name).map(Municipality::name).orElse(name));
            case BRANCH ->
                text(
                        language,
                        "profile.place.branch",
                        consortium.branch(name).map(Branch::name).orElse(name));
            case DEVICE -> text(language, "profile.place.device", name);
        };
    }

    private String text(Locale language, String key, String name) {
        return messages.getMessage(key, new Object[] {name}, language);
    }
}
