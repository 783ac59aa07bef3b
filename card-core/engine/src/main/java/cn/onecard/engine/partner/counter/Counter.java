package cn.onecard.engine.partner.counter;

import cn.onecard.engine.partner.counter.ApiLine.Call;
import cn.onecard.engine.partner.counter.ApiLine.Reply;
import cn.onecard.engine.partner.register.ShopSale;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A counter: does what somebody comes for, and believes nothing that was not answered. What is still under way is asked after until it
 *  is over; what is turned away for the moment is sent again under the same key. */
final class Counter {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Set<String> ORDER_GOES_ON = Set.of("HELD", "UNKNOWN");
    private static final Set<String> VISIT_GOES_ON = Set.of("QUOTED", "SETTLING", "SETTLED", "REVERSING", "REVOKING", "RELEASING");
    private static final Set<String> CANCELLING_GOES_ON = Set.of("ASKED", "UNKNOWN", "CANCELLED");
    private static final int TOO_MANY = 429;
    private static final int NOT_NOW = 503;
    private static final int SHOP_SERVICE = 10;
    /** Of the bank's counter; cash belongs to no domain. */
    private static final int CASH_SERVICE = 20;

    private final ApiLine line;
    private final Duration patience;
    private final Clock clock;

    /** A counter.
     *
     *  @param patience how long an errand may take in all */
    Counter(ApiLine line, Duration patience, Clock clock) {
        this.line = line;
        this.patience = patience;
        this.clock = clock;
    }

    /** Does an errand.
     *
     *  @param earlier the outcome of what it takes back, if it takes anything back */
    Outcome serve(Errand errand, Optional<Outcome> earlier) throws IOException, InterruptedException {
        if (earlier.isPresent() && !earlier.get().isDone()) {
            return Outcome.not(errand, "NOTHING_TO_TAKE_BACK");
        }
        String before = earlier.map(Outcome::reference).orElse("");
        return switch (errand.act()) {
            case OPEN -> told(errand, send(Call.put("/v1/accounts", body(errand).put("kind", "WALLET").put("ownerKnown", true))));
            case CASH -> paid(errand, send(Call.post("/v1/orders", errand.key(), money(errand).put("kind", "DEPOSIT").put("goal", "PAY").put("account", "WALLET")
                    .put("serviceCode", CASH_SERVICE))), "/v1/orders/");
            case DEPOSIT -> deposit(errand);
            case SALE -> sell(errand);
            case REFUND -> told(errand, send(Call.post("/v1/sales/" + before + "/refund", errand.key(), firstLine(earlier.orElseThrow().errand()))));
            case BILL -> payBill(errand);
            case CANCEL_BILL -> cancelBill(errand, before);
            case STANDING -> told(errand, send(Call.post("/v1/standing-orders", errand.key(), account(errand).put("cardNo", errand.cardNo())
                    .put("mostFen", errand.amountFen()).put("noticeDays", 3))));
            case VISIT -> visit(errand);
            case CANCEL_VISIT -> medical(errand, send(Call.ask("/v1/medical/settlements/" + before + "/cancel", object().put("reason", "the wrong patient"))), "CANCELLED");
        };
    }

    private Outcome deposit(Errand errand) throws IOException, InterruptedException {
        ObjectNode body = money(errand);
        body.putObject("bankCard").put("pan", errand.detail());
        return paid(errand, send(Call.post("/v1/bank-deposits", errand.key(), body)), "/v1/orders/");
    }

    private Outcome sell(Errand errand) throws IOException, InterruptedException {
        ObjectNode sale = basket(errand);
        sale.putObject("paidBy").put("means", "WALLET").put("cardNo", errand.cardNo());
        ObjectNode body = object().put("serviceCode", SHOP_SERVICE).put("storeId", errand.caller()).put("registerId", "till-1");
        body.set("sale", sale);
        return told(errand, send(Call.ask("/v1/sales", body)));
    }

