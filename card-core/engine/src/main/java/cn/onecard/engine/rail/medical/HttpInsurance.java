package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.nhsa.Answer;
import cn.onecard.engine.rail.nhsa.Fields;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.LinkSignature;
import cn.onecard.engine.rail.nhsa.MalformedJson;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The insurance over HTTP, JSON posted to one address. Thread-safe; a call blocks its thread until the deadline at most, the body
 *  of the answer included. */
public final class HttpInsurance implements Insurance, AutoCloseable {
    private static final int OK = 200;

    private final LinkSettings settings;
    private final Clock clock;
    private final HttpClient client;

    public HttpInsurance(LinkSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.deadline())
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @Override
    public <A extends Output> Reply<A> ask(MessageId id, Input<A> input) throws InterruptedException {
        byte[] message = new Request(id, settings.institution(), input, clock.instant()).encode();
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.address()).header("Content-Type", "application/json;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
        settings.signature().ifPresent(link -> request.header(LinkSignature.HEADER, link.sign(id, message)));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), Fields.MOST_BYTES));
        try {
            return reply(id, input, answer.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Reply.Unclear<>("no answer in time");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    /** Only where no connection came about has nothing left. */
    private static <A extends Output> Reply<A> failed(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException none -> new Reply.NotSent<>("no connection");
            case HttpConnectTimeoutException none -> new Reply.NotSent<>("no connection in time");
            case IOException broken -> new Reply.Unclear<>("broken off");
            case null, default -> throw new IllegalStateException("a message met a defect", cause);
        };
    }

    private <A extends Output> Reply<A> reply(MessageId id, Input<A> input, HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            return new Reply.Unclear<>("HTTP status " + response.statusCode());
        }
        Optional<String> signature = response.headers().firstValue(LinkSignature.HEADER);
        if (settings.signature().filter(link -> !link.verify(id, response.body(), signature)).isPresent()) {
            return new Reply.Unclear<>("not signed by the platform for this message");
        }
        try {
            Answer answer = Answer.decode(response.body());
            if (answer.isDone()) {
                return new Reply.Done<>(input.read(answer.output()));
            }
            return settings.finalRefusals().contains(answer.code()) ? new Reply.Refused<>(answer.code())
                    : new Reply.Unclear<>("infcode " + answer.code() + " is no final refusal");
        } catch (MalformedJson e) {
            return new Reply.Unclear<>("not readable: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
