package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.CatalogueNews;
import fi.kimppa.kiosk.session.CatalogueTask;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.net.URIBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the gateway's catalogue what somebody at the kiosk wants to know. Each question ends in one answer with its number: an answer
 * that is none, and one that does not come within the deadlines of {@link GatewayHttp}, are {@link CatalogueNews.Silent}. What is
 * looked for is written into no log.
 *
 * <p>Threads: any; each question is asked on a virtual thread of its own.
 */
public final class CatalogueDesk implements Consumer<CatalogueTask>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueDesk.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** In these the catalogue has words of its own. */
    private static final Set<String> LANGUAGES = Set.of("fi", "sv", "en");

    private final Settings settings;
    private final Consumer<KioskEvent> post;
    private final CloseableHttpClient http;
    /** Keeps no buffers: they would hold the last answer until the next one. */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .build())
            .build();

    /**
     * Where the catalogue is.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     */
    public record Settings(URI gateway, Optional<String> certificate, String login, Secret password) {}

    /**
     * A desk.
     *
     * @param post takes the answers; may wait
     */
    public CatalogueDesk(Settings settings, Consumer<KioskEvent> post) {
        this.settings = settings;
        this.post = post;
        this.http = GatewayHttp.client(settings.certificate());
    }

    @Override
    public void accept(CatalogueTask task) {
        Thread.ofVirtual().name("kiosk-catalogue").start(() -> post.accept(new KioskEvent.Catalogue(ask(task))));
    }

    private CatalogueNews ask(CatalogueTask task) {
        try {
            HttpGet get = new HttpGet(address(task));
            get.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
            // A connection that stays open keeps what was looked for in its buffers.
            get.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
            return http.execute(get, response -> read(task, response));
        } catch (IOException | JacksonException | URISyntaxException e) {
            LOG.debug("no answer of the catalogue: {}", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // Whoever waits for an answer gets one.
            LOG.error("the catalogue could not be asked", e);
        }
        return new CatalogueNews.Silent(task.request());
    }

    private URI address(CatalogueTask task) throws URISyntaxException {
        return switch (task) {
            case CatalogueTask.Titles(long _, String text, var by, int page, Language language) ->
                at("/api/catalogue/titles")
                        .addParameter("text", text)
                        .addParameter("by", by.name().toLowerCase(Locale.ROOT))
                        .addParameter("page", Integer.toString(page))
                        .addParameter("size", Integer.toString(CatalogueTask.PAGE))
                        .addParameter("language", known(language))
                        .build();
            case CatalogueTask.Title(long _, String id, Language language) ->
                at("/api/catalogue/title")
                        .addParameter("id", id)
                        .addParameter("language", known(language))
                        .build();
            case CatalogueTask.Branches _ -> at("/api/catalogue/branches").build();
        };
    }

    private URIBuilder at(String path) {
        return new URIBuilder(settings.gateway().resolve(path));
    }

    private static String known(Language language) {
        return LANGUAGES.contains(language.tag()) ? language.tag() : Language.FINNISH.tag();
    }

    /** A title that is gone is an answer; what else is not an answer is silence. */
    private CatalogueNews read(CatalogueTask task, ClassicHttpResponse response) throws IOException {
        long request = task.request();
        if (response.getCode() == NOT_FOUND && task instanceof CatalogueTask.Title) {
            return new CatalogueNews.NoSuchTitle(request);
        }
        if (response.getCode() != OK) {
            LOG.warn("the catalogue answered with {}", response.getCode());
            return new CatalogueNews.Silent(request);
        }
        var body = response.getEntity().getContent();
        return switch (task) {
            case CatalogueTask.Titles _ ->
                json.readValue(body, CatalogueBodies.Titles.class).news(request);
            case CatalogueTask.Title _ ->
                json.readValue(body, CatalogueBodies.Details.class).news(request);
            case CatalogueTask.Branches _ ->
                json.readValue(body, CatalogueBodies.Branches.class).news(request);
        };
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the catalogue: {}", e.getMessage());
        }
    }
}
