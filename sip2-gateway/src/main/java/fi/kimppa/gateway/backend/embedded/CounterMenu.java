package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Consortium;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page whether the desk belongs into the menu: where no municipality keeps its books here it does not. */
@ControllerAdvice
class CounterMenu {
    private static final String OURS = "embedded";

    private final Consortium consortium;
    private final String common;

    CounterMenu(Consortium consortium, @Value("${kimppa.circulation.backend:embedded}") String common) {
        this.consortium = consortium;
        this.common = common;
    }

    /** Whether some municipality runs the embedded store. */
    @ModelAttribute("desk")
    boolean desk() {
        return consortium.municipalities().stream()
                .anyMatch(one -> one.librarySystem().orElse(common).equals(OURS));
    }
}
