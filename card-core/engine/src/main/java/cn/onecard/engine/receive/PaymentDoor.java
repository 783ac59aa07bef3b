package cn.onecard.engine.receive;

import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.PaymentCodec;
import cn.onecard.wire.proto.PaymentServiceGrpcService;
import com.google.protobuf.Descriptors;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.Service;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The payment calls of terminals, by hand instead of the generated service, which does not tell who calls. */
final class PaymentDoor implements Service {
    private final TerminalDesk desk;
    private final UnaryCall.Setting setting;

    /** A door that is not bound yet.
     *
     *  @param callers tells who calls */
    PaymentDoor(Vertx vertx, TerminalDesk desk, CallLimits limits, CallerNames callers) {
        this.desk = desk;
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("payment-call-", 0).factory());
        this.setting = new UnaryCall.Setting(vertx, callers, new CallsInFlight(limits), limits.patience(), threads);
    }

    /** Takes no more calls; {@link #openCalls()} falls to 0. */
    void drain() {
        setting.inFlight().drain();
    }

    int openCalls() {
        return setting.inFlight().count();
    }

    @Override
    public ServiceName name() {
        return PaymentServiceGrpcService.SERVICE_NAME;
    }

    @Override
    public Descriptors.ServiceDescriptor descriptor() {
        return PaymentServiceGrpcService.SERVICE_DESCRIPTOR;
    }

    @Override
    public void bind(GrpcServer grpc) {
        serve(grpc, PaymentServiceGrpcService.BeginLoad, PaymentCodec::load, desk::beginLoad);
        serve(grpc, PaymentServiceGrpcService.ConfirmLoad, PaymentCodec::loadTac, desk::confirmLoad);
        serve(grpc, PaymentServiceGrpcService.Pay, PaymentCodec::payment, desk::pay);
        serve(grpc, PaymentServiceGrpcService.Hold, PaymentCodec::hold, desk::hold);
        serve(grpc, PaymentServiceGrpcService.Capture, PaymentCodec::change, desk::capture);
        serve(grpc, PaymentServiceGrpcService.VoidHold, PaymentCodec::changeOfAll, desk::voidHold);
        serve(grpc, PaymentServiceGrpcService.Refund, PaymentCodec::change, desk::refund);
        serve(grpc, PaymentServiceGrpcService.FindOrder, PaymentCodec::orderKey, desk::findOrder);
    }

    private <Q, F, A> void serve(GrpcServer grpc, ServiceMethod<Q, A> method, Function<Q, F> codec, UnaryCall.Work<F, A> work) {
        grpc.callHandler(method, call -> UnaryCall.begin(call, message -> codec.apply(decode(method, message)), work, setting));
    }

    private static <Q> Q decode(ServiceMethod<Q, ?> method, GrpcMessage message) {
        try {
            return method.decoder().decode(message);
        } catch (CodecException e) {
            throw new MalformedFrame("the message cannot be read");
        }
    }
}
