package cn.onecard.engine.api;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.unionpay.CardEntry;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Deposits by bank card. What is read of a card goes to the bank and is kept nowhere. */
public final class BankGroup implements ApiGroup {
    private static final String BY_STRIPE = "02";

    private final Optional<Bank> bank;
    private final OpenOrders orders;
    private final Duration patience;

    /** Fills an account from a bank card. */
    @FunctionalInterface
    public interface Bank {
        CompletableFuture<PaymentAnswer> deposit(CallKey call, AccountId account, Money amount, CardEntry card) throws InterruptedException;
    }

    /** The group.
     *
     *  @param bank empty if this node has no terminals of a bank
     *  @param patience how long a request may wait for the bank; after that it is told how the deposit stands */
    public BankGroup(Optional<Bank> bank, OpenOrders orders, Duration patience) {
        this.bank = bank;
        this.orders = orders;
        this.patience = patience;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("depositFromBankCard", this::deposit);
    }

    private ApiAnswer deposit(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.CASH_WRITE);
        Bank desk = bank.orElseThrow(() -> ProblemCode.NO_BANK.with("ask the node that has the bank's terminals"));
        AccountId account = new AccountId(CardNo.ofDigits(call.body().getString("cardNo")), AccountKind.valueOf(call.body().getString("account", "WALLET")));
        try {
            CompletableFuture<PaymentAnswer> answer = desk.deposit(call.key(), account, Money.ofFen(call.body().getLong("amountFen")), entry(call.body().getJsonObject("bankCard")));
            return switch (answer.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                case PaymentAnswer.Refused refused -> throw ProblemCode.of(refused.reason(), "order " + refused.order());
                case PaymentAnswer.Done done -> stands(done.order());
            };
        } catch (TimeoutException late) {
            return stands(OrderId.of(call.key()));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with("bankCard: " + e.getMessage());
        }
    }

    private ApiAnswer stands(OrderId order) {
        OpenOrders.View view = orders.find(order).orElseThrow(() -> ProblemCode.NOT_DONE.with("order " + order));
        return ApiAnswer.ok(new JsonObject().put("orderId", order.toString()).put("state", view.state().name()).put("amountFen", view.amounts().asked().fen())
                .put("reason", view.reason()));
    }

    private static CardEntry entry(JsonObject card) {
        CardEntry.Face face = new CardEntry.Face(Optional.ofNullable(card.getString("expiry")), Optional.ofNullable(card.getString("sequence")),
                Optional.ofNullable(card.getString("track2")));
        return new CardEntry(new Pan(card.getString("pan")), card.getString("mode", BY_STRIPE), face, List.of(), Optional.empty());
    }
}
