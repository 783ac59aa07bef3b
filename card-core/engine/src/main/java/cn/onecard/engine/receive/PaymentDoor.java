package cn.onecard.engine.receive;

import cn.onecard.wire.PaymentCodec;
import cn.onecard.wire.proto.PaymentServiceGrpcService;
import com.google.protobuf.Descriptors;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.Service;

/** The door of terminals' payment calls, by hand instead of the generated service, which does not tell who calls. */
final class PaymentDoor implements Service {
    private final TerminalDesk desk;
    private final UnaryCall.Setting setting;

    PaymentDoor(TerminalDesk desk, UnaryCall.Setting setting) {
        this.desk = desk;
        this.setting = setting;
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
        UnaryCall.serve(grpc, PaymentServiceGrpcService.BeginLoad, PaymentCodec::load, desk::beginLoad, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.ConfirmLoad, PaymentCodec::loadTac, desk::confirmLoad, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.Pay, PaymentCodec::payment, desk::pay, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.Hold, PaymentCodec::hold, desk::hold, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.Capture, PaymentCodec::change, desk::capture, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.VoidHold, PaymentCodec::changeOfAll, desk::voidHold, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.Refund, PaymentCodec::change, desk::refund, setting);
        UnaryCall.serve(grpc, PaymentServiceGrpcService.FindOrder, PaymentCodec::orderKey, desk::findOrder, setting);
    }
}
