package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.partner.Delivery;
import cn.onecard.engine.partner.Misbehaviour;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.iso8583.Profile;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host that does wrong as it is told, frame by frame. */
public final class FaultyHost {
    private static final Logger LOG = LoggerFactory.getLogger(FaultyHost.class);

    private final BankHost host;
    private final Profile profile;
    private final Supplier<PartnerFault> plan;
    private final Misbehaviour misbehaviour = new Misbehaviour();

    /** @param plan what to do wrong with the next frame */
    public FaultyHost(BankHost host, Profile profile, Supplier<PartnerFault> plan) {
        this.host = host;
        this.profile = profile;
        this.plan = plan;
    }

    /** Takes a frame and says what goes back. */
    public synchronized Delivery take(ByteBuffer bytes) {
        PosFrame frame;
        try {
            frame = PosFrame.decode(profile, bytes);
        } catch (MalformedMessage e) {
            LOG.warn("what came is no message: {}", e.getMessage());
            return Delivery.BROKEN;
        }
        PartnerFault fault = plan.get();
        if (fault == PartnerFault.FORGET_KEYS) {
            host.forgetKeys();
        }
        return misbehaviour.deliver(fault, () -> host.answer(frame).encode(), this::withWrongMac);
    }

    private byte[] withWrongMac(byte[] answer) {
        PosFrame frame = PosFrame.decode(profile, ByteBuffer.wrap(answer));
        Message message = frame.message();
        return message.has(64) ? new PosFrame(frame.tpdu(), frame.header(), message.withMac(new byte[8])).encode() : answer;
    }
}
