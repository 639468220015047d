package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.SettingRefusal;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownScope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Terminal profiles for programs of staff with the role ADMIN: settings by place, the record of changes, presets,
 * arrival rules and the dry run. A change that is refused is a problem (RFC 9457) with status 422 and one sentence.
 */
@RestController
@RequestMapping("/admin/api")
class ProfileApi {
    /**
     * A setting as it holds at a place.
     *
     * @param source CONSORTIUM, MUNICIPALITY, BRANCH, DEVICE, FILE or DEFAULT
     * @param place code or login at the source; empty for the consortium, the file and the default
     */
    record Setting(String key, String value, String source, String place) {}

    /** A new value. */
    record Value(String value) {}

    /** One change. */
    record Change(
            String at,
            String who,
            Scope scope,
            String key,
            @Nullable String before,
            @Nullable String after) {}

    /** A rule. */
    record Rule(ArrivalRule.Sign sign, String pattern, Scope scope) {}

    /**
     * A line to try.
     *
     * @param terminal login of the terminal that would send it
     * @param line the request, without the end of the message
     * @param settings settings to try instead of the terminal's own, texts by key
     */
    record Try(String terminal, String line, @Nullable Map<String, String> settings) {}

    private final Settings settings;
    private final TerminalProfiles profiles;
    private final ArrivalRules rules;
    private final Consortium consortium;
    private final DryRun dryRun;
    private final ProfileTexts texts;

    ProfileApi(
            Settings settings,
            TerminalProfiles profiles,
            ArrivalRules rules,
            Consortium consortium,
            DryRun dryRun,
            ProfileTexts texts) {
        this.settings = settings;
        this.profiles = profiles;
        this.rules = rules;
        this.consortium = consortium;
        this.dryRun = dryRun;
        this.texts = texts;
    }

    @GetMapping("/settings")
    List<Setting> settings(
            @RequestParam Scope.Kind kind, @RequestParam(defaultValue = "") String scope, Locale language) {
        Scope place = new Scope(kind, scope);
        if (!settings.known(place)) {
            throw refused(new UnknownScope(place), language);
        }
        return profiles.explain(settings.path(place)).stream()
                .map(value -> new Setting(
                        value.key().name(),
                        value.text(),
                        value.source().map(source -> source.kind().name()).orElse(value.file() ? "FILE" : "DEFAULT"),
                        value.source().map(Scope::name).orElse("")))
                .toList();
    }

    @PutMapping("/settings/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(
            @PathVariable String key,
            @RequestParam Scope.Kind kind,
            @RequestParam(defaultValue = "") String scope,
            @RequestBody Value value,
            Principal who,
            Locale language) {
        change(settings.change(new Scope(kind, scope), key, Optional.of(value.value()), who.getName()), language);
    }

    @DeleteMapping("/settings/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void inherit(
            @PathVariable String key,
            @RequestParam Scope.Kind kind,
            @RequestParam(defaultValue = "") String scope,
            Principal who,
            Locale language) {
        change(settings.change(new Scope(kind, scope), key, Optional.empty(), who.getName()), language);
    }

    @GetMapping("/settings/changes")
    List<Change> changes(
            @RequestParam Optional<Scope.Kind> kind,
            @RequestParam(defaultValue = "") String scope,
            @RequestParam(defaultValue = "100") int most) {
        return settings.changes(kind.map(one -> new Scope(one, scope)), Math.clamp(most, 1, 1000)).stream()
                .map(ProfileApi::change)
                .toList();
    }

    private static Change change(SettingChange change) {
        return new Change(
                change.at().toString(),
                change.who(),
                change.scope(),
                change.key(),
                change.before().orElse(null),
                change.after().orElse(null));
    }

    @GetMapping("/presets")
    List<Presets.Preset> presets() {
        return Presets.ALL;
    }

    @PutMapping("/presets/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void apply(
            @PathVariable String id,
            @RequestParam Scope.Kind kind,
            @RequestParam(defaultValue = "") String scope,
            Principal who,
            Locale language) {
        Presets.Preset preset = Presets.of(id).orElseThrow(() -> new ErrorResponseException(HttpStatus.NOT_FOUND));
        change(settings.change(new Scope(kind, scope), wanted(preset.settings()), who.getName()), language);
    }

    @GetMapping("/arrival-rules")
    List<Rule> rules() {
        return rules.all().stream()
                .map(rule -> new Rule(rule.sign(), rule.pattern(), rule.scope()))
                .toList();
    }

    @PutMapping("/arrival-rules")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@RequestBody Rule rule, Principal who, Locale language) {
        rules.put(checked(rule, language), who.getName());
    }

    @DeleteMapping("/arrival-rules")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@RequestBody Rule rule, Principal who, Locale language) {
        rules.remove(checked(rule, language), who.getName());
    }

    private ArrivalRule checked(Rule rule, Locale language) {
        if (!settings.known(rule.scope())) {
            throw refused(new UnknownScope(rule.scope()), language);
        }
        String pattern = ArrivalRule.canonical(rule.sign(), rule.pattern())
                .orElseThrow(() -> problem(texts.refusal(rule.sign(), rule.pattern(), language)));
        return new ArrivalRule(rule.sign(), pattern, rule.scope());
    }

    @PostMapping("/dry-runs")
    DryRun.Answer run(@RequestBody Try asked, Locale language) {
        Terminal terminal = consortium
                .terminal(asked.terminal())
                .orElseThrow(() -> refused(new UnknownScope(Scope.device(asked.terminal())), language));
        Map<String, String> instead = asked.settings() == null ? Map.of() : asked.settings();
        settings.check(wanted(instead)).ifPresent(refusal -> {
            throw refused(refusal, language);
        });
        return dryRun.run(terminal, asked.line(), instead);
    }

    static Map<String, Optional<String>> wanted(Map<String, String> settings) {
        Map<String, Optional<String>> wanted = new LinkedHashMap<>();
        settings.forEach((key, value) -> wanted.put(key, Optional.of(value)));
        return wanted;
    }

    private void change(Optional<SettingRefusal> refusal, Locale language) {
        refusal.ifPresent(why -> {
            throw refused(why, language);
        });
    }

    private ErrorResponseException refused(SettingRefusal refusal, Locale language) {
        return problem(texts.refusal(refusal, language));
    }

    private static ErrorResponseException problem(String sentence) {
        return new ErrorResponseException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, sentence),
                null);
    }
}
