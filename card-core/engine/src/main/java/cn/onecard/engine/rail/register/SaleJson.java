package cn.onecard.engine.rail.register;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.rail.register.SaleLine.Amounts;
import cn.onecard.engine.rail.register.SaleLine.Article;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages of tills in JSON.
 *
 *  <pre>
 *  upload  { storeId, registerId, epoch, records [ { seq, sale } ] }
 *  sale    { orderNo, soldAt, amountFen, currency "CNY", paidBy, basket }
 *  paidBy  { means "WALLET", cardNo } | { means "PURSE", samId, samSeq } | { means "CASH" | "BANK_CARD" | "OTHER_CODE" }
 *  basket  { lines [ line ], totals { grossFen, discountFen, netFen, taxFen? }, roundingFen }
 *  line    { lineNo, sku, ean?, name, qtyMilli, unit, unitPriceFen, grossFen, discountFen, netFen, taxFen?, codeSystem, categoryCode }
 *
 *  answer  { epoch, ackedThrough, gaps [ { from, to } ], records [ { seq, orderId, result, amountFen? | differenceFen?, lines? } ] }
 *  </pre>
 *
 *  The order number is the key by which a sale is known again. */
public final class SaleJson {
    private static final ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private SaleJson() {}

    /** Whose tills send: what the caller's credentials say, never the till.
     *
     *  @param caller name of the caller
     *  @param serviceCode for what the caller says that it sells */
    public record Merchant(String caller, PartyId party, int serviceCode) {}

    /** Reads an upload.
     *
     *  @throws MalformedSale if it is none; nothing of it is taken then */
    public static TillUpload readUpload(Merchant merchant, byte[] message) throws MalformedSale {
        JsonPart upload = JsonPart.of("", tree(message));
        try {
            Sale.Till till = new Sale.Till(merchant.party(), merchant.serviceCode(), upload.text("storeId"), upload.text("registerId"));
            List<TillUpload.TillRecord> records = new ArrayList<>();
            for (JsonPart one : upload.parts("records")) {
                records.add(new TillUpload.TillRecord(one.number("seq"), sale(merchant, till, one.part("sale"))));
                one.end();
            }
            TillUpload read = new TillUpload(till, upload.number("epoch"), records);
            upload.end();
            return read;
        } catch (IllegalArgumentException e) {
            throw new MalformedSale(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads one sale: {@code { storeId, registerId, sale }}.
     *
     *  @throws MalformedSale if it is none */
    public static Sale readSale(Merchant merchant, byte[] message) throws MalformedSale {
        JsonPart part = JsonPart.of("", tree(message));
        try {
            Sale.Till till = new Sale.Till(merchant.party(), merchant.serviceCode(), part.text("storeId"), part.text("registerId"));
            Sale read = sale(merchant, till, part.part("sale"));
            part.end();
            return read;
        } catch (IllegalArgumentException e) {
            throw new MalformedSale(String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes what came of an upload. */
    public static byte[] write(TillUpload.Answer answer) {
        ObjectNode node = JSON.createObjectNode().put("epoch", answer.epoch()).put("ackedThrough", answer.ackedThrough());
        ArrayNode gaps = node.putArray("gaps");
        answer.gaps().forEach(gap -> gaps.addObject().put("from", gap.from()).put("to", gap.to()));
        ArrayNode records = node.putArray("records");
        for (TillUpload.RecordAnswer one : answer.records()) {
            ObjectNode record = records.addObject().put("seq", one.seq()).put("orderId", one.answer().sale().toString()).put("result", one.answer().word());
            switch (one.answer()) {
                case SaleAnswer.Taken taken -> record.put("amountFen", taken.amount().fen());
                case SaleAnswer.DoesNotAddUp wrong -> {
                    record.put("differenceFen", wrong.why().difference().fen());
                    wrong.why().lines().forEach(record.putArray("lines")::add);
                }
                case SaleAnswer.NotPaid notPaid -> { }
                case SaleAnswer.Refused refused -> { }
            }
        }
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static JsonNode tree(byte[] message) throws MalformedSale {
        try {
            return JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw new MalformedSale("this is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedSale("this is no text in UTF-8", e);
        }
    }

    private static Sale sale(Merchant merchant, Sale.Till till, JsonPart sale) throws MalformedSale {
        if (!sale.text("currency").equals("CNY")) {
            throw new MalformedSale(sale.path() + "/currency is not CNY");
        }
        CallKey call = CallKey.ofCaller(merchant.caller(), sale.text("orderNo"));
        Sale read = new Sale(call, till, basket(sale.part("basket")), Money.ofFen(sale.number("amountFen")), means(sale.part("paidBy")), sale.instant("soldAt"));
        sale.end();
        return read;
    }

    private static Means means(JsonPart paidBy) throws MalformedSale {
        Means means = switch (paidBy.text("means")) {
            case "WALLET" -> new Means.OnLine(new AccountId(CardNo.ofDigits(paidBy.text("cardNo")), AccountKind.WALLET));
            case "PURSE" -> new Means.Purse(new TapKey(TerminalId.ofHex(paidBy.text("samId")), paidBy.number("samSeq")));
            case "CASH" -> Means.Otherwise.CASH;
            case "BANK_CARD" -> Means.Otherwise.BANK_CARD;
            case "OTHER_CODE" -> Means.Otherwise.OTHER_CODE;
            default -> throw new MalformedSale(paidBy.path() + "/means is none");
        };
        paidBy.end();
        return means;
    }

    private static Basket basket(JsonPart basket) throws MalformedSale {
        List<SaleLine> lines = new ArrayList<>();
        for (JsonPart line : basket.parts("lines")) {
            lines.add(line(line));
        }
        JsonPart totals = basket.part("totals");
        Basket read = new Basket(lines, amounts(totals), findFen(totals, "taxFen"), Money.ofFen(basket.number("roundingFen")));
        totals.end();
        basket.end();
        return read;
    }

    private static SaleLine line(JsonPart line) throws MalformedSale {
        Category category = new Category(line.text("codeSystem"), line.text("categoryCode"));
        Article article = new Article(line.text("sku"), line.findText("ean"), line.text("name"), line.text("unit"), category);
        SaleLine read = new SaleLine(line.smallNumber("lineNo"), article, line.number("qtyMilli"), Money.ofFen(line.number("unitPriceFen")), amounts(line),
                findFen(line, "taxFen"));
        line.end();
        return read;
    }

    private static Amounts amounts(JsonPart part) throws MalformedSale {
        return new Amounts(Money.ofFen(part.number("grossFen")), Money.ofFen(part.number("discountFen")), Money.ofFen(part.number("netFen")));
    }

    private static Optional<Money> findFen(JsonPart part, String name) throws MalformedSale {
        return part.has(name) ? Optional.of(Money.ofFen(part.number(name))) : Optional.empty();
    }
}
