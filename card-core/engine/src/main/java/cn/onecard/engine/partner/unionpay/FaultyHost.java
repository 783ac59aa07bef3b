package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.iso8583.Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host that does wrong as it is told, frame by frame. */
public final class FaultyHost {
    private static final Logger LOG = LoggerFactory.getLogger(FaultyHost.class);
    private static final byte[] GARBAGE = "this is no message at all".getBytes(StandardCharsets.US_ASCII);

    private final BankHost host;
    private final Profile profile;
    private final Supplier<PartnerFault> plan;
    /** What was answered last, to whomever. Guarded by this. */
    private Optional<byte[]> last = Optional.empty();

    /** @param plan what to do wrong with the next frame */
    public FaultyHost(BankHost host, Profile profile, Supplier<PartnerFault> plan) {
        this.host = host;
        this.profile = profile;
        this.plan = plan;
    }

    /** What goes back.
     *
     *  @param frames one after the other, without their lengths; none: the connection is broken off
     *  @param late whether it goes back late */
    public record Delivery(List<byte[]> frames, boolean late) {
        private static final Delivery BROKEN = new Delivery(List.of(), false);

        private static Delivery of(byte[]... frames) {
            return new Delivery(List.of(frames), false);
        }
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
        if (fault == PartnerFault.DROP_BEFORE) {
            return Delivery.BROKEN;
        }
        if (fault == PartnerFault.FORGET_KEYS) {
            host.forgetKeys();
        }
        PosFrame answer = host.answer(frame);
        byte[] right = answer.encode();
        byte[] others = last.orElse(GARBAGE);
        last = Optional.of(right);
        return switch (fault) {
            case NONE, FORGET_KEYS -> Delivery.of(right);
            case SLOW -> new Delivery(List.of(right), true);
            case DROP_BEFORE, DROP_AFTER -> Delivery.BROKEN;
            case GARBAGE -> Delivery.of(GARBAGE);
            case TWICE -> Delivery.of(right, right);
            case OTHERS -> Delivery.of(others);
            case WRONG_MAC -> Delivery.of(withWrongMac(answer).encode());
        };
    }

    private static PosFrame withWrongMac(PosFrame answer) {
        Message message = answer.message();
        return message.has(64) ? new PosFrame(answer.tpdu(), answer.header(), message.withMac(new byte[8])) : answer;
    }
}
