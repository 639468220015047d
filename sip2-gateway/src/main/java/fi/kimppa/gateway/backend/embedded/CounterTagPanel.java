package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import fi.kimppa.gateway.backend.embedded.CounterTexts.Choice;
import fi.kimppa.gateway.fleet.TagOrder;
import fi.kimppa.gateway.fleet.TagOrders;
import fi.kimppa.gateway.fleet.TagOrders.Pad;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a copy's page shows of staff pads and of the last order to one, in the language of whoever reads. */
@Component
class CounterTagPanel {
    /** So long what came of an order is news. */
    private static final Duration NEWS = Duration.ofMinutes(10);

    /** A staff pad to choose; one that does not answer can only be looked at. */
    record PadChoice(String value, String text, boolean there) {}

    /**
     * How an order stands.
     *
     * @param tone classes for the style sheet
     * @param moves whether the page looks again
     */
    record OrderLine(String id, String text, String tone, boolean moves) {}

    /**
     * The whole.
     *
     * @param pad the one that is chosen at first; empty for none
     * @param parts to choose from; empty if there is only one
     * @param part the one that is chosen at first
     */
    record Panel(List<PadChoice> pads, String pad, List<Choice> parts, String part, Optional<OrderLine> order) {}

    private final CounterTags tags;
    private final TagOrders orders;
    private final CounterTexts texts;
    private final MessageSource messages;

    CounterTagPanel(CounterTags tags, TagOrders orders, CounterTexts texts, MessageSource messages) {
        this.tags = tags;
        this.orders = orders;
        this.texts = texts;
        this.messages = messages;
    }

    /**
     * What is shown.
     *
     * @param who reads
     */
    Panel panel(Item item, String who, Locale language) {
        List<Pad> pads = tags.pads(item);
        Optional<TagOrder> last = orders.latest(item.number(), NEWS);
        return new Panel(
                pads.stream().map(pad -> choice(pad, language)).toList(),
                usual(pads, who),
                item.parts() == 1 ? List.of() : parts(item, language),
                Integer.toString(next(item, last)),
                last.map(order -> line(order, language)));
    }

    private PadChoice choice(Pad pad, Locale language) {
        String branch = texts.branch(pad.branch());
        String text = pad.there()
                ? texts.text(language, "desk.tag.pad.at", branch, pad.terminal())
                : texts.text(language, "desk.tag.pad.away", branch, pad.terminal());
        return new PadChoice(pad.terminal(), text, pad.there());
    }

    /** The one that this person has used last, or the only one. */
    private String usual(List<Pad> pads, String who) {
        List<String> there = pads.stream().filter(Pad::there).map(Pad::terminal).toList();
        return orders.lastTerminal(who)
                .filter(there::contains)
                .orElseGet(() -> there.size() == 1 ? there.getFirst() : "");
    }

    private List<Choice> parts(Item item, Locale language) {
        String all = Integer.toString(item.parts());
        return IntStream.rangeClosed(1, item.parts())
                .mapToObj(Integer::toString)
                .map(part -> new Choice(part, texts.text(language, "desk.tag.part.of", part, all)))
                .toList();
    }

    /** After a part that was written comes the next one; one that was not is tried again. */
    private static int next(Item item, Optional<TagOrder> last) {
        return last.map(order -> order.state().equals(TagOrder.WRITTEN) ? order.part() + 1 : order.part())
                .filter(part -> part <= item.parts())
                .orElse(1);
    }

    /** How an order stands, for the page and for its script. */
    OrderLine line(TagOrder order, Locale language) {
        String state = state(order, language);
        String text = order.parts() == 1
                ? state
                : texts.text(
                                language,
                                "desk.tag.order.part",
                                Integer.toString(order.part()),
                                Integer.toString(order.parts()))
                        + " " + state;
        boolean good = order.moves() || order.state().equals(TagOrder.WRITTEN);
        return new OrderLine(order.id().toString(), text, good ? "notice" : "notice notice-fault", order.moves());
    }

    /** A newer terminal may say a word that has no text here. */
    private String state(TagOrder order, Locale language) {
        Object[] values = {order.terminal(), order.uid()};
        String other = messages.getMessage("desk.tag.state.other", new Object[] {order.state()}, language);
        return String.valueOf(messages.getMessage("desk.tag.state." + order.state(), values, other, language));
    }
}
