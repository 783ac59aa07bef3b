package cn.onecard.engine.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells callers what happened to their orders, each event by a signed POST of its own. An event is told until the caller answers
 *  2xx, and the next one only then, so a caller sees them in order; it may see one more than once, and knows it by its number.
 *  After a failure it is left alone for a second, then two, four and so on up to five minutes. A caller that hangs or answers
 *  rubbish keeps nobody else waiting. */
public final class Webhooks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A node that dies in its turn is waited for so long. */
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    private static final int EVENTS_OF_A_TURN = 100;
    private static final int TURNS_AT_ONCE = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private final WebhookTable webhooks;
    private final EventTable events;
    private final WebhookKey key;
    private final Clock clock;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    private final Semaphore room = new Semaphore(TURNS_AT_ONCE);
    private volatile boolean told;

    public Webhooks(WebhookTable webhooks, EventTable events, WebhookKey key, Clock clock) {
        this(webhooks, events, key, clock, PATIENCE);
    }

    /** With a patience of its own, shorter than a turn. */
    Webhooks(WebhookTable webhooks, EventTable events, WebhookKey key, Clock clock, Duration patience) {
        this.webhooks = webhooks;
        this.events = events;
        this.key = key;
        this.clock = clock;
        this.patience = patience;
    }

    /** Ends; a turn under way ends after its event. */
    public void stop() {
        told = true;
    }

    /** Begins a turn at every webhook that is to be told something; what fails waits for another round. */
    public void round() throws InterruptedException {
        try {
            beginTurns();
        } catch (DataAccessException e) {
            LOG.warn("webhooks wait for another round", e);
        }
    }

    /** Begins a turn at every webhook that is to be told something.
     *
     *  @return the threads of the turns */
    List<Thread> beginTurns() throws InterruptedException {
        List<Thread> turns = new ArrayList<>();
        for (String caller : webhooks.listDue(clock.instant())) {
            room.acquire();
            turns.add(Thread.startVirtualThread(() -> {
                try {
                    turn(caller);
                } catch (DataAccessException e) {
                    LOG.warn("webhook of {}: its turn ends early", caller, e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    room.release();
                }
            }));
        }
        return turns;
    }

    private void turn(String caller) throws InterruptedException {
        Instant now = clock.instant();
        Optional<WebhookTable.Turn> mine = webhooks.take(caller, now, now.plus(TURN));
        if (mine.isEmpty()) {
            return;
        }
        WebhookTable.Turn turn = mine.get();
        for (EventTable.Event event : events.list(caller, turn.after(), EVENTS_OF_A_TURN)) {
            Optional<String> failure = told ? Optional.of("we go down") : tell(turn.address(), event);
            if (failure.isPresent()) {
                Duration rest = rest(turn.tries());
                LOG.warn("webhook of {}: event {} is told again in {} s: {}", caller, event.eventNo(), rest.toSeconds(), failure.get());
                webhooks.end(caller, turn.tries() + 1, clock.instant().plus(rest));
                return;
            }
            webhooks.acknowledge(caller, event.eventNo(), clock.instant().plus(TURN));
            turn = new WebhookTable.Turn(caller, turn.address(), event.eventNo(), 0);
        }
        webhooks.end(caller, 0, clock.instant());
    }

    /** How long a webhook is left alone after so many failures and one more. */
    static Duration rest(int tries) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 20));
        return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
    }

    /** Tells one event.
     *
     *  @return why it is not acknowledged, if it is not */
    private Optional<String> tell(URI address, EventTable.Event event) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request(address, EventGroup.json(event).toBuffer().getBytes()), BodyHandlers.discarding());
        try {
            int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.of("no whole answer within " + patience);
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        }
    }

    private HttpRequest request(URI address, byte[] body) {
        String digest = Envelope.digest(body);
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        Envelope envelope = new Envelope("POST", path, address.getRawQuery() == null ? "?" : "?" + address.getRawQuery(),
                new Envelope.Headers(Optional.empty(), Optional.empty(), Optional.of(digest), Optional.empty()), body);
        String parameters = "(" + RequestSignature.components(envelope) + ");created=" + clock.instant().getEpochSecond() + ";nonce=\"" + UUID.randomUUID()
                + "\";keyid=\"onecard-core\";alg=\"ecdsa-p256-sha256\"";
        byte[] signature = key.sign(RequestSignature.base(envelope, parameters).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(address).timeout(patience).POST(HttpRequest.BodyPublishers.ofByteArray(body)).header("Content-Type", "application/json")
                .header("Content-Digest", digest).header("Signature-Input", "sig1=" + parameters)
                .header("Signature", "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":").build();
    }
}
