package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.ledger.Tables.REGISTER_SALE;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.Asking;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.register.ShopTill;
import cn.onecard.engine.partner.register.TillPlan;
import cn.onecard.engine.rail.register.MalformedSale;
import cn.onecard.engine.rail.register.SaleJson;
import cn.onecard.vocabulary.PartyId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A till that goes wrong in every way gets all of its sales written down once, and is told the truth about each. */
class ShopTillTest {
    private static final SaleJson.Merchant MERCHANT = new SaleJson.Merchant("shop-7", new PartyId(7), 20);
    private static final int SALES = 800;
    private static final long FUNDS = 300_000;
    private static final int WALLETS = 2;

    private TillRig rig;

    @BeforeEach
    void begin() throws Exception {
        rig = new TillRig(WALLETS, FUNDS);
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void play_everythingGoesWrong_countsEverySaleOnce(long seed) throws Exception {
        List<String> cards = List.of(Asking.wallet(0).cardNo().digits(), Asking.wallet(1).cardNo().digits());
        TillPlan plan = new TillPlan("store-1", SALES, cards, 5,
                FaultPlan.parse("slow=15,drop-before=15,drop-after=15,garbage=15,twice=15,others=15", seed), seed);

        ShopTill.Tally tally = new ShopTill(plan, this::post).play();

        assertThat(tally.wrong()).isEmpty();
        assertThat(tally.ackedThrough()).isEqualTo(SALES);
        assertThat(tally.uploads()).isGreaterThan(SALES / 50);
        assertThat(tally.answers()).containsKeys("TAKEN", "AMOUNT", "TOTALS", "GROSS", "NET", "FUNDS_TOO_LOW");
        assertThat(tally.answers()).containsEntry("TAKEN", (long) rig.dsl().fetchCount(REGISTER_SALE));
        assertThat(sum(0)).isEqualTo(tally.takenFen());
        assertThat(sum(1)).as("what the wallets paid").isEqualTo(WALLETS * FUNDS - rig.balanceFen(0) - rig.balanceFen(1));
        assertThat(rig.books().broken()).isEmpty();
    }

    private Optional<byte[]> post(byte[] message) {
        try {
            return Optional.of(SaleJson.write(rig.desk().upload(SaleJson.readUpload(MERCHANT, message))));
        } catch (MalformedSale e) {
            return Optional.empty();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param means 0: all */
    private long sum(int means) {
        return rig.dsl().select(DSL.sum(REGISTER_SALE.AMOUNT_FEN)).from(REGISTER_SALE)
                .where(means == 0 ? DSL.trueCondition() : REGISTER_SALE.MEANS_CODE.eq(means)).fetchSingle().value1().longValueExact();
    }
}
