package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import java.util.List;

/** One line of a layout, or several that belong together. A line that comes out empty is left out. */
sealed interface Part {
    /** Text that goes on on the next line when it is long. */
    record Line(Align align, Style style, Written written) implements Part {}

    /** Text at the left and at the right edge. */
    record Both(Style style, Written left, Written right) implements Part {}

    /** A title on two lines at most. */
    record Title(Style style, Written written) implements Part {}

    /** A QR code. */
    record Qr(Written written) implements Part {}

    /** The library's logo, where it has one. */
    record Logo() implements Part {}

    /** A rule across the paper. */
    record Rule() implements Part {}

    /** An empty line. */
    record Blank() implements Part {}

    /** Feeds and cuts. */
    record Cut() implements Part {}

    /** Once for each entry of a list. */
    record Each(String list, List<Part> parts) implements Part {}

    /**
     * Only when a field or a list has something to say.
     *
     * @param filled false for the opposite
     */
    record If(String name, boolean filled, List<Part> parts) implements Part {}
}
