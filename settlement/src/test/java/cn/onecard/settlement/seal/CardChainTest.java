package cn.onecard.settlement.seal;

import static cn.onecard.sql.tables.clearing.Tables.DAY_CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.collect.Closing;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.sql.tables.ledger.tables.records.TapJournalRecord;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.ServiceCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the card checks find, within a day and from day to day. A tap here is written as (counter, balance before, amount). */
class CardChainTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    private static final long OPENING = TestLedger.OPENING_BALANCE_FEN;

    private final DSLContext settlement = TestLedger.dsl(Account.SETTLEMENT);
    private TestLedger ledger;

    @BeforeEach
    void openBooks() {
        ledger = TestLedger.open(DAY, 1);
    }

    @Test
    void seal_chainContinues_findsNothing() {
        post(DAY, tap(5, OPENING, 200), tap(6, OPENING - 200, 0), tap(7, OPENING - 200, 300));
        assertThat(sealed(DAY)).isEmpty();
    }

    @Test
    void seal_suspectTapInTheChain_findsNothing() {
        post(DAY, tap(5, OPENING, 200), TestLedger.suspect(tap(6, OPENING - 200, 100), Refusal.CARD_REPORTED_LOST), tap(7, OPENING - 300, 300));
        assertThat(sealed(DAY)).isEmpty();
    }

    @Test
    void seal_counterMissing_findsTheGap() {
        post(DAY, tap(5, OPENING, 200), tap(8, OPENING - 500, 100));
        assertThat(sealed(DAY)).containsExactly("8 COUNTER_GAP 6 8");
    }

    @Test
    void seal_counterTwice_findsIt() {
        post(DAY, tap(5, OPENING, 200), tap(5, OPENING, 200), tap(5, OPENING, 200));
        assertThat(sealed(DAY)).containsExactly("5 COUNTER_TWICE 6 5");
    }

    @Test
    void seal_balanceJumps_findsIt() {
        post(DAY, tap(5, OPENING, 200), tap(6, OPENING - 150, 100));
        assertThat(sealed(DAY)).containsExactly("6 BALANCE_BROKEN " + (OPENING - 200) + " " + (OPENING - 150));
    }

    @Test
    void seal_firstTapOfACardWithAnotherBalance_findsIt() {
        post(DAY, tap(0, OPENING - 1, 200));
        assertThat(sealed(DAY)).containsExactly("0 BALANCE_BROKEN " + OPENING + " " + (OPENING - 1));
    }

    @Test
    void seal_nextDayContinues_findsNothing() {
        post(DAY, tap(5, OPENING, 200));
        sealed(DAY);
        post(DAY.next(), tap(6, OPENING - 200, 100));
        assertThat(sealed(DAY.next())).isEmpty();
    }

    @Test
    void seal_cardRestsForADay_continuesFromItsLastDay() {
        post(DAY, tap(5, OPENING, 200));
        sealed(DAY);
        sealed(DAY.next());
        post(DAY.next().next(), tap(7, OPENING - 200, 100));
        assertThat(sealed(DAY.next().next())).containsExactly("7 COUNTER_GAP 6 7");
    }

    @Test
    void seal_lateTapsArriveNextDay_goBackAndTheChainGoesOn() {
        post(DAY, tap(5, OPENING, 200), tap(8, OPENING - 500, 100));
        sealed(DAY);
        post(DAY.next(), tap(6, OPENING - 200, 100), tap(7, OPENING - 300, 200), tap(9, OPENING - 600, 50));
        assertThat(sealed(DAY.next())).containsExactly("6 COUNTER_BACK 9 6");
    }

    @Test
    void seal_onlyLateTaps_cardEndsWhereItWas() {
        post(DAY, tap(5, OPENING, 200), tap(8, OPENING - 500, 100));
        sealed(DAY);
        post(DAY.next(), tap(6, OPENING - 200, 100));
        sealed(DAY.next());
        assertThat(settlement.select(DAY_CARD.LAST_COUNTER, DAY_CARD.BALANCE_AFTER_FEN).from(DAY_CARD)
                .where(DAY_CARD.BUSINESS_DATE.eq(DAY.next())).fetchSingle().intoList()).containsExactly(8, OPENING - 600);
    }

    @Test
    void seal_earlierDayNotSealed_isRefused() {
        closing().close(DAY);
        assertThatThrownBy(() -> sealed(DAY.next())).isInstanceOf(SettlementFailure.class).hasMessageContaining("2026-11-24 comes before");
    }

    private TapJournalRecord tap(int counter, long balanceBefore, long amount) {
        TapJournalRecord row = ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, amount);
        row.setCardCounter(counter);
        row.setBalanceBeforeFen(balanceBefore);
        return row;
    }

    private void post(BusinessDate date, TapJournalRecord... taps) {
        for (TapJournalRecord row : taps) {
            row.setBusinessDate(date);
        }
        ledger.post(List.of(taps));
    }

    /** Closes and seals a day, and shows what was found. */
    private List<String> sealed(BusinessDate date) {
        new Sealing(settlement, Progress.SILENT, Sealing.RANGE_ROWS).seal(closing().close(date));
        List<String> shown = new ArrayList<>();
        try (Stream<CardFinding> findings = new CardChain(settlement).listFindings(date)) {
            findings.forEach(finding -> shown.add(
                    finding.counter().value() + " " + finding.kind() + " " + finding.expected() + " " + finding.found()));
        }
        return shown;
    }

    private Closing closing() {
        return new Closing(settlement, Clock.systemUTC(), new SecureRandom(), Progress.SILENT);
    }
}
