package cn.onecard.engine.partner.utility;

import cn.onecard.engine.key.MacKey;
import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.Delivery;
import cn.onecard.engine.partner.Misbehaviour;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.bill.Field48Bill;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.engine.rail.iso8583.MacInput;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.iso8583.ProcessingRequirement;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A biller's book behind frames. Thread-safe; one frame at a time. */
public final class FramesBillerHost {
    private static final Logger LOG = LoggerFactory.getLogger(FramesBillerHost.class);
    private static final MacMethod METHOD = MacMethod.CUP_ECB_3DES;

    private final BillerBook book;
    private final TerminalMasterKey masterKey;
    private final Supplier<PartnerFault> plan;
    private final Misbehaviour misbehaviour = new Misbehaviour();
    private final SecureRandom random = new SecureRandom();
    /** Guarded by this. */
    private Optional<MacKey> key = Optional.empty();

    /** @param plan what to do wrong with the next frame */
    public FramesBillerHost(BillerBook book, TerminalMasterKey masterKey, Supplier<PartnerFault> plan) {
        this.book = book;
        this.masterKey = masterKey;
        this.plan = plan;
    }

    /** Takes a frame and says what goes back. */
    public synchronized Delivery take(ByteBuffer bytes) {
        PosFrame frame;
        try {
            frame = PosFrame.decode(Field48Bill.PROFILE, bytes);
        } catch (MalformedMessage e) {
            LOG.warn("what came is no message: {}", e.getMessage());
            return Delivery.BROKEN;
        }
        PartnerFault fault = plan.get();
        if (fault == PartnerFault.FORGET_KEYS) {
            key = Optional.empty();
        }
        return misbehaviour.deliver(fault, () -> frame.answer(answer(frame.message()), ProcessingRequirement.NONE).encode(), FramesBillerHost::withWrongMac);
    }

    private Message answer(Message request) {
        if (request.type().equals("0800")) {
            TerminalMasterKey.Issue issue = masterKey.issue(SignOnForm.DOUBLE, random);
            key = Optional.of(issue.keys().mac());
            return begun(request, "0810", "00").set(62, issue.parcel()).build();
        }
        if (key.isEmpty() || !request.has(64) || !key.get().verify(METHOD, MacInput.of(request), request.bytes(64))) {
            return begun(request, "0210", "A0").build();
        }
        Message answer = book(request);
        return answer.withMac(key.get().mac(METHOD, MacInput.of(answer)));
    }

    private Message book(Message request) {
        String account = request.findText(44).orElse("");
        String order = request.findText(60).orElse("");
        try {
            return switch (request.text(3)) {
                case "311010" -> query(request, account);
                case "002010" -> said(request, book.pay(order, account,
                        Field48Bill.readPayment(request.bytes(Field48Bill.NUMBER)).receivable(), request.findMoney(4).orElse(Money.ZERO)));
                case "311020" -> said(request, book.status(order));
                case "022010" -> said(request, book.cancel(order));
                default -> begun(request, "0210", "40").build();
            };
        } catch (MalformedFile e) {
            return begun(request, "0210", "30").build();
        }
    }

    private Message query(Message request, String account) {
        Optional<String> name = book.findName(account);
        if (name.isEmpty()) {
            return begun(request, "0210", "14").build();
        }
        return begun(request, "0210", "00").set(Field48Bill.NUMBER, Field48Bill.write(new Field48Bill.Arrears(name.get(), book.listOpen(account).stream()
                .map(bill -> new Field48Bill.Month(bill.period(), bill.receivable(), bill.amount(), bill.lateFee(), bill.due())).toList()))).build();
    }

    private static Message said(Message request, BillerBook.Said said) {
        return switch (said.verdict()) {
            case DONE -> begun(request, "0210", "00").set(4, said.amount()).set(37, said.reference()).build();
            case NOT_FOUND -> begun(request, "0210", "25").build();
            case REFUSED -> begun(request, "0210", "12").build();
        };
    }

    private static Message.Builder begun(Message request, String type, String code) {
        return Message.of(request.profile(), type).copy(request, 3, 11, 12, 13, 41, 42, 60, 63).set(39, code);
    }

    private static byte[] withWrongMac(byte[] answer) {
        PosFrame frame = PosFrame.decode(Field48Bill.PROFILE, ByteBuffer.wrap(answer));
        return new PosFrame(frame.tpdu(), frame.header(), frame.message().withMac(new byte[8])).encode();
    }
}
