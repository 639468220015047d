package fi.kimppa.gateway;

import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A small library system behind a SIP2 server on a real socket, with books of one branch and who has them. */
public final class OldLibrary implements AutoCloseable {
    private static final String THEN = "20261124    193000";
    private static final String ONLINE = "98YYYYYN10000320261124    1930002.00AO|BXYYYYYYYYYYYYYYYY|";

    public final SipServerStub server = new SipServerStub();
    private final String branch;
    private final Set<String> cards = ConcurrentHashMap.newKeySet();
    private final Map<String, String> titles = new ConcurrentHashMap<>();
    private final Map<String, String> loans = new ConcurrentHashMap<>();
    private final Map<String, String> mailboxes = new ConcurrentHashMap<>();
    private volatile boolean refusesSecondReturns;

    public OldLibrary(String branch) throws IOException {
        this.branch = branch;
        speak();
    }

    public void card(String card) {
        cards.add(card);
    }

    /** Where a card's holder gets mail. */
    public void mailbox(String card, String address) {
        mailboxes.put(card, address);
    }

    public void item(String number, String title) {
        titles.put(number, title);
    }

    /** Lends without anybody hearing of it. */
    public void lend(String card, String item) {
        loans.put(item, card);
    }

    /** Who has what, by item. */
    public SortedMap<String, String> loans() {
        return new TreeMap<>(loans);
    }

    /** Answers everything. */
    public void speak() {
        server.on("99", ONLINE)
                .on("09", new Reply.Worked(request -> checkin((Checkin) request)))
                .on("11", new Reply.Worked(request -> checkout((Checkout) request)))
                .on("17", new Reply.Worked(request -> item((ItemInformation) request)))
                .on("23", new Reply.Worked(request -> status((PatronStatusRequest) request)))
                .on("63", new Reply.Worked(request -> patron((PatronInformation) request)));
    }

    /** Hangs up on whoever says something. */
    public void fallSilent() {
        List.of("99", "09", "11", "17", "23", "63").forEach(command -> server.on(command, new Reply.HangUp()));
    }

    /** From now on it refuses to take back what is not on loan, as Koha does; its own desk takes this back first. */
    public void takeBackAtTheDeskAndRefuseSecondReturns(String item) {
        loans.remove(item);
        refusesSecondReturns = true;
    }

    private String checkin(Checkin request) {
        String item = request.itemIdentifier();
        if (!titles.containsKey(item)) {
            return "100NUY" + THEN + "AO|AB" + item + "|AQ|";
        }
        if (loans.remove(item) == null && refusesSecondReturns) {
            return "100NUY" + THEN + "AO|AB" + item + "|AQ" + branch + "|AJ" + titles.get(item)
                    + "|AFItem not checked out|";
        }
        return "101YUN" + THEN + "AO|AB" + item + "|AQ" + branch + "|AJ" + titles.get(item) + "|";
    }

    private String checkout(Checkout request) {
        String item = request.itemIdentifier();
        String card = request.patronIdentifier();
        boolean may = titles.containsKey(item) && cards.contains(card) && loans.putIfAbsent(item, card) == null;
        return "12" + (may ? "1NUY" : "0NUN") + THEN + "AO|AA" + card + "|AB" + item + "|AJ"
                + titles.getOrDefault(item, "") + "|AH" + (may ? "20261222    235959" : "") + "|";
    }

    private String item(ItemInformation request) {
        String item = request.itemIdentifier();
        return titles.containsKey(item)
                ? "18" + (loans.containsKey(item) ? "04" : "03") + "0001" + THEN + "AB" + item + "|AJ"
                        + titles.get(item) + "|AQ" + branch + "|"
                : "18010001" + THEN + "AB" + item + "|AJ|";
    }

    private String status(PatronStatusRequest request) {
        String card = request.patronIdentifier();
        return "24              000" + THEN + "AO|AA" + card + "|AE|" + valid(card);
    }

    private String valid(String card) {
        return cards.contains(card) ? "BLY|CQY|" : "BLN|";
    }

    private String patron(PatronInformation request) {
        String card = request.patronIdentifier();
        List<String> theirs = loans().entrySet().stream()
                .filter(loan -> loan.getValue().equals(card))
                .map(Map.Entry::getKey)
                .toList();
        StringBuilder answer = new StringBuilder("64              000" + THEN
                + "00000000%04d000000000000".formatted(theirs.size()) + "AO|AA" + card + "|AEX|" + valid(card));
        theirs.forEach(item -> answer.append("AU").append(item).append('|'));
        if (mailboxes.containsKey(card)) {
            answer.append("BE").append(mailboxes.get(card)).append('|');
        }
        return answer.toString();
    }

    /** What it has heard of changes. */
    public List<String> changes() {
        return server.heard.stream()
                .filter(line -> line.startsWith("09") || line.startsWith("11"))
                .toList();
    }

    /** What it was told of an item. */
    public long told(Class<? extends Request> type, String item) {
        return server.heard.stream()
                .filter(line -> type.isInstance(Asking.request(line)))
                .filter(line -> line.contains("AB" + item + "|"))
                .count();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
