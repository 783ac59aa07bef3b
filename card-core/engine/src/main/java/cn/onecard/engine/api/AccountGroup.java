package cn.onecard.engine.api;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Predicate;

/** Accounts: opened, and how they stand. The card is named in the body and never in the address, which others log. */
public final class AccountGroup implements ApiGroup {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int LISTED = 1_000;

    private final Accounts accounts;
    private final Predicate<CardNo> registered;

    /** The group.
     *
     *  @param registered whether the issuing system knows a card */
    public AccountGroup(Accounts accounts, Predicate<CardNo> registered) {
        this.accounts = accounts;
        this.registered = registered;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("openAccount", this::open, "getBalance", this::balance, "getStatement", this::statement);
    }

    private ApiAnswer open(ApiCall call) {
        call.require(Scope.ACCOUNTS_WRITE);
        AccountId account = account(call.body());
        if (!registered.test(account.cardNo())) {
            throw ProblemCode.of(PaymentRefusal.CARD_UNKNOWN, "card " + account.cardNo().masked());
        }
        int limitClass = call.body().getBoolean("ownerKnown") ? PaymentLimits.REGISTERED : PaymentLimits.ANONYMOUS;
        accounts.open(account, limitClass, new BusinessDate(LocalDate.ofInstant(call.receivedAt(), CHINA)), call.receivedAt());
        return ApiAnswer.ok(json(find(account)));
    }

    private ApiAnswer balance(ApiCall call) {
        call.require(Scope.ACCOUNTS_READ);
        AccountId account = account(call.body());
        Accounts.Balance now = find(account);
        String at = call.body().getString("at");
        return ApiAnswer.ok(json(at == null ? now : accounts.balanceAt(account, instant("at", at))));
    }

    private ApiAnswer statement(ApiCall call) {
        call.require(Scope.ACCOUNTS_READ);
        AccountId account = account(call.body());
        find(account);
        long after = call.body().getLong("afterEntry", 0L);
        JsonArray lines = new JsonArray();
        accounts.statement(account, after, LISTED).forEach(line -> lines.add(json(line)));
        return ApiAnswer.ok(new JsonObject().put("entries", lines));
    }

    private Accounts.Balance find(AccountId account) {
        return accounts.findBalance(account)
                .orElseThrow(() -> ProblemCode.of(PaymentRefusal.ACCOUNT_UNKNOWN, account.kind() + " of card " + account.cardNo().masked()));
    }

    private static JsonObject json(Accounts.Balance balance) {
        return new JsonObject().put("card", balance.account().cardNo().masked()).put("kind", balance.account().kind().name())
                .put("balanceFen", balance.balance().fen()).put("heldFen", balance.held().fen()).put("availableFen", balance.available().fen())
                .put("entryNo", balance.entryNo());
    }

    private static JsonObject json(Accounts.Line line) {
        return new JsonObject().put("entryNo", line.entryNo()).put("businessDate", line.date().toString()).put("at", line.at().toString())
                .put("orderId", line.order().toString()).put("amountFen", line.amount().fen()).put("heldChangeFen", line.heldChange().fen())
                .put("balanceFen", line.balanceAfter().fen()).put("heldFen", line.heldAfter().fen());
    }

    private static AccountId account(JsonObject body) {
        return new AccountId(CardNo.ofDigits(body.getString("cardNo")), AccountKind.valueOf(body.getString("kind")));
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with(name + " is no moment in UTC");
        }
    }
}
