package cn.onecard.engine.api;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.flow.CardDesk;
import cn.onecard.engine.office.ActKind;
import cn.onecard.engine.office.CardAct;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.CardChange;
import cn.onecard.engine.office.PurseClaim;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The card office: acts on cards, and how cards stand. */
public final class CardGroup implements ApiGroup {
    private static final String TITLE = "The card office says no";

    private final CardDesk desk;
    private final Function<CardNo, Optional<CardMaster>> register;

    /** The group.
     *
     *  @param register what is known of cards */
    public CardGroup(CardDesk desk, Function<CardNo, Optional<CardMaster>> register) {
        this.desk = desk;
        this.register = register;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("actOnCard", this::act, "getCard", this::get);
    }

    private ApiAnswer act(ApiCall call) {
        call.require(Scope.CARDS_WRITE);
        JsonObject body = call.body();
        CardAsk ask = new CardAsk(call.key(), CardNo.ofDigits(body.getString("cardNo")), change(body), because(body), call.receivedAt());
        return switch (desk.act(ask)) {
            case CardAnswer.Done done -> {
                JsonObject json = new JsonObject().put("act", json(done.act()));
                done.claim().ifPresent(claim -> json.put("claim", json(claim)));
                yield ApiAnswer.ok(json);
            }
            case CardAnswer.No no -> {
                int status = switch (no.reason()) {
                    case KEY_CONFLICT, CARD_STATE_FORBIDS -> 409;
                    case CARD_UNKNOWN, NEW_CARD_NOT_FRESH, NOTHING_CHANGES, FACE_ABOVE_BOOKS -> 422;
                };
                throw new Problem(status, no.reason().name(), TITLE, no.detail());
            }
        };
    }

    private static CardAsk.Because because(JsonObject body) {
        try {
            return new CardAsk.Because(body.getString("actor"), body.getString("reason"));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with(String.valueOf(e.getMessage()));
        }
    }

    private static CardChange change(JsonObject body) {
        Optional<Money> face = Optional.ofNullable(body.getLong("faceFen")).map(Money::ofFen);
        return switch (ActKind.valueOf(body.getString("act"))) {
            case ACTIVATE -> new CardChange.Activate();
            case REPORT_LOST -> new CardChange.ReportLost();
            case FOUND -> new CardChange.Found();
            case REPLACE -> new CardChange.Replace(CardNo.ofDigits(needed(body, "newCardNo")), face);
            case CLOSE -> new CardChange.Close(face);
            case RENEW -> new CardChange.Renew(date(needed(body, "validTo")));
            case LOCKED -> throw ProblemCode.NOT_AS_DOCUMENTED.with("cards are locked by terminals");
            case CHANGE_KIND -> new CardChange.ChangeKind(CardKind.valueOf(needed(body, "cardKind")));
        };
    }

    private static String needed(JsonObject body, String name) {
        return Optional.ofNullable(body.getString(name)).orElseThrow(() -> ProblemCode.NOT_AS_DOCUMENTED.with(body.getString("act") + " needs " + name));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with("validTo is no date");
        }
    }

    private ApiAnswer get(ApiCall call) {
        call.require(Scope.CARDS_READ);
        CardNo number = CardNo.ofDigits(call.body().getString("cardNo"));
        CardMaster card = register.apply(number).orElseThrow(() -> ProblemCode.of(PaymentRefusal.CARD_UNKNOWN, "card " + number.masked()));
        JsonArray acts = new JsonArray();
        desk.office().list(number).forEach(act -> acts.add(json(act)));
        JsonObject json = new JsonObject().put("card", number.masked()).put("state", card.state().name()).put("since", card.stateSince().toString())
                .put("cardKind", card.kind().name()).put("validFrom", card.validFrom().toString()).put("validTo", card.validTo().toString())
                .put("booksFen", desk.office().books(number).fen()).put("acts", acts);
        desk.office().findClaim(number).ifPresent(claim -> json.put("claim", json(claim)));
        return ApiAnswer.ok(json);
    }

    private static JsonObject json(CardAct act) {
        JsonObject json = new JsonObject().put("actId", act.id().toString()).put("act", act.kind().name()).put("from", act.course().from().name())
                .put("to", act.course().to().name()).put("changed", act.changed()).put("actor", act.course().who().actor()).put("reason", act.course().who().reason())
                .put("at", act.at().toString());
        act.newCard().ifPresent(card -> json.put("newCard", card.masked()));
        return json;
    }

    private static JsonObject json(PurseClaim claim) {
        return new JsonObject().put("heir", claim.heir().masked()).put("dueOn", claim.dueOn().toString()).put("state", claim.state().name())
                .put("amountFen", claim.amount().fen());
    }
}
