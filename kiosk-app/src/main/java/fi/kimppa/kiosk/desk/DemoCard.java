package fi.kimppa.kiosk.desk;

import fi.kimppa.device.simulator.VirtualCard;
import java.util.List;

/**
 * A card of the demo consortium. The persons are invented.
 *
 * @param number on the card
 * @param pin that opens it
 * @param holder as the window names it
 * @param about what is special
 */
record DemoCard(String number, String pin, String holder, String about) {
    private static final int UID_DIGITS = 6;

    /** The six that the demo knows. */
    static final List<DemoCard> ALL = List.of(
            new DemoCard("2000012345", "1234", "Mäkelä, Åke", "Turku"),
            new DemoCard("2000012353", "4321", "Virtanen, Sanni", "Lieto, fees 45 €"),
            new DemoCard("2000012361", "1111", "Niemi, Onni", "Naantali, 10 years"),
            new DemoCard("2000012379", "2222", "Lehtonen, Aino", "Aura, 5 loans at most"),
            new DemoCard("2000012387", "3333", "Salo, Pekka", "Turku, expired"),
            new DemoCard("2000012395", "246810", "Heino, Liisa", "Uusikaupunki, may enter"));

    /** The same card for a contactless reader. */
    VirtualCard contactless() {
        return VirtualCard.library("04" + number.substring(number.length() - UID_DIGITS), number);
    }
}
