package cn.onecard.engine.rail.utility;

import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.key.MacKey;
import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.rail.bill.Field48Bill;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.iso8583.MacInput;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.iso8583.PosHeader;
import cn.onecard.engine.rail.iso8583.Tpdu;
import cn.onecard.engine.rail.line.HostLine;
import cn.onecard.engine.rail.line.SocketLine;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** A biller that speaks frames in the style of ISO 8583. It signs on when it has no key, and again after an answer that was not made
 *  with the key it has. A bill's echo is its part of field 48, and goes back within the payment's. */
final class FramesBiller implements Biller {
    private static final String QUERY = "311010";
    private static final String PAY = "002010";
    private static final String STATUS = "311020";
    private static final String CANCEL = "022010";
    private static final String NEW_KEYS = "980000";
    private static final Tpdu TPDU = new Tpdu(3, 0);
    private static final PosHeader HEADER = new PosHeader("602200000000");
    private static final SignOnForm FORM = SignOnForm.DOUBLE;
    private static final MacMethod METHOD = MacMethod.CUP_ECB_3DES;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd");
    private static final int TRACES = 999_999;

    private final BillerDescriptor descriptor;
    private final Link.Terminal terminal;
    private final Clock clock;
    private final TerminalMasterKey masterKey;
    private final HostLine line;
    private final AtomicReference<Optional<MacKey>> macKey = new AtomicReference<>(Optional.empty());
    private final AtomicInteger traces = new AtomicInteger();

    FramesBiller(BillerDescriptor descriptor, Link.Frames link, Path folder, Clock clock) throws IOException {
        this.descriptor = descriptor;
        this.terminal = link.terminal();
        this.clock = clock;
        List<byte[]> components = new ArrayList<>();
        for (String file : link.components()) {
            components.add(HexFormat.of().parseHex(Files.readString(folder.resolve(file)).strip()));
        }
        this.masterKey = TerminalMasterKey.ofTdes(components);
        this.line = new SocketLine(new InetSocketAddress(link.host(), link.port()), Framing.POS, descriptor.patience().connect());
    }

    @Override
    public BillerDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public QueryAnswer query(BillQuery query) {
        return ask(request("0200", QUERY).set(44, query.account())).bills(this::bills);
    }

    private QueryAnswer bills(Message message) {
        String code = message.text(39);
        if (!descriptor.codes().done().contains(code)) {
            return new QueryAnswer.Refused(code);
        }
        Field48Bill.Arrears arrears = Field48Bill.readArrears(message.findBytes(Field48Bill.NUMBER).orElse(new byte[0]));
        List<Bill> bills = arrears.months().stream().map(this::bill).sorted(Comparator.comparing(Bill::due)).toList();
        return new QueryAnswer.Bills(new QueryAnswer.Customer(arrears.name(), ""), bills);
    }

    /** The style names no end of a quote: it holds to the end of the biller's day. */
    private Bill bill(Field48Bill.Month month) {
        byte[] echo = Field48Bill.write(new Field48Bill.Payment(month.amount().plus(month.penalty()), month.receivable(), month.amount(), month.penalty()));
        return new Bill(month.receivable(), month.period(), month.amount(), month.penalty(), month.due(),
                new Bill.Quote(descriptor.day().midnightAfter(descriptor.day().dateAt(clock.instant())), echo));
    }

    @Override
    public BillerAnswer pay(BillPayment payment) {
        Field48Bill.Payment told;
        try {
            told = Field48Bill.readPayment(payment.echo());
        } catch (MalformedFile e) {
            return new BillerAnswer.NotSent("the echo is not of this biller: " + e.getMessage());
        }
        byte[] field = Field48Bill.write(new Field48Bill.Payment(payment.amount(), told.receivable(), told.bill(), told.penalty()));
        return outcome(payment, ask(about(payment, PAY).set(4, payment.amount()).set(44, payment.account()).set(Field48Bill.NUMBER, field)));
    }

    @Override
    public BillerAnswer status(BillPayment payment) {
        return outcome(payment, ask(about(payment, STATUS)));
    }

