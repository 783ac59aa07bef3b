package cn.onecard.engine.boot;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Payments to be asked for, as a CSV file with the columns {@code key, act, card_no, party_id, service_code, amount_fen, order_key}. An act
 *  that changes an order names it by the key that opened it. */
final class PaymentScript {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private PaymentScript() {}

    /** What is asked for. */
    enum Act { DEPOSIT, PAY, HOLD, CAPTURE, VOID, REFUND }

    /** One request.
     *
     *  @param orderKey of the order that is changed; empty if one is opened */
    record Line(String key, Act act, CardNo card, PartyId party, int service, Money amount, String orderKey) {
        PaymentRequest request(String caller, Instant now) {
            CallKey call = new CallKey(caller, key);
            OrderId order = orderKey.isEmpty() ? OrderId.of(call) : OrderId.of(new CallKey(caller, orderKey));
            return switch (act) {
                case DEPOSIT -> Opening.of(call, terms(OrderKind.DEPOSIT), Goal.PAY, LIFETIME, now);
                case PAY -> Opening.of(call, terms(OrderKind.PAYMENT), Goal.PAY, LIFETIME, now);
                case HOLD -> Opening.of(call, terms(OrderKind.PAYMENT), Goal.HOLD, LIFETIME, now);
                case CAPTURE -> Change.capture(call, order, amount, now);
                case VOID -> Change.of(call, order, OrderEvent.VOID, "", now);
                case REFUND -> Change.refund(call, order, amount, "", now);
            };
        }

        private OrderTerms terms(OrderKind kind) {
            return new OrderTerms(kind, new AccountId(card, AccountKind.WALLET), party, service, amount);
        }
    }

    /** Reads a file.
     *
     *  @throws OperationFailed if it is not as it should be; the message names the line */
    static List<Line> read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                try {
                    lines.add(new Line(row.getField("key"), Act.valueOf(row.getField("act")), CardNo.ofDigits(row.getField("card_no")),
                            new PartyId(Integer.parseInt(row.getField("party_id"))), Integer.parseInt(row.getField("service_code")),
                            Money.ofFen(Long.parseLong(row.getField("amount_fen"))), row.getField("order_key")));
                } catch (IllegalArgumentException | NoSuchElementException e) {
                    throw new OperationFailed(file + ", line " + row.getStartingLineNumber() + " is no payment");
                }
            }
        }
        return lines;
    }
}
