package fi.kimppa.gateway.limits;

import java.net.InetAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The logins that were refused, for staff who look for a machine that does not get in. No more rows than
 * {@link #MOST}: a stranger can make some of them be forgotten, but not fill the disk. May be used by several threads.
 */
@Component
public class UnknownLogins {
    /** The most rows that are kept; the one that was seen longest ago goes first. */
    public static final int MOST = 500;

    private static final int LONGEST_LOGIN = 64;

    /** As many digits as a library card has: somebody has scanned a card where a login belongs. */
    private static final Pattern LIKE_A_CARD = Pattern.compile("(\\d\\d)\\d{4,}(\\d\\d)");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration keep;

    UnknownLogins(JdbcClient jdbc, Clock clock, @Value("${kimppa.sip.limits.keep-unknown-logins:30d}") Duration keep) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.keep = keep;
    }

    /** Notes a refused login. */
    public void refused(InetAddress address, String login, boolean known) {
        jdbc.sql("""
                        insert into unknown_logins as had (login, address, known, first_seen, last_seen, times)
                        values (:login, :address, :known, :now, :now, 1)
                        on conflict (login, address) do update
                           set known = :known, last_seen = :now, times = had.times + 1
                        """)
                .param("login", known ? printable(login) : masked(printable(login)))
                .param("address", address.getHostAddress())
                .param("known", known)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("""
                        delete from unknown_logins where (login, address) in
                            (select login, address from unknown_logins order by last_seen desc offset :most)
                        """).param("most", MOST).update();
    }

    /** All that are known of, the one that was seen last first. */
    public List<UnknownLogin> all() {
        return jdbc.sql("""
                        select login, address, known, first_seen, last_seen, times from unknown_logins
                         order by last_seen desc, login, address
                        """)
                .query((row, _) -> new UnknownLogin(
                        row.getString("login"),
                        row.getString("address"),
                        row.getBoolean("known"),
                        row.getTimestamp("first_seen").toInstant(),
                        row.getTimestamp("last_seen").toInstant(),
                        row.getLong("times")))
                .list();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forgetOld() {
        jdbc.sql("delete from unknown_logins where last_seen < :before")
                .param("before", Timestamp.from(clock.instant().minus(keep)))
                .update();
    }

    private static String masked(String login) {
        return LIKE_A_CARD.matcher(login).replaceAll("$1••••$2");
    }

    private static String printable(String login) {
        String text = login.replaceAll("[^\\P{C}]", "\uFFFD");
        return text.length() <= LONGEST_LOGIN ? text : text.substring(0, LONGEST_LOGIN);
    }
}
