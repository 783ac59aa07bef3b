package cn.onecard.sql;

import cn.onecard.sql.tables.ledger.tables.records.TapJournalRecord;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDateTime;

/** Rows of the journal for tests: a bus ride of 2 yuan. */
final class JournalRows {
    private JournalRows() {}

    static TapJournalRecord tap(BusinessDate date, long psamNo, long psamSeq) {
        TapJournalRecord tap = new TapJournalRecord();
        tap.setBusinessDate(date);
        tap.setPsamNo(new TerminalId(psamNo));
        tap.setPsamSeq(psamSeq);
        tap.setCardNo(CardNo.ofDigits("31040000000000000017"));
        tap.setCardCounter(65_535);
        tap.setAmountFen(200L);
        tap.setFullFareFen(200L);
        tap.setBalanceBeforeFen(5_000L);
        tap.setEventAt(LocalDateTime.of(2026, 11, 24, 8, 15));
        tap.setEventBcd(0x20261124081500L);
        tap.setReceivedAt(LocalDateTime.of(2026, 11, 24, 0, 15, 0, 7_000_000));
        tap.setDebitAccount(2001);
        tap.setCreditAccount(2101);
        tap.setReasonCode(0);
        tap.setPartyId(1);
        tap.setServiceCode(1);
        tap.setLineNo(7);
        tap.setStationNo(3);
        tap.setRideKind(1);
        tap.setTxnType(6);
        tap.setCardClass(1);
        tap.setCardKind(1);
        tap.setKeyVersion(1);
        tap.setAlgorithmByte(0);
        tap.setTariffVersion(1);
        tap.setTac(new Tac(0x0102_0304));
        tap.setFlags(0);
        tap.setTerminalSerial(psamSeq);
        tap.setFrameDigest(new byte[16]);
        return tap;
    }
}
