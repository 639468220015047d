package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a card may lie, as a link of APDUs shows it: the far side of a PC/SC reader without the service between. A command that no
 * card is there for is met with silence. Threads: any.
 */
public final class CardPlace {
    private static final int LONGEST_COMMAND = 261;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Optional<VirtualCard> card = Optional.empty();
    private int answersLeft;

    /** Lays a card down; one that lay there is taken away. */
    public synchronized void lay(VirtualCard newCard) {
        lay(newCard, Integer.MAX_VALUE);
    }

    /** Lays a card down that is taken away by itself after so many answers. */
    public synchronized void lay(VirtualCard newCard, int answers) {
        newCard.reset();
        card = Optional.of(newCard);
        answersLeft = answers;
    }

    /** Takes the card away. */
    public synchronized void lift() {
        card = Optional.empty();
    }

    private synchronized Optional<byte[]> answer(byte[] command) {
        if (card.isPresent() && answersLeft-- <= 0) {
            card = Optional.empty();
        }
        return card.map(there -> there.answer(command));
    }

    /** Serves one host until its link ends; blocks. Each read of the link must give one whole command. */
    public void serve(ByteLink link) {
        byte[] buffer = new byte[LONGEST_COMMAND];
        while (true) {
            int count = link.read(buffer, PATIENCE);
            if (count > 0) {
                answer(Arrays.copyOf(buffer, count)).ifPresent(link::write);
            }
        }
    }
}
