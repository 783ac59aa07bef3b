package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.MacKey;
import cn.onecard.engine.key.PinKey;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.rail.iso8583.Field48Totals;
import cn.onecard.engine.rail.iso8583.Field60;
import cn.onecard.engine.rail.iso8583.Field61;
import cn.onecard.engine.rail.iso8583.Field62;
import cn.onecard.engine.rail.iso8583.MacInput;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.engine.rail.tlv.Tlv;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;

/** The messages that one terminal sends. Pure: it knows no connection and no count. */
final class PosMessages {
    private static final String YUAN = "156";
    private static final int ATC = 0x9F36;
    private static final int[] REVERSED = {2, 3, 4, 11, 14, 22, 23, 25, 41, 42, 49, 60, 61};

    private final LinkSettings settings;

    PosMessages(LinkSettings settings) {
        this.settings = settings;
    }

    /** The request of a transaction, without PIN, tracks and MAC. */
    Message kept(BankRequest request, BankTransaction.Place place) {
        PosTransaction kind = request.kind();
        CardEntry card = request.card();
        Message.Builder message = begin(kind.type(), place.trace()).set(2, card.pan().digits()).set(3, kind.processingCode())
                .set(22, card.entryMode()).set(25, kind.conditionCode()).set(49, YUAN)
                .set(60, new Field60(kind.code(), place.batch(), "000", card.readingCapability() + "0").text());
        if (kind != PosTransaction.BALANCE) {
            message.set(4, request.amount());
        }
        card.face().expiry().ifPresent(expiry -> message.set(14, expiry));
        card.face().sequence().ifPresent(sequence -> message.set(23, sequence));
        if (!card.chip().isEmpty()) {
            message.set(55, Tlv.write(card.chip()));
        }
        request.original().ifPresent(original -> mean(message, kind, original));
        return message.build();
    }

    /** Names the transaction that is voided, cancelled, completed or refunded. */
    private static void mean(Message.Builder message, PosTransaction kind, BankTransaction original) {
        BankAnswer answer = original.answer().orElseThrow();
        BankTransaction.Place place = original.place();
        answer.authorisation().ifPresent(code -> message.set(38, code));
        MonthDay date = answer.date().map(text -> MonthDay.of(Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(2))))
                .orElseThrow(() -> new IllegalArgumentException("the host's answer to the original has no date"));
        switch (kind) {
            case SALE_VOID, COMPLETION_CANCEL -> {
                answer.reference().ifPresent(reference -> message.set(37, reference));
                message.set(61, Field61.ofVoid(place.batch(), place.trace()).text());
            }
            case PREAUTHORISATION_CANCEL, COMPLETION -> message.set(61, Field61.ofAuthorisation(date).text());
            case REFUND -> {
                answer.reference().ifPresent(reference -> message.set(37, reference));
                message.set(61, Field61.ofRefund(place.batch(), place.trace(), date).text());
            }
            case BALANCE, PREAUTHORISATION, SALE -> throw new IllegalArgumentException(kind + " means no other transaction");
        }
    }

    /** A request as it is sent: what is kept of it, tracks and PIN. Empty if the PIN block holds no PIN of the card. */
    Optional<Message> complete(Message kept, CardEntry card, PinKey pinKey) {
        Message.Builder message = kept.toBuilder(kept.type());
        card.face().track2().ifPresent(track -> message.set(35, track));
        if (card.pin().isEmpty()) {
            return Optional.of(message.build());
        }
        return card.pin().get().under(pinKey, card.pan()).map(block -> {
            message.set(26, "12");
            switch (settings.security().signOn()) {
                case SINGLE -> message.set(52, block).set(53, "2000000000000000");
                case DOUBLE, DOUBLE_WITH_TRACK_KEY -> message.set(52, block).set(53, "2600000000000000");
                case SM4 -> message.set(52, new byte[8]).set(53, "2400000000000000").set(62, Field62.ofPinBlock(block));
            }
            return message.build();
        });
    }

    /** The reversal of a transaction. */
    Message reversal(BankTransaction transaction) {
        Message kept = transaction.kept();
        ResponseCode reason = transaction.progress().reason().orElseThrow();
        Message.Builder message = Message.of(kept.profile(), "0400").copy(kept, REVERSED).set(39, reason.code());
        transaction.answer().flatMap(BankAnswer::authorisation).ifPresentOrElse(code -> message.set(38, code), () -> message.copy(kept, 38));
        if (kept.has(55)) {
            List<Tlv> chip = Tlv.parse(kept.bytes(55));
            boolean unanswered = reason.equals(ResponseCode.NO_ANSWER);
            message.set(55, Tlv.write(chip.stream().filter(object -> !(unanswered && object.tag() == ATC)).toList()));
        }
        return message.build();
    }

    Message signOn(int trace, int batch) {
        SignOnForm form = settings.security().signOn();
        return management("0800", trace, new Field60("00", batch, form.managementCode(), "")).set(63, settings.identity().operator()).build();
    }

    Message signOff(int trace, int batch) {
        return management("0820", trace, Field60.management(batch, "002")).build();
    }

    Message echo(int trace, int batch) {
        return management("0820", trace, Field60.management(batch, "301")).build();
    }

    Message settlement(int trace, int batch, Field48Totals totals) {
        return management("0500", trace, Field60.management(batch, "201")).set(48, totals.text()).set(49, YUAN)
                .set(63, settings.identity().operator()).build();
    }

    /** A list of transactions, or the end of an upload. */
    Message upload(int trace, Field60 what, String field48) {
        return management("0320", trace, what).set(48, field48).build();
    }

    /** One transaction, uploaded with its own fields. */
    Message upload(BankTransaction transaction, String managementCode) {
        Message kept = transaction.kept();
        Field60 own = Field60.of(kept);
        Message.Builder message = kept.toBuilder("0320").set(60, new Field60(own.transactionType(), own.batch(), managementCode, own.rest()).text());
        transaction.answer().flatMap(BankAnswer::authorisation).ifPresent(code -> message.set(38, code));
        transaction.answer().flatMap(BankAnswer::reference).ifPresent(reference -> message.set(37, reference));
        return message.build();
    }

    Message authenticated(Message message, MacKey key) {
        return message.withMac(key.mac(settings.security().mac(), MacInput.of(message)));
    }

    boolean isAuthentic(Message message, MacKey key) {
        return message.has(64) && key.verify(settings.security().mac(), MacInput.of(message), message.bytes(64));
    }

    /** The card of a transaction. */
    static Pan pan(BankTransaction transaction) {
        return new Pan(transaction.kept().text(2));
    }

    private Message.Builder management(String type, int trace, Field60 field60) {
        return begin(type, trace).set(60, field60.text());
    }

    private Message.Builder begin(String type, int trace) {
        return Message.of(settings.wire().profile(), type).set(11, "%06d".formatted(trace))
                .set(41, settings.identity().terminal()).set(42, settings.identity().merchant());
    }
}
