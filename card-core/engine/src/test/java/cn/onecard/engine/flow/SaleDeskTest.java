package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.ledger.Tables.REGISTER_SALE;
import static cn.onecard.sql.tables.ledger.Tables.SALE_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.rail.register.Basket;
import cn.onecard.engine.rail.register.BasketFault;
import cn.onecard.engine.rail.register.BasketJudgement;
import cn.onecard.engine.rail.register.Baskets;
import cn.onecard.engine.rail.register.Means;
import cn.onecard.engine.rail.register.RefundAsk;
import cn.onecard.engine.rail.register.Sale;
import cn.onecard.engine.rail.register.SaleAnswer;
import cn.onecard.engine.rail.register.SaleRefusal;
import cn.onecard.engine.rail.register.TillUpload;
import cn.onecard.engine.rail.register.TillUpload.Gap;
import cn.onecard.sql.Account;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shop is answered, what is written down, and what moves. */
class SaleDeskTest {
    private static final long FUNDS = 10_000;
    /** Comes to 1,000 fen. */
    private static final Basket BASKET = Baskets.of(-2, Baskets.line(1, 3_000, 200), Baskets.line(2, 1_000, 502, 100));

    private TillRig rig;

    @BeforeEach
    void begin() throws Exception {
        rig = new TillRig(2, FUNDS);
    }

    @AfterEach
    void end() throws Exception {
        assertThat(rig.books().broken()).isEmpty();
        rig.close();
    }

