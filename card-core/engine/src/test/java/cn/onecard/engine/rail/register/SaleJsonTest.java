package cn.onecard.engine.rail.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message of a till must look like. */
class SaleJsonTest {
    private static final SaleJson.Merchant MERCHANT = new SaleJson.Merchant("shop", new PartyId(7), 20);
    private static final String UPLOAD = """
            {"storeId": "s-1", "registerId": "t-1", "epoch": 3, "records": [{"seq": 9, "sale": {
              "orderNo": "A-1", "soldAt": "2026-11-25T04:00:00Z", "amountFen": 1290, "currency": "CNY",
              "paidBy": {"means": "WALLET", "cardNo": "31040000000000000001"},
              "basket": {"roundingFen": 0, "totals": {"grossFen": 1390, "discountFen": 100, "netFen": 1290, "taxFen": 148},
                "lines": [{"lineNo": 1, "sku": "10004", "ean": "6901234567892", "name": "牛奶", "qtyMilli": 1000, "unit": "piece", "unitPriceFen": 1390,
                  "grossFen": 1390, "discountFen": 100, "netFen": 1290, "taxFen": 148, "codeSystem": "COICOP-2018", "categoryCode": "01.1.4.1"}]}}}]}""";

    @Test
    void readUpload_asItShouldBe_isReadWhole() throws Exception {
        TillUpload upload = SaleJson.readUpload(MERCHANT, bytes(UPLOAD));
        assertThat(upload.till()).isEqualTo(new Sale.Till(new PartyId(7), 20, "s-1", "t-1"));
        assertThat(upload.epoch()).isEqualTo(3);
        Sale sale = upload.records().getFirst().sale();
        assertThat(sale.call().caller()).as("from the credentials").isEqualTo("shop");
        assertThat(sale.basket().tax()).isEqualTo(Optional.of(Money.ofFen(148)));
        assertThat(BasketCheck.judge(sale.basket(), sale.amount())).isInstanceOf(CheckedBasket.class);
        assertThat(sale.toString()).doesNotContain("31040000000000000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "seq": 9                | "seq": 0             | running numbers begin with 1, not 0
            "seq": 9                | "seq": "9"           | records/0/seq is no whole number
            "epoch": 3              | "epoch": -1          | an upload has an epoch of 0 or more and at most 500 records
            "epoch": 3              | "epoch": 3, "x": 1   | has a field that is none: x
            "amountFen": 1290       | "amountFen": 12.9    | records/0/sale/amountFen is no whole number
            "amountFen": 1290       | "amountFen": 1e3     | records/0/sale/amountFen is no whole number
            "amountFen": 1290,      |                      | records/0/sale/amountFen is missing
            "currency": "CNY"       | "currency": "USD"    | records/0/sale/currency is not CNY
            "soldAt": "2026-11-25T04:00:00Z" | "soldAt": "yesterday" | records/0/sale/soldAt is no moment like 2026-11-25T04:00:00Z
            "means": "WALLET"       | "means": "SHELLS"    | records/0/sale/paidBy/means is none
            "lineNo": 1             | "lineNo": 1, "lineNo": 2 | this is no JSON
            "lineNo": 1             | "lineNo": 4294967296 | records/0/sale/basket/lines/0/lineNo is too large
            "orderNo": "A-1"        | "orderNo": ""        | an idempotency key has 1 to 64 visible ASCII characters
            "storeId": "s-1"        | "storeId": "s 1"     | shops and tills have numbers of 1 to 32 visible ASCII characters
            }}}]}                   | }}}]} {}             | this is no JSON
            """)
    void readUpload_somethingIsWrong_saysWhere(String right, String wrong, String message) {
        String spoilt = UPLOAD.replace(right, wrong == null ? "" : wrong);
        assertThat(spoilt).isNotEqualTo(UPLOAD);
        assertThatThrownBy(() -> SaleJson.readUpload(MERCHANT, bytes(spoilt))).isInstanceOf(MalformedSale.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readUpload_bytesAreSpoilt_isReadOrRefusedAndNeverCrashes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = bytes(UPLOAD);
            for (int spoilt = 0; spoilt <= random.nextInt(3); spoilt++) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            try {
                TillUpload upload = SaleJson.readUpload(MERCHANT, message);
                upload.records().forEach(one -> assertThat(BasketCheck.judge(one.sale().basket(), one.sale().amount())).isNotNull());
            } catch (MalformedSale expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
