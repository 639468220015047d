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
    private Runnable gone = () -> {};

    /** Lays a card down; one that lay there is taken away. */
    public synchronized void lay(VirtualCard newCard) {
        lay(newCard, Integer.MAX_VALUE);
    }

    /** Lays a card down that is taken away by itself after so many answers. */
    public void lay(VirtualCard newCard, int answers) {
        lay(newCard, answers, () -> {});
    }

    /** The same, and {@code whenGone} runs when it was taken away by itself, on the thread of the host that noticed. */
    synchronized void lay(VirtualCard newCard, int answers, Runnable whenGone) {
        newCard.reset();
        gone = whenGone;
        card = Optional.of(newCard);
        answersLeft = answers;
    }

    /** Takes the card away. */
    public synchronized void lift() {
        card = Optional.empty();
    }

    private Optional<byte[]> answer(byte[] command) {
        Runnable leaving;
        synchronized (this) {
            if (card.isEmpty() || answersLeft-- > 0) {
                return card.map(there -> there.answer(command));
            }
            card = Optional.empty();
            leaving = gone;
        }
        leaving.run();
        return Optional.empty();
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
