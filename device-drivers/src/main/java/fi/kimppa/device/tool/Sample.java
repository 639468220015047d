package fi.kimppa.device.tool;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;

/** A receipt that shows whether a printer is set up right: its width, letters, styles and codes. */
final class Sample {
    private Sample() {}

    static Receipt receipt() {
        return Receipt.builder()
                .text("Kimppa", Align.CENTRE, Style.DOUBLE)
                .text("Näyte · Prov · Sample · Ovdamearka", Align.CENTRE, Style.BOLD)
                .rule()
                .text("åäö ÅÄÖ éèü € ½ –")
                .text("á č đ ŋ š ŧ ž Á Č Đ Ŋ Š Ŧ Ž")
                .leftRight("0123456789", "[ ] { } \\ |")
                .rule()
                .qr("https://example.org/kimppa")
                .cut()
                .build();
    }
}