    private ObjectNode basket(Errand errand) {
        return new ShopSale(new SplittableRandom(Long.parseLong(errand.detail()))).next(errand.key(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** All of the first line of a sale comes back. */
    private ObjectNode firstLine(Errand sale) {
        JsonNode line = basket(sale).at("/basket/lines/0");
        ObjectNode refund = object().put("reason", "returned");
        refund.putArray("lines").addObject().put("lineNo", line.path("lineNo").asInt()).put("qtyMilli", line.path("qtyMilli").asLong());
        return refund;
    }

    private Outcome payBill(Errand errand) throws IOException, InterruptedException {
        Reply query = send(Call.ask("/v1/bills/query", account(errand)));
        JsonNode bill = query.body().path("bills").path(0);
        if (!query.isGood()) {
            return refused(errand, query);
        }
        if (bill.isMissingNode()) {
            return Outcome.not(errand, "NOTHING_IS_OWED");
        }
        ObjectNode payment = body(errand).put("quote", bill.path("quote").asText()).put("amountFen", bill.path("amountFen").asLong() + bill.path("lateFeeFen").asLong())
                .put("currency", "CNY");
        return paid(errand, send(Call.post("/v1/bills/payments", errand.key(), payment)), "/v1/bills/payments/");
    }

    private Outcome cancelBill(Errand errand, String payment) throws IOException, InterruptedException {
        String path = "/v1/bills/payments/" + payment;
        return settled(errand, await(send(Call.ask(path + "/cancel", object())), path, "/cancellation/state", CANCELLING_GOES_ON), "/cancellation/state", "REFUNDED");
    }

    private Outcome visit(Errand errand) throws IOException, InterruptedException {
        ObjectNode body = body(errand).put("identityNo", errand.detail());
        body.putArray("diagnoses").add("J06.9");
        long drugs = errand.amountFen() / 3;
        body.putArray("fees").addObject().put("code", "C001").put("category", "09").put("amountFen", drugs);
        body.withArray("fees").addObject().put("code", "A001").put("category", "01").put("amountFen", errand.amountFen() - drugs);
        return medical(errand, send(Call.post("/v1/medical/settlements", errand.key(), body)), "PAID");
    }

    /** The end of a medical settlement; what concerns the wallet is the person's own part. */
    private Outcome medical(Errand errand, Reply first, String wanted) throws IOException, InterruptedException {
        String id = first.body().path("settlementId").asText();
        Reply last = await(first, "/v1/medical/settlements/" + id, "/state", VISIT_GOES_ON);
        Outcome settled = settled(errand, last, "/state", wanted);
        long cash = 0;
        for (JsonNode leg : last.body().path("legs")) {
            cash += leg.path("kind").asText().equals("CASH") ? leg.path("amountFen").asLong() : 0;
        }
        return settled.isDone() ? Outcome.done(errand, cash, id) : settled;
    }

    private Outcome paid(Errand errand, Reply first, String path) throws IOException, InterruptedException {
        return settled(errand, await(first, path + first.body().path("orderId").asText(), "/state", ORDER_GOES_ON), "/state", "CAPTURED");
    }

    /** Asks after something until it is over, or patience is. */
    private Reply await(Reply first, String path, String state, Set<String> goesOn) throws IOException, InterruptedException {
        Reply reply = first;
        Instant limit = clock.instant().plus(patience);
        while (reply.isGood() && goesOn.contains(reply.body().at(state).asText()) && clock.instant().isBefore(limit)) {
            Thread.sleep(BETWEEN);
            reply = send(Call.get(path));
        }
        return reply;
    }

    private Reply send(Call call) throws IOException, InterruptedException {
        Instant limit = clock.instant().plus(patience);
        Reply reply = line.send(call);
        while ((reply.status() == TOO_MANY || reply.status() == NOT_NOW) && clock.instant().isBefore(limit)) {
            Thread.sleep(BETWEEN);
            reply = line.send(call);
        }
        return reply;
    }

    /** It is done if it stands as it should. */
    private static Outcome settled(Errand errand, Reply last, String state, String wanted) {
        String stands = last.body().at(state).asText();
        return !last.isGood() || stands.equals(wanted) ? told(errand, last) : Outcome.not(errand, stands);
    }

    /** It is done if it is not refused; the interface says of how much. */
    private static Outcome told(Errand errand, Reply reply) {
        return reply.isGood() ? Outcome.done(errand, reply.body().path("amountFen").asLong(), reply.body().path("orderId").asText()) : refused(errand, reply);
    }

    private static Outcome refused(Errand errand, Reply reply) {
        return Outcome.not(errand, reply.body().path("code").asText("HTTP " + reply.status()));
    }

    private static ObjectNode account(Errand errand) {
        return object().put("biller", errand.biller()).put("account", errand.account());
    }

    private static ObjectNode money(Errand errand) {
        return body(errand).put("amountFen", errand.amountFen()).put("currency", "CNY");
    }

    private static ObjectNode body(Errand errand) {
        return object().put("cardNo", errand.cardNo());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
