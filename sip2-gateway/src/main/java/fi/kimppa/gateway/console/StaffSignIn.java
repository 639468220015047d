package fi.kimppa.gateway.console;

import fi.kimppa.gateway.console.StaffUsers.Role;
import fi.kimppa.gateway.console.StaffUsers.StaffUser;
import fi.kimppa.gateway.limits.TryLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs staff in. Wrong passwords are counted for the user at the address, and with more patience for the user and
 * for the address alone, so that a stranger cannot keep somebody out from elsewhere with five tries.
 */
@Component
class StaffSignIn implements AuthenticationProvider {
    private final StaffUsers users;
    private final TryLimit tries;
    private final ConsoleSettings settings;

    StaffSignIn(StaffUsers users, TryLimit tries, ConsoleSettings settings) {
        this.users = users;
        this.tries = tries;
        this.settings = settings;
    }

    /**
     * Checks name and password.
     *
     * @throws LockedException if there were too many tries; then the password is not looked at
     * @throws BadCredentialsException if name or password are wrong
     */
    @Override
    public Authentication authenticate(Authentication shown) {
        String user = "sign-in-user:" + hash(shown.getName().toLowerCase(Locale.ROOT));
        String address = "sign-in-address:"
                + (shown.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "");
        String both = user + "@" + address;
        if (tries.pausedUntil(List.of(user, address, both)).isPresent()) {
            throw new LockedException("too many tries");
        }
        Optional<StaffUser> found = shown.getCredentials() instanceof CharSequence password
                ? users.authenticate(shown.getName(), password)
                : Optional.empty();
        if (found.isEmpty()) {
            TryLimit.Policy apart = new TryLimit.Policy(settings.failuresApart(), settings.window(), settings.pause());
            tries.failed(both, new TryLimit.Policy(settings.failures(), settings.window(), settings.pause()));
            tries.failed(user, apart);
            tries.failed(address, apart);
            throw new BadCredentialsException("name or password are wrong");
        }
        tries.succeeded(both);
        return UsernamePasswordAuthenticationToken.authenticated(
                found.get().name(), null, authorities(found.get().role()));
    }

    private static List<GrantedAuthority> authorities(Role role) {
        GrantedAuthority staff = new SimpleGrantedAuthority("ROLE_" + Role.STAFF);
        return switch (role) {
            case STAFF -> List.of(staff);
            case ADMIN -> List.of(staff, new SimpleGrantedAuthority("ROLE_" + Role.ADMIN));
        };
    }

    /** What somebody typed as a name may be a password typed too early: it is not kept. */
    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
