package cn.onecard.engine.api;

import cn.onecard.engine.flow.SaleDesk;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.register.MalformedSale;
import cn.onecard.engine.rail.register.RefundAsk;
import cn.onecard.engine.rail.register.SaleAnswer;
import cn.onecard.engine.rail.register.SaleJson;
import cn.onecard.engine.rail.register.SaleRefusal;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Sales of shops' tills (云MIS): reported with their lines, paid where that is for us to do, uploaded later, and given back. The
 *  till's number of a sale is its key. */
public final class SaleGroup implements ApiGroup {
    private static final String TITLE = "The sale is not taken";

    private final SaleDesk desk;

    public SaleGroup(SaleDesk desk) {
        this.desk = desk;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("reportSale", this::report, "uploadSales", this::upload, "refundSale", this::refund);
    }

    private ApiAnswer report(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.SALES_WRITE);
        try {
            return answer(desk.take(SaleJson.readSale(merchant(call), message(call))));
        } catch (MalformedSale e) {
            throw malformed(e);
        }
    }

    private ApiAnswer upload(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.SALES_WRITE);
        try {
            byte[] answer = SaleJson.write(desk.upload(SaleJson.readUpload(merchant(call), message(call))));
            return ApiAnswer.ok(new JsonObject(new String(answer, StandardCharsets.UTF_8)));
        } catch (MalformedSale e) {
            throw malformed(e);
        }
    }

    private ApiAnswer refund(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.SALES_WRITE);
        List<RefundAsk.Part> parts = new ArrayList<>();
        for (Object line : call.body().getJsonArray("lines", new JsonArray())) {
            JsonObject one = (JsonObject) line;
            parts.add(new RefundAsk.Part(one.getInteger("lineNo"), one.getLong("qtyMilli")));
        }
        try {
            return answer(desk.refund(new RefundAsk(call.key(), OrderId.parse(call.inPath("orderId")), parts,
                    Optional.ofNullable(call.body().getLong("amountFen")).map(Money::ofFen), call.body().getString("reason", ""))));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with(String.valueOf(e.getMessage()));
        }
    }

    private static SaleJson.Merchant merchant(ApiCall call) {
        return new SaleJson.Merchant(call.caller().name(), call.caller().party(), call.body().getInteger("serviceCode"));
    }

    /** The till's message without what is ours. */
    private static byte[] message(ApiCall call) {
        JsonObject message = call.body().copy();
        message.remove("serviceCode");
        return message.encode().getBytes(StandardCharsets.UTF_8);
    }

    private static ApiAnswer answer(SaleAnswer answer) {
        return switch (answer) {
            case SaleAnswer.Taken taken -> ApiAnswer.ok(new JsonObject().put("orderId", taken.sale().toString()).put("amountFen", taken.amount().fen()));
            case SaleAnswer.NotPaid notPaid -> throw ProblemCode.of(notPaid.reason(), "order " + notPaid.sale());
            case SaleAnswer.DoesNotAddUp wrong -> throw new Problem(422, "BASKET_" + wrong.why().fault().name(), TITLE,
                    "difference " + wrong.why().difference().fen() + " fen, lines " + wrong.why().lines());
            case SaleAnswer.Refused refused -> {
                int status = refused.reason() == SaleRefusal.SALE_UNKNOWN ? 404 : 409;
                throw new Problem(status, refused.reason().name(), TITLE, "sale " + refused.sale());
            }
        };
    }

    private static Problem malformed(MalformedSale e) {
        return ProblemCode.NOT_AS_DOCUMENTED.with(String.valueOf(e.getMessage()));
    }
}
