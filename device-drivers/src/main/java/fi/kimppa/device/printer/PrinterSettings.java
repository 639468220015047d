package fi.kimppa.device.printer;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.SerialLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the address of a printer may say beside the settings of a serial line.
 *
 * @param columns {@code columns}: letters on a line, 16 to 64 (48)
 * @param timeout {@code timeout}: ms for a status, 50 to 60000 (1000)
 * @param confirm {@code confirm}: ms for the end of a receipt, 100 to 120000 (10000)
 * @param poll {@code poll}: ms of silence after which the printer is asked how it is, 50 to 5000 (300)
 * @param profile {@code profile}: {@code core}, {@code epson}, {@code custom} or {@code star}; without it, or with {@code auto}, what
 *     the printer says of itself decides, and {@code core} when it says nothing
 * @param pages {@code pages}: code pages with the numbers that this model gives them, such as {@code cp858:19,wpc1252:16}
 * @param cut {@code cut}: {@code partial}, {@code full}, {@code custom} or {@code none} instead of the profile's
 * @param recover {@code recover}: ms between attempts to leave an error that a person may have mended, 50 to 600000 (5000)
 * @param retract {@code ticket}: with {@code retract} a paper that nobody takes is drawn back, by printers that can; with {@code warn}
 *     it is only told (warn)
 * @param leftAfter {@code ticketwait}: seconds after which nobody has taken it, 0 to 3600 (60)
 */
record PrinterSettings(
        int columns,
        Duration timeout,
        Duration confirm,
        Duration poll,
        Optional<PrinterProfile> profile,
        Optional<Map<CodePage, Integer>> pages,
        Optional<PrinterProfile.Cut> cut,
        Duration recover,
        boolean retract,
        Duration leftAfter) {
    private static final String DRIVER = "escpos";
    private static final String AUTO = "auto";
    private static final Set<String> OWN = Set.of(
            "columns", "timeout", "confirm", "poll", "profile", "pages", "cut", "recover", "ticket", "ticketwait");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException naming what was expected
     */
    static PrinterSettings of(DeviceAddress address) {
        Set<String> known = new HashSet<>(OWN);
        known.addAll(SerialLine.SETTINGS);
        address.expect(DRIVER, known);
        return new PrinterSettings(
                address.setting("columns", 48, 16, 64),
                Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)),
                Duration.ofMillis(address.setting("confirm", 10_000, 100, 120_000)),
                Duration.ofMillis(address.setting("poll", 300, 50, 5_000)),
                profile(address),
                pages(address),
                cut(address),
                Duration.ofMillis(address.setting("recover", 5_000, 50, 600_000)),
                choice(address, "ticket", List.of("warn", "retract"))
                        .filter("retract"::equals)
                        .isPresent(),
                Duration.ofSeconds(address.setting("ticketwait", 60, 0, 3_600)));
    }

    private static Optional<PrinterProfile> profile(DeviceAddress address) {
        List<String> names = new ArrayList<>(PrinterProfile.names());
        names.add(AUTO);
        return choice(address, "profile", names).flatMap(PrinterProfile::named);
    }

    private static Optional<PrinterProfile.Cut> cut(DeviceAddress address) {
        List<String> names = Arrays.stream(PrinterProfile.Cut.values())
                .map(cut -> cut.name().toLowerCase(Locale.ROOT))
                .toList();
        return choice(address, "cut", names).map(name -> PrinterProfile.Cut.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static Optional<Map<CodePage, Integer>> pages(DeviceAddress address) {
        try {
            return address.setting("pages").map(PrinterProfile::parsePages);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Device address '" + address + "': " + e.getMessage(), e);
        }
    }

    private static Optional<String> choice(DeviceAddress address, String setting, List<String> known) {
        Optional<String> given = address.setting(setting);
        if (given.isPresent() && !known.contains(given.get())) {
            throw new IllegalArgumentException("Device address '" + address + "': expected " + setting
                    + " to be one of " + known + ", found '" + given.get() + "'");
        }
        return given;
    }

    /** A profile with what the address says otherwise. */
    PrinterProfile adapted(PrinterProfile usual) {
        PrinterProfile paged = pages.map(usual::withPages).orElse(usual);
        return cut.map(paged::withCut).orElse(paged);
    }
}
