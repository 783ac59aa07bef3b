package cn.onecard.engine.receive;

import cn.onecard.wire.DownloadCodec;
import cn.onecard.wire.proto.DownloadServiceGrpcService;
import cn.onecard.wire.proto.LockedReceipt;
import com.google.protobuf.Descriptors;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.Service;

/** The door through which terminals fetch the hotlist and fare tables, and report locked cards. Its calls are counted and bounded with
 *  those of payments. */
final class DownloadDoor implements Service {
    private final DownloadDesk desk;
    private final UnaryCall.Setting setting;

    DownloadDoor(DownloadDesk desk, UnaryCall.Setting setting) {
        this.desk = desk;
        this.setting = setting;
    }

    @Override
    public ServiceName name() {
        return DownloadServiceGrpcService.SERVICE_NAME;
    }

    @Override
    public Descriptors.ServiceDescriptor descriptor() {
        return DownloadServiceGrpcService.SERVICE_DESCRIPTOR;
    }

    @Override
    public void bind(GrpcServer grpc) {
        UnaryCall.serve(grpc, DownloadServiceGrpcService.FetchHotlist, DownloadCodec::hotlistAsk, call -> DownloadCodec.toProto(desk.fetchHotlist(call)), setting);
        UnaryCall.serve(grpc, DownloadServiceGrpcService.FetchTariff, DownloadCodec::tariffAsk, call -> DownloadCodec.tariffAnswer(desk.fetchTariff(call)), setting);
        UnaryCall.serve(grpc, DownloadServiceGrpcService.ReportLocked, DownloadCodec::locked,
                call -> LockedReceipt.newBuilder().setKnown(desk.reportLocked(call)).build(), setting);
    }
}
