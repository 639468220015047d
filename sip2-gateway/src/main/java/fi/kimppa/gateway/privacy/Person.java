package fi.kimppa.gateway.privacy;

import fi.kimppa.gateway.limits.CardHash;
import fi.kimppa.gateway.privacy.PersonalData.Erasure;
import fi.kimppa.gateway.privacy.PersonalData.Held;
import fi.kimppa.gateway.privacy.PersonalData.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks every feature about a person, and writes down that somebody of the staff did. Threads: any. */
@Component
class Person {
    private static final Logger LOG = LoggerFactory.getLogger(Person.class);
    private static final Duration KEPT = Duration.ofDays(730);

    private final List<PersonalData> features;
    private final CardHash cards;
    private final JdbcClient jdbc;
    private final Clock clock;

    Person(List<PersonalData> features, CardHash cards, JdbcClient jdbc, Clock clock) {
        this.features = List.copyOf(features);
        this.cards = cards;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Everything that is held about whoever has this card.
     *
     * @param who name of the member of staff who asks
     */
    @Transactional
    List<Held> about(String card, String who) {
        List<Held> held = features.stream()
                .flatMap(feature -> feature.about(card).stream())
                .toList();
        write(who, "ACCESS", card, held.size(), 0);
        return held;
    }

    /**
     * Erases what may be erased, all of it or nothing.
     *
     * @param who name of the member of staff who asks
     */
    @Transactional
    Erasure erase(String card, String who) {
        List<Erasure> each =
                features.stream().map(feature -> feature.erase(card)).toList();
        Erasure all = new Erasure(
                each.stream().mapToInt(Erasure::erased).sum(),
                each.stream().flatMap(one -> one.kept().stream()).toList());
        int kept = all.kept().stream().mapToInt(Kept::records).sum();
        write(who, "ERASURE", card, all.erased(), kept);
        LOG.info("{} erased {} records about a person; {} had to stay", who, all.erased(), kept);
        return all;
    }

    private void write(String who, String kind, String card, int records, int kept) {
        jdbc.sql("""
                        insert into person_requests (at, who, kind, card_hash, records, kept)
                        values (:at, :who, :kind, :card, :records, :kept)
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("who", who)
                .param("kind", kind)
                .param("card", cards.of(card))
                .param("records", records)
                .param("kept", kept)
                .update();
    }

    @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT30M")
    void forget() {
        jdbc.sql("delete from person_requests where at < :before")
                .param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }
}
