package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.key.WorkingKeys;
import cn.onecard.engine.rail.iso8583.Field60;
import cn.onecard.engine.rail.iso8583.Field62;
import cn.onecard.engine.rail.iso8583.MacInput;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ProcessingRequirement;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The host: who may speak, and what has been said before. What a transaction does is {@link HostBook}'s, what a batch is worth
 *  {@link HostSettlement}'s. One message at a time.
 *
 *  <p>The order of the checks is that of the acquirers: merchant, terminal, signed on, batch, MAC, repetition. A message that came
 *  before with the same content gets its first answer again; one with another content is refused. */
public final class BankHost {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMdd");
    private static final String ACQUIRER = "00010000";

    private final MacMethod method;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, HostTerminal> terminals = new HashMap<>();
    private final HostBook book = new HostBook();
    private final HostSettlement settlement = new HostSettlement();
    private long references;

    /** @param method how MACs are made
     *  @param clock the host's
     *  @param random what keys are made of */
    public BankHost(MacMethod method, Clock clock, RandomGenerator random) {
        this.method = method;
        this.clock = clock;
        this.random = random;
    }

    /** Lets a terminal speak.
     *
     *  @param terminal field 41
     *  @param merchant field 42 */
    public synchronized void addTerminal(String terminal, String merchant, TerminalMasterKey masterKey) {
        terminals.put(terminal, new HostTerminal(merchant, masterKey));
    }

    /** Opens a bank card's account.
     *
     *  @param pin 4 to 12 digits */
    public synchronized void addAccount(Pan pan, String pin, Money balance) {
        book.addAccount(pan.digits(), new HostAccount(pin, balance));
    }

    /** What is on a bank card's account. */
    public synchronized Money balance(Pan pan) {
        return book.account(pan.digits()).balance();
    }

    /** What of it is kept for pre-authorisations. */
    public synchronized Money held(Pan pan) {
        return book.account(pan.digits()).held();
    }

    /** What terminals and host do not agree on after their settlements, a line each. */
    public synchronized List<String> listDifferences() {
        return settlement.listDifferences();
    }

    /** Forgets all working keys, as a host does that starts anew. */
    public synchronized void forgetKeys() {
        terminals.values().forEach(HostTerminal::forgetKeys);
    }

    /** Answers a frame. */
    public synchronized PosFrame answer(PosFrame frame) {
        Message request = frame.message();
        Said said = say(request);
        return frame.answer(said.message(), said.requirement());
    }

    /** An answer, and what else the terminal is asked. */
    private record Said(Message message, ProcessingRequirement requirement) {
        private static Said of(Message message) {
            return new Said(message, ProcessingRequirement.NONE);
        }
    }

    private Said say(Message request) {
        HostTerminal terminal = terminals.get(request.findText(41).orElse(""));
        boolean merchantKnown = terminals.values().stream().anyMatch(one -> Optional.of(one.merchant()).equals(request.findText(42)));
        if (!merchantKnown) {
            return Said.of(answer(request, ResponseCode.INVALID_MERCHANT).build());
        }
        if (terminal == null || !Optional.of(terminal.merchant()).equals(request.findText(42))) {
            return Said.of(answer(request, ResponseCode.TERMINAL_UNKNOWN).build());
        }
        Field60 what;
        try {
            what = Field60.of(request);
        } catch (MalformedMessage e) {
            return Said.of(answer(request, ResponseCode.FORMAT_ERROR).build());
        }
        return switch (request.type()) {
            case "0800" -> Said.of(signOn(terminal, request, what));
            case "0820" -> Said.of(manage(terminal, request, what));
            case "0500" -> Said.of(settlement.compare(terminal, request, answer(request, ResponseCode.APPROVED)));
            case "0320" -> Said.of(answer(request, settlement.upload(terminal, request)).build());
            case "0100", "0200", "0220", "0400" -> financial(terminal, request, what);
            default -> Said.of(answer(request, ResponseCode.NOT_SUPPORTED).build());
        };
    }

    private Message signOn(HostTerminal terminal, Message request, Field60 what) {
        Optional<SignOnForm> form = SignOnForm.findByCode(what.managementCode());
        if (form.isEmpty()) {
            return answer(request, ResponseCode.NOT_SUPPORTED).build();
        }
        TerminalMasterKey.Issue issue = terminal.masterKey().issue(form.get(), random);
        terminal.signOn(issue.keys());
        return answer(request, ResponseCode.APPROVED).set(Field62.NUMBER, issue.parcel())
                .set(Field60.NUMBER, new Field60("00", terminal.batch(), what.managementCode(), "").text()).build();
    }