    @Test
    void take_walletPays_movesTheMoneyAndWritesEveryLine() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, TillRig.wallet(0));
        assertThat(rig.desk().take(sale)).isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(1_000)));
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS - 1_000);
        assertThat(rig.dsl().fetchSingle(REGISTER_SALE)).satisfies(row -> {
            assertThat(row.getSaleId()).isEqualTo(sale.id().bytes());
            assertThat(List.of(row.getGrossFen(), row.getDiscountFen(), row.getNetFen(), (long) row.getRoundingFen(), row.getAmountFen()))
                    .containsExactly(1_102L, 100L, 1_002L, -2L, 1_000L);
            assertThat(row.getBusinessDate()).isEqualTo(Asking.DAY);
        });
        assertThat(rig.dsl().selectFrom(SALE_LINE).orderBy(SALE_LINE.LINE_NO).fetch(SALE_LINE.NET_FEN)).containsExactly(600L, 402L);
    }

    @Test
    void take_theSameAgain_givesTheSameAnswerAndMovesNothing() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, TillRig.wallet(0));
        SaleAnswer first = rig.desk().take(sale);
        assertThat(rig.desk().take(sale)).isEqualTo(first);
        assertThat(rig.desk().take(List.of(sale, sale))).containsExactly(first, first);
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS - 1_000);
        assertThat(rig.dsl().fetchCount(SALE_LINE)).isEqualTo(2);
    }

    @Test
    void take_otherSaleUnderTheSameKey_isAConflict() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, Means.Otherwise.CASH);
        Sale other = TillRig.sale("s", Baskets.of(0, Baskets.line(1, 1_000, 1_000)), Means.Otherwise.CASH);
        SaleAnswer conflict = new SaleAnswer.Refused(sale.id(), SaleRefusal.KEY_CONFLICT);
        assertThat(rig.desk().take(List.of(sale, other))).containsExactly(new SaleAnswer.Taken(sale.id(), Money.ofFen(1_000)), conflict);
        assertThat(rig.desk().take(other)).isEqualTo(conflict);
    }

    @Test
    void take_basketDoesNotAddUp_saysTheDifferenceAndMovesNothing() throws Exception {
        Sale right = TillRig.sale("s", BASKET, TillRig.wallet(0));
        Sale wrong = new Sale(right.call(), right.till(), BASKET, Money.ofFen(1_001), right.means(), right.soldAt());
        assertThat(rig.desk().take(wrong)).isEqualTo(new SaleAnswer.DoesNotAddUp(right.id(),
                new BasketJudgement.Refused(BasketFault.AMOUNT, Money.ofFen(1), List.of())));
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
        assertThat(rig.dsl().fetchCount(REGISTER_SALE)).isZero();
        assertThat(rig.desk().take(right)).as("put right by the till").isInstanceOf(SaleAnswer.Taken.class);
    }

    @Test
    void take_walletHasTooLittle_isNotPaidAndNotWritten() throws Exception {
        Sale sale = TillRig.sale("s", Baskets.of(0, Baskets.line(1, 1_000, FUNDS + 1)), TillRig.wallet(0));
        assertThat(rig.desk().take(sale)).isEqualTo(new SaleAnswer.NotPaid(sale.id(), PaymentRefusal.FUNDS_TOO_LOW));
        assertThat(rig.dsl().fetchCount(REGISTER_SALE)).isZero();
    }

    @Test
    void take_paidByPurseOrOtherwise_isWrittenAndMovesNothing() throws Exception {
        Means purse = new Means.Purse(new TapKey(new TerminalId(42), 7));
        List<Sale> sales = List.of(TillRig.sale("a", BASKET, purse), TillRig.sale("b", BASKET, Means.Otherwise.CASH), TillRig.sale("c", BASKET, Means.Otherwise.BANK_CARD));
        assertThat(rig.desk().take(sales)).allMatch(answer -> answer.word().equals("TAKEN"));
        assertThat(rig.dsl().selectFrom(REGISTER_SALE).orderBy(REGISTER_SALE.IDEM_KEY).fetch(REGISTER_SALE.MEANS_CODE)).containsExactly(2, 3, 4);
    }

    @Test
    void take_paidButNotWritten_isWrittenWhenItIsSentAgain() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, TillRig.wallet(0));
        rig.desk().take(sale);
        // As it is after a stop between the payment and the lines; only the owner can make it so.
        try (Connection owner = TestDatabase.database(Account.OWNER).connect(); Statement statement = owner.createStatement()) {
            statement.executeUpdate("DELETE FROM ledger.sale_line");
            statement.executeUpdate("DELETE FROM ledger.register_sale");
        }
        assertThat(rig.desk().take(sale)).isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(1_000)));
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS - 1_000);
        assertThat(rig.dsl().fetchCount(SALE_LINE)).isEqualTo(2);
    }

    @Test
    void take_sameSalesFromManyTillsAtOnce_takesEachOnce() throws Exception {
        List<Sale> sales = IntStream.range(0, 20).mapToObj(i -> TillRig.sale("s" + i, Baskets.of(0, Baskets.line(1, 1_000, 100)), TillRig.wallet(i % 2))).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<SaleAnswer>>> callers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                callers.add(threads.submit(() -> rig.desk().take(sales)));
            }
            for (Future<List<SaleAnswer>> caller : callers) {
                assertThat(caller.get()).allMatch(answer -> answer instanceof SaleAnswer.Taken);
            }
        }
        assertThat(rig.dsl().fetchCount(SALE_LINE)).isEqualTo(20);
        assertThat(rig.balanceFen(0) + rig.balanceFen(1)).isEqualTo(2 * FUNDS - 2_000);
    }

    @Test
    void attach_basketComesAfterThePayment_isTakenOnceIfItAddsUp() throws Exception {
        rig.corridor().take(Asking.pay("p", 0, 1_000)).get();
        Sale late = TillRig.sale("p", BASKET, TillRig.wallet(0));
        Sale wrong = TillRig.sale("p", Baskets.of(0, Baskets.line(1, 1_000, 999)), TillRig.wallet(0));
        assertThat(rig.desk().attach(wrong)).isEqualTo(new SaleAnswer.DoesNotAddUp(late.id(), new BasketJudgement.Refused(BasketFault.AMOUNT, Money.ofFen(1), List.of())));
        assertThat(rig.desk().attach(late)).isEqualTo(new SaleAnswer.Taken(late.id(), Money.ofFen(1_000)));
        assertThat(rig.desk().attach(late)).as("again").isEqualTo(new SaleAnswer.Taken(late.id(), Money.ofFen(1_000)));
        Sale another = TillRig.sale("p", Baskets.of(0, Baskets.line(1, 1_000, 1_000)), TillRig.wallet(0));
        assertThat(rig.desk().attach(another)).isEqualTo(new SaleAnswer.Refused(late.id(), SaleRefusal.KEY_CONFLICT));
        assertThat(rig.balanceFen(0)).as("the payment stands").isEqualTo(FUNDS - 1_000);
    }

    @Test
    void attach_orderIsNotTheirsOrNotPaid_isRefused() throws Exception {
        Sale sale = TillRig.sale("p", BASKET, TillRig.wallet(0));
        assertThat(rig.desk().attach(sale)).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.SALE_UNKNOWN));
        rig.corridor().take(Asking.pay("p", 0, FUNDS + 1)).get();
        assertThat(rig.desk().attach(sale)).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.NOT_PAID));
        assertThat(rig.desk().attach(TillRig.sale("p", BASKET, TillRig.wallet(1)))).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.SALE_UNKNOWN));
    }

    @Test
    void refund_linesAfterOneAnother_givesBackWhatWasPaidAndNoMore() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, TillRig.wallet(0));
        rig.desk().take(sale);
        assertThat(rig.desk().refund(lines("r1", sale, new RefundAsk.Part(1, 1_000)))).isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(200)));
        assertThat(rig.desk().refund(lines("r1", sale, new RefundAsk.Part(1, 1_000)))).as("again").isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(200)));
        assertThat(rig.desk().refund(lines("r1", sale, new RefundAsk.Part(1, 999)))).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.KEY_CONFLICT));
        assertThat(rig.desk().refund(lines("r2", sale, new RefundAsk.Part(1, 2_001)))).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.ABOVE_LINE));
        assertThat(rig.desk().refund(lines("r3", sale, new RefundAsk.Part(1, 2_000), new RefundAsk.Part(2, 1_000)))).as("with the rounding")
                .isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(800)));
        assertThat(rig.desk().refund(all("r4", sale))).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.NOTHING_LEFT));
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
    }

    @Test
    void refund_orderWasGivenBackElsewhere_isRefusedAndTheLinesStayTakeable() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, TillRig.wallet(0));
        rig.desk().take(sale);
        assertThat(rig.corridor().take(Change.refund(key("x"), sale.id(), Money.ofFen(900), "", Asking.NOW)).get()).isInstanceOf(PaymentAnswer.Done.class);
        assertThat(rig.desk().refund(lines("r1", sale, new RefundAsk.Part(1, 3_000)))).isEqualTo(new SaleAnswer.NotPaid(sale.id(), PaymentRefusal.ABOVE_CAPTURE));
        assertThat(rig.desk().refund(lines("r1", sale, new RefundAsk.Part(1, 3_000)))).as("again").isEqualTo(new SaleAnswer.NotPaid(sale.id(), PaymentRefusal.ABOVE_CAPTURE));
        assertThat(rig.desk().refund(new RefundAsk(key("r2"), sale.id(), List.of(), Optional.of(Money.ofFen(100)), "")))
                .isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(100)));
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
    }

    @Test
    void refund_manyAtOnce_givesBackEveryLineOnce() throws Exception {
        Basket basket = Baskets.of(0, Baskets.line(1, 10_000, 100));
        Sale sale = TillRig.sale("s", basket, TillRig.wallet(0));
        rig.desk().take(sale);
        long back = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SaleAnswer>> callers = IntStream.range(0, 15)
                    .mapToObj(i -> threads.submit(() -> rig.desk().refund(lines("r" + i, sale, new RefundAsk.Part(1, 1_000))))).toList();
            for (Future<SaleAnswer> caller : callers) {
                back += caller.get() instanceof SaleAnswer.Taken taken ? taken.amount().fen() : 0;
            }
        }
        assertThat(back).isEqualTo(1_000);
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
    }

    @Test
    void refund_ofAnotherShopOrOfNoSale_isRefused() throws Exception {
        Sale sale = TillRig.sale("s", BASKET, Means.Otherwise.CASH);
        assertThat(rig.desk().refund(all("r", sale))).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.SALE_UNKNOWN));
        rig.desk().take(sale);
        RefundAsk strange = new RefundAsk(CallKey.ofCaller("other-shop", "r"), sale.id(), List.of(), Optional.empty(), "");
        assertThat(rig.desk().refund(strange)).isEqualTo(new SaleAnswer.Refused(sale.id(), SaleRefusal.SALE_UNKNOWN));
        assertThat(rig.desk().refund(all("r", sale))).as("the till gave it back").isEqualTo(new SaleAnswer.Taken(sale.id(), Money.ofFen(1_000)));
    }

    @Test
    void upload_outOfOrderAndTwice_saysHowFarItHasComeAndWhatIsMissing() throws Exception {
        assertThat(upload(1, 3, 4, 7)).satisfies(answer -> {
            assertThat(answer.ackedThrough()).isZero();
            assertThat(answer.gaps()).containsExactly(new Gap(1, 2), new Gap(5, 6));
            assertThat(answer.records()).hasSize(3).allMatch(one -> one.answer().word().equals("TAKEN"));
        });
        assertThat(upload(1, 2, 1, 3)).satisfies(answer -> {
            assertThat(answer.ackedThrough()).isEqualTo(4);
            assertThat(answer.gaps()).containsExactly(new Gap(5, 6));
            assertThat(answer.records()).allMatch(one -> one.answer().word().equals("TAKEN"));
        });
        assertThat(upload(1, 5, 6)).satisfies(answer -> {
            assertThat(answer.ackedThrough()).isEqualTo(7);
            assertThat(answer.gaps()).isEmpty();
        });
        assertThat(upload(2, 1).ackedThrough()).as("a new epoch").isEqualTo(1);
        assertThat(rig.dsl().fetchCount(REGISTER_SALE)).isEqualTo(8);
    }

    @Test
    void upload_recordIsWrongOrItsNumberUsedBefore_isAnsweredAndTheOthersAreTaken() throws Exception {
        Sale right = TillRig.sale("a", BASKET, TillRig.wallet(0));
        Sale wrong = new Sale(key("b"), TillRig.TILL, BASKET, Money.ofFen(1), Means.Otherwise.CASH, Asking.NOW);
        Sale poor = TillRig.sale("c", Baskets.of(0, Baskets.line(1, 1_000, FUNDS + 1)), TillRig.wallet(1));
        Sale other = TillRig.sale("d", BASKET, Means.Otherwise.CASH);
        TillUpload upload = new TillUpload(TillRig.TILL, 0, List.of(new TillUpload.TillRecord(1, right), new TillUpload.TillRecord(2, wrong), new TillUpload.TillRecord(3, poor),
                new TillUpload.TillRecord(3, other)));
        assertThat(words(rig.desk().upload(upload))).containsExactly("TAKEN", "AMOUNT", "FUNDS_TOO_LOW", "KEY_CONFLICT");
        assertThat(words(rig.desk().upload(upload))).as("again").containsExactly("TAKEN", "AMOUNT", "FUNDS_TOO_LOW", "KEY_CONFLICT");
        TillUpload.Answer answer = rig.desk().upload(new TillUpload(TillRig.TILL, 0, List.of(new TillUpload.TillRecord(1, other), new TillUpload.TillRecord(4, other))));
        assertThat(words(answer)).containsExactly("KEY_CONFLICT", "TAKEN");
        assertThat(answer.ackedThrough()).isEqualTo(4);
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS - 1_000);
    }

    private TillUpload.Answer upload(long epoch, long... numbers) throws Exception {
        return rig.desk().upload(new TillUpload(TillRig.TILL, epoch, LongStream.of(numbers)
                .mapToObj(seq -> new TillUpload.TillRecord(seq, TillRig.sale("e" + epoch + "-" + seq, BASKET, Means.Otherwise.CASH))).toList()));
    }

    private static List<String> words(TillUpload.Answer answer) {
        return answer.records().stream().map(one -> one.answer().word()).toList();
    }

    private static RefundAsk lines(String key, Sale sale, RefundAsk.Part... parts) {
        return new RefundAsk(key(key), sale.id(), List.of(parts), Optional.empty(), "returned");
    }

    private static RefundAsk all(String key, Sale sale) {
        return new RefundAsk(key(key), sale.id(), List.of(), Optional.empty(), "returned");
    }

    private static CallKey key(String key) {
        return CallKey.ofCaller(Asking.SHOP, key);
    }
}
