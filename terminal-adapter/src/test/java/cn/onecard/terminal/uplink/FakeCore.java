package cn.onecard.terminal.uplink;

import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import cn.onecard.wire.proto.TerminalServiceGrpcService;
import cn.onecard.wire.proto.TerminalServiceService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A core of one process's memory that speaks the terminal contract over a real socket and can be told to misbehave, batch by
 *  batch. It keeps a journal as the true one does: same key and content is a duplicate, other content a conflict. */
public final class FakeCore implements AutoCloseable {
    private final Vertx vertx;
    private final HttpServerOptions options;
    private final Function<TapFrame, TapAck> verify;
    private final Map<TapKey, TapFrame> journal = new HashMap<>();     // all guarded by this
    private final List<TapFrame> journalOrder = new ArrayList<>();
    private final Queue<Behaviour> behaviours = new ArrayDeque<>();
    private int tapsReceived;
    private int streams;
    private int largestBatch;
    private HttpServer server;

    /** What the core does with a batch. */
    public enum Behaviour {
        /** Commits and answers. */
        ANSWER,
        /** Commits, then the connection is gone before the answer. */
        COMMIT_AND_DROP,
        /** The connection is gone before anything is committed. */
        DROP,
        /** Ends the call with an error status, nothing committed. */
        FAIL,
        /** Commits and never answers. */
        STALL,
        /** Commits and answers twice. */
        ANSWER_TWICE,
        /** Answers a batch that nobody sent. */
        ANSWER_UNKNOWN_BATCH,
        /** Answers one tap less than there were. */
        ANSWER_TOO_FEW,
        /** Answers another tap. */
        ANSWER_OTHER_TAP,
        /** Answers with an outcome that is none. */
        ANSWER_NO_OUTCOME,
        /** Keeps the answer back until the next batch is answered. */
        ANSWER_LATER
    }

    /** A core that finds every new tap good. */
    public static FakeCore start(Vertx vertx) {
        return start(vertx, new HttpServerOptions(), frame -> ack(frame.key(), TapOutcome.ACCEPTED, 0));
    }

    /** A core that answers new taps by a rule of the test. */
    public static FakeCore start(Vertx vertx, HttpServerOptions options, Function<TapFrame, TapAck> verify) {
        return new FakeCore(vertx, options, verify);
    }

    private FakeCore(Vertx vertx, HttpServerOptions options, Function<TapFrame, TapAck> verify) {
        this.vertx = vertx;
        this.options = options.setHost("127.0.0.1");
        this.verify = verify;
        this.server = listen(0);
    }

    /** An answer. */
    public static TapAck ack(TapKey key, TapOutcome outcome, int reason) {
        return TapAck.newBuilder().setPsamNo(key.terminal().value()).setPsamSeq((int) key.psamSeq())
                .setOutcome(TapCodec.toProto(outcome)).setReason(reason).build();
    }

    public synchronized int port() {
        return server.actualPort();
    }

    /** What the next batches meet, in order; after them, answers. */
    public synchronized void script(Behaviour... next) {
        behaviours.addAll(List.of(next));
    }

    /** Stops listening; the port is kept for {@link #comeBack}. */
    public synchronized int goAway() {
        int port = server.actualPort();
        await(server.close());
        return port;
    }

    public synchronized void comeBack(int port) {
        server = listen(port);
    }

    /** Every tap that was committed, in the order of the commits. */
    public synchronized List<TapFrame> committed() {
        return List.copyOf(journalOrder);
    }

    public synchronized int tapsReceived() {
        return tapsReceived;
    }

    public synchronized int streams() {
        return streams;
    }

    public synchronized int largestBatch() {
        return largestBatch;
    }

    @Override
    public void close() {
        await(server.close());
    }

    private HttpServer listen(int port) {
        GrpcServer grpc = GrpcServer.server(vertx);
        TerminalServiceGrpcService.of(new Service()).bind(grpc);
        return await(vertx.createHttpServer(options).requestHandler(grpc).listen(port));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private synchronized BatchAck commit(TapBatch batch) {
        BatchAck.Builder answer = BatchAck.newBuilder().setBatchNo(batch.getBatchNo());
        for (Tap tap : batch.getTapsList()) {
            answer.addAcks(commit(TapCodec.fromProto(tap)));
        }
        return answer.build();
    }

    private TapAck commit(TapFrame frame) {
        TapFrame known = journal.get(frame.key());
        if (known != null) {
            return ack(frame.key(), known.equals(frame) ? TapOutcome.DUPLICATE : TapOutcome.CONFLICT, 0);
        }
        TapAck verified = verify.apply(frame);
        if (verified.getOutcome() != Outcome.FORGED) {
            journal.put(frame.key(), frame);
            journalOrder.add(frame);
        }
        return verified;
    }

    private synchronized Behaviour next(TapBatch batch) {
        tapsReceived += batch.getTapsCount();
        largestBatch = Math.max(largestBatch, batch.getTapsCount());
        Behaviour next = behaviours.poll();
        return next == null ? Behaviour.ANSWER : next;
    }

    private synchronized void countStream() {
        streams++;
    }

    /** The service behind the socket. */
    private final class Service extends TerminalServiceService {
        @Override
        protected void submit(ReadStream<TapBatch> batches, WriteStream<BatchAck> answers) {
            countStream();
            List<BatchAck> later = new ArrayList<>();
            GrpcServerResponse<?, ?> response = (GrpcServerResponse<?, ?>) answers;
            batches.exceptionHandler(_ -> { });   // the client went away: nothing to be answered
            AtomicBoolean over = new AtomicBoolean();
            batches.handler(batch -> {
                if (over.get()) {
                    return;
                }
                switch (next(batch)) {
                    case ANSWER -> answers.write(commit(batch));
                    case COMMIT_AND_DROP -> {
                        commit(batch);
                        over.set(true);
                        response.cancel();
                    }
                    case DROP -> {
                        over.set(true);
                        response.cancel();
                    }
                    case FAIL -> {
                        over.set(true);
                        response.fail(new IllegalStateException("database is away"));
                    }
                    case STALL -> commit(batch);
                    case ANSWER_TWICE -> {
                        BatchAck ack = commit(batch);
                        answers.write(ack);
                        answers.write(ack);
                    }
                    case ANSWER_UNKNOWN_BATCH -> answers.write(BatchAck.newBuilder().setBatchNo(4711).build());
                    case ANSWER_TOO_FEW -> answers.write(commit(batch).toBuilder().removeAcks(0).build());
                    case ANSWER_OTHER_TAP -> {
                        BatchAck ack = commit(batch);
                        answers.write(ack.toBuilder().setAcks(0, ack.getAcks(0).toBuilder().setPsamSeq(99_999)).build());
                    }
                    case ANSWER_NO_OUTCOME -> {
                        BatchAck ack = commit(batch);
                        answers.write(ack.toBuilder().setAcks(0, ack.getAcks(0).toBuilder().setOutcome(Outcome.OUTCOME_UNSPECIFIED)).build());
                    }
                    case ANSWER_LATER -> {
                        later.add(commit(batch));
                        return;
                    }
                }
                if (!over.get()) {
                    later.forEach(answers::write);
                    later.clear();
                }
            });
            batches.endHandler(_ -> answers.end());
        }
    }
}