    private Message manage(HostTerminal terminal, Message request, Field60 what) {
        return switch (what.managementCode()) {
            case "002" -> {
                terminal.signOff();
                yield answer(request, ResponseCode.APPROVED).build();
            }
            case "301" -> answer(request, ResponseCode.APPROVED).build();
            default -> answer(request, ResponseCode.NOT_SUPPORTED).build();
        };
    }

    private Said financial(HostTerminal terminal, Message request, Field60 what) {
        Optional<WorkingKeys> keys = terminal.findKeys();
        boolean reversal = request.type().equals("0400");
        boolean rightBatch = what.batch() == terminal.batch() && !terminal.isClosed(what.batch());
        if (keys.isEmpty() || (!reversal && !rightBatch)) {
            Message refused = answer(request, ResponseCode.SIGN_ON_AGAIN).build();
            return new Said(keys.map(known -> authenticated(refused, known)).orElse(refused), ProcessingRequirement.SIGN_ON_AGAIN);
        }
        return Said.of(authenticated(transact(terminal, request, what, keys.get()), keys.get()));
    }

    private Message transact(HostTerminal terminal, Message request, Field60 what, WorkingKeys keys) {
        if (!request.has(64) || !keys.mac().verify(method, MacInput.of(request), request.bytes(64))) {
            return answer(request, ResponseCode.MAC_WRONG).build();
        }
        HostTerminal.Slot slot = new HostTerminal.Slot(request.type(), what.batch(), Integer.parseInt(request.text(11)));
        Message content = request.withMac(new byte[8]);
        Optional<HostTerminal.Exchange> before = terminal.findExchange(slot);
        if (before.isPresent()) {
            return before.get().request().equals(content) ? before.get().answer() : answer(request, ResponseCode.DUPLICATE).build();
        }
        Message answer = request.type().equals("0400") ? reverse(terminal, request, slot) : book(terminal, request, slot, keys);
        terminal.remember(slot, new HostTerminal.Exchange(content, answer));
        return answer;
    }

    private Message book(HostTerminal terminal, Message request, HostTerminal.Slot slot, WorkingKeys keys) {
        Optional<PosTransaction> kind = PosTransaction.find(request);
        if (terminal.isBuried(slot)) {
            return answer(request, ResponseCode.INVALID_TRANSACTION).build();
        }
        if (kind.isEmpty()) {
            return answer(request, ResponseCode.NOT_SUPPORTED).build();
        }
        String reference = "%012d".formatted(++references);
        HostTransaction booked = book.book(new HostBook.Entry(terminal, kind.get(), request, reference, today()), keys.pin());
        Message.Builder answer = answer(request, booked.code()).set(37, reference);
        if (booked.isApproved()) {
            answer.set(38, booked.authorisation());
        }
        if (kind.get() == PosTransaction.BALANCE && booked.isApproved()) {
            answer.set(54, book.balanceOf(booked.pan()).text());
        }
        return answer.build();
    }

    private Message reverse(HostTerminal terminal, Message request, HostTerminal.Slot slot) {
        Optional<HostTransaction> original = book.findReversed(terminal, request, slot.batch());
        if (original.isEmpty()) {
            PosTransaction.find(request).ifPresent(kind -> terminal.bury(new HostTerminal.Slot(kind.type(), slot.batch(), slot.trace())));
            return answer(request, ResponseCode.APPROVED).build();
        }
        return answer(request, book.reverse(original.get(), request, today())).build();
    }

    private Message.Builder answer(Message request, ResponseCode code) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), CHINA);
        String type = request.type().substring(0, 2) + (char) (request.type().charAt(2) + 1) + request.type().charAt(3);
        return Message.of(request.profile(), type).copy(request, 2, 3, 4, 11, 25, 41, 42, 49, 60).set(12, TIME.format(now)).set(13, DATE.format(now))
                .set(15, DATE.format(now)).set(32, ACQUIRER).set(37, "%012d".formatted(references)).set(39, code.code());
    }

    private Message authenticated(Message answer, WorkingKeys keys) {
        return answer.withMac(keys.mac().mac(method, MacInput.of(answer)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CHINA);
    }
}