    @Override
    public BillerAnswer cancel(BillPayment payment) {
        return outcome(payment, ask(about(payment, CANCEL)));
    }

    @Override
    public StatementAnswer statement(LocalDate day) {
        return new StatementAnswer.Missing("this style has no statement");
    }

    @Override
    public StatementAnswer submit(LocalDate day, byte[] file) {
        return new StatementAnswer.Missing("this style takes no statement");
    }

    @Override
    public void close() {
        macKey.set(Optional.empty());
    }

    private BillerAnswer outcome(BillPayment payment, Reply<Message> reply) {
        return reply.outcome(message -> descriptor.codes().judge(payment, new CodeTable.Report(message.findText(60).orElse(""), message.text(39),
                message.findText(37).orElse(""), message.findMoney(4).orElse(Money.ZERO), message.findBytes(62).orElse(new byte[0]))));
    }

    private Message.Builder about(BillPayment payment, String code) {
        return request("0200", code).set(60, payment.orderNo());
    }

    private Message.Builder request(String type, String code) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.of(descriptor.day().zone()));
        int trace = traces.updateAndGet(last -> last % TRACES + 1);
        return Message.of(Field48Bill.PROFILE, type).set(3, code).set(11, "%06d".formatted(trace)).set(12, TIME.format(now)).set(13, DAY.format(now))
                .set(41, terminal.terminal()).set(42, terminal.agent()).set(63, terminal.unit());
    }

    /** Sends a message with its MAC, and takes an answer with a MAC alone. */
    private Reply<Message> ask(Message.Builder request) {
        Optional<MacKey> key = macKey.get();
        if (key.isEmpty()) {
            key = findNewKey();
            macKey.set(key);
        }
        if (key.isEmpty()) {
            return new Reply.Unsent<>("the biller gave no working keys");
        }
        Message message = request.build();
        Reply<Message> reply = exchange(message.withMac(key.get().mac(METHOD, MacInput.of(message))));
        if (reply instanceof Reply.Answer<Message>(Message answer) && !isAuthentic(answer, key.get())) {
            macKey.compareAndSet(key, Optional.empty());
            return new Reply.Unclear<>("the answer was not made with our key");
        }
        return reply;
    }

    private static boolean isAuthentic(Message answer, MacKey key) {
        return answer.has(64) && key.verify(METHOD, MacInput.of(answer), answer.bytes(64));
    }

    private Optional<MacKey> findNewKey() {
        if (exchange(request("0800", NEW_KEYS).build()) instanceof Reply.Answer<Message>(Message message) && message.has(62)) {
            try {
                return Optional.of(masterKey.open(FORM, message.bytes(62)).mac());
            } catch (KeysUnavailable e) {
                return Optional.empty();    // not our parcel is as good as none: the next call asks again
            }
        }
        return Optional.empty();
    }

    private Reply<Message> exchange(Message request) {
        HostLine.Call call;
        try {
            call = line.connect();
        } catch (IOException e) {
            return new Reply.Unsent<>("the biller was not reached: " + e.getMessage());
        }
        try (call) {
            call.send(new PosFrame(TPDU, HEADER, request).encode());
            Optional<ByteBuffer> bytes = call.findNext(descriptor.patience().answer());
            if (bytes.isEmpty()) {
                return new Reply.Unclear<>("no answer");
            }
            Message answer = PosFrame.decode(Field48Bill.PROFILE, bytes.get()).message();
            return answers(answer, request) ? new Reply.Answer<>(answer) : new Reply.Unclear<>("an answer to something else");
        } catch (IOException e) {
            return new Reply.Unclear<>("the connection broke: " + e.getMessage());
        } catch (MalformedMessage e) {
            return new Reply.Unclear<>("what came is no message: " + e.getMessage());
        }
    }

    private static boolean answers(Message answer, Message request) {
        String type = request.type().equals("0800") ? "0810" : "0210";
        boolean same = IntStream.of(3, 11, 12, 13, 41, 42).allMatch(field -> answer.findText(field).equals(request.findText(field)));
        return answer.type().equals(type) && same && answer.has(39);
    }
}
