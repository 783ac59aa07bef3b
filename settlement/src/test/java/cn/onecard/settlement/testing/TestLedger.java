package cn.onecard.settlement.testing;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_CALENDAR;
import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.PARTY;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.PSAM;
import static cn.onecard.sql.tables.ledger.Tables.TAP_EVIDENCE;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;

import cn.onecard.settlement.clear.FeeBook;
import cn.onecard.settlement.clear.FeeRule;
import cn.onecard.settlement.clear.FeeVersion;
import cn.onecard.settlement.day.Service;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.tables.ledger.tables.records.TapJournalRecord;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.DSLContext;

/** A small city's ledger, filled as the core would fill it: two operators, a card company, a city fund, a few terminals and
 *  cards. Taps continue their card's counter and balance unless a test wants otherwise. */
public final class TestLedger {
    public static final int BUS_COMPANY = 11;
    public static final int METRO_COMPANY = 12;
    public static final int CARD_COMPANY = 21;
    public static final int CITY_FUND = 31;
    public static final int SHOP_OWNER = 41;
    public static final int HOSPITAL = 42;
    public static final int BANK = 51;
    public static final Service BUS = new Service(1, "BUS", "TRANSIT");
    public static final Service METRO = new Service(2, "METRO", "TRANSIT");
    public static final Service SHOP = new Service(10, "SHOP", "RETAIL");
    public static final Service CLINIC = new Service(30, "CLINIC", "MEDICAL");
    public static final long OPENING_BALANCE_FEN = 100_000;
    public static final int FIRST_COUNTER = 0;

    private static final long BUS_PSAM = 0x0100_0000_0001L;
    private static final long METRO_PSAM = 0x0200_0000_0001L;
    private static final int PSAMS_PER_SERVICE = 4;
    private static final LocalDate LONG_AGO = LocalDate.of(2020, 1, 1);
    private static final LocalDate FAR = LocalDate.of(2039, 12, 31);

    private final DSLContext owner;
    private final Map<Long, Long> nextSeq = new HashMap<>();
    private final Map<CardNo, Integer> counters = new HashMap<>();
    private final Map<CardNo, Long> balances = new HashMap<>();

    private TestLedger(DSLContext owner) {
        this.owner = owner;
    }

    /** Empties the database and opens the books on a date, with parties, terminals, cards and fee rules.
     *
     *  @param cards how many */
    public static TestLedger open(BusinessDate date, int cards) {
        TestDatabase.wipe();
        TestLedger ledger = new TestLedger(dsl(Account.OWNER));
        ledger.openDay(date);
        ledger.register(cards);
        new FeeBook(dsl(Account.SETTLEMENT)).store(List.of(fees(1, LONG_AGO, 70)));
        return ledger;
    }

    /** Makes taps without touching the database. */
    public static TestLedger unregistered() {
        return new TestLedger(dsl(Account.OWNER));
    }

    /** jOOQ for an account of the test database. */
    public static DSLContext dsl(Account account) {
        return Connections.of(account);
    }

    /** Rules that give the card company so many hundred-thousandths, the city fund 130 of bus takings, and the party the rest; in shops and
     *  clinics as in the metro. */
    public static FeeVersion fees(int version, LocalDate from, long companyWeight) {
        List<FeeRule> rules = new ArrayList<>(List.of(
                new FeeRule(BUS_COMPANY, BUS, CARD_COMPANY, companyWeight),
                new FeeRule(BUS_COMPANY, BUS, CITY_FUND, 130),
                new FeeRule(BUS_COMPANY, BUS, FeeRule.PARTY_ITSELF, FeeRule.WHOLE - companyWeight - 130)));
        for (Service service : List.of(METRO, SHOP, CLINIC)) {
            rules.add(new FeeRule(FeeRule.ANY_PARTY, service, CARD_COMPANY, companyWeight));
            rules.add(new FeeRule(FeeRule.ANY_PARTY, service, FeeRule.PARTY_ITSELF, FeeRule.WHOLE - companyWeight));
        }
        return new FeeVersion(version, from, rules);
    }

    public static CardNo card(int index) {
        return CardNo.ofDigits("310477" + "%014d".formatted(index));
    }

    /** A bus terminal, or a metro terminal, of the few there are. */
    public static TerminalId psam(ServiceCode service, int index) {
        return new TerminalId((service == ServiceCode.BUS ? BUS_PSAM : METRO_PSAM) + index % PSAMS_PER_SERVICE);
    }

    public DSLContext owner() {
        return owner;
    }

    /** Forgets every night, as if the day had never been closed. The journal stays. */
    public void reopen(BusinessDate date) {
        for (String table : List.of("day_run", "psam_seal", "sealed_tap", "day_card", "card_finding", "cleared_share", "net_position", "day_file",
                "payment_seal", "account_seal", "cleared_payment", "funding", "trial_balance", "payout")) {
            owner.query("DELETE FROM clearing." + table).execute();
        }
        owner.deleteFrom(BUSINESS_CALENDAR).execute();
        owner.deleteFrom(BUSINESS_DAY).execute();
        owner.deleteFrom(POSTING_SHARD).execute();
        openDay(date);
    }

    /** A tap that continues its card. Nothing is written yet. */
    public TapJournalRecord tap(BusinessDate date, CardNo card, ServiceCode service, int terminal, long amountFen) {
        TerminalId psam = psam(service, terminal);
        int counter = counters.merge(card, 1, Integer::sum) - 1 + FIRST_COUNTER;
        long balance = balances.getOrDefault(card, OPENING_BALANCE_FEN);
        balances.put(card, balance - amountFen);
        long seq = nextSeq.merge(psam.value(), 1L, Long::sum);
        TapJournalRecord row = TAP_JOURNAL.newRecord();
        row.setBusinessDate(date);
        row.setPsamNo(psam);
        row.setPsamSeq(seq);
        row.setCardNo(card);
        row.setCardCounter(counter);
        row.setAmountFen(amountFen);
        row.setFullFareFen(amountFen);
        row.setBalanceBeforeFen(balance);
        row.setEventAt(LocalDateTime.of(date.day(), LocalTime.of(7, 30)).plusSeconds(seq));
        row.setEventBcd(0x20261124073000L + seq);
        row.setReceivedAt(LocalDateTime.of(date.day(), LocalTime.of(0, 0)).plusNanos(seq * 1_000_000));
        row.setDebitAccount(2001);
        row.setCreditAccount(2101);
        row.setReasonCode(0);
        row.setPartyId(service == ServiceCode.BUS ? BUS_COMPANY : METRO_COMPANY);
        row.setServiceCode(service.code());
        row.setLineNo(1 + terminal % 3);
        row.setStationNo(terminal);
        row.setRideKind(service == ServiceCode.BUS ? 1 : 3);
        row.setTxnType(6);
        row.setCardClass(1);
        row.setCardKind(1);
        row.setKeyVersion(1);
        row.setAlgorithmByte(0);
        row.setTariffVersion(1);
        row.setTac(new Tac((int) seq));
        row.setFlags(0);
        row.setTerminalSerial(seq);
        row.setFrameDigest(new byte[16]);
        return row;
    }

    /** Makes a tap suspect. */
    public static TapJournalRecord suspect(TapJournalRecord tap, Refusal reason) {
        tap.setCreditAccount(2901);
        tap.setReasonCode(reason.code());
        return tap;
    }

    /** Puts taps into the journal, through the core's account. */
    public void post(List<TapJournalRecord> taps) {
        dsl(Account.ENGINE).batchInsert(taps).execute();
    }

    /** A random day: bus and metro, some free entries, one tap in twenty suspect, one card in thirty skipping a counter, and two
     *  frames kept as evidence.
     *
     *  @return the taps, which have been posted */
    public List<TapJournalRecord> randomDay(BusinessDate date, int cards, int taps, long seed) {
        Random random = new Random(seed);
        List<TapJournalRecord> rows = new ArrayList<>();
        for (int i = 0; i < taps; i++) {
            CardNo card = card(random.nextInt(cards));
            if (random.nextInt(30) == 0) {
                counters.merge(card, 1, Integer::sum);
            }
            ServiceCode service = random.nextBoolean() ? ServiceCode.BUS : ServiceCode.METRO;
            TapJournalRecord row = tap(date, card, service, random.nextInt(PSAMS_PER_SERVICE), random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(900));
            rows.add(random.nextInt(20) == 0 ? suspect(row, Refusal.CARD_REPORTED_LOST) : row);
        }
        post(rows);
        evidence(date, 1, 2, Refusal.TAC_WRONG);
        evidence(date, 2, 1, Refusal.KEY_CONFLICT);
        return rows;
    }

    private void evidence(BusinessDate date, long seq, int outcome, Refusal reason) {
        dsl(Account.ENGINE).insertInto(TAP_EVIDENCE)
                .set(TAP_EVIDENCE.BUSINESS_DATE, date).set(TAP_EVIDENCE.PSAM_NO, psam(ServiceCode.BUS, 0)).set(TAP_EVIDENCE.PSAM_SEQ, seq)
                .set(TAP_EVIDENCE.FRAME_DIGEST, new byte[16]).set(TAP_EVIDENCE.OUTCOME_CODE, outcome)
                .set(TAP_EVIDENCE.REASON_CODE, reason.code()).set(TAP_EVIDENCE.AMOUNT_FEN, 200L).set(TAP_EVIDENCE.GATEWAY, "depot-1")
                .set(TAP_EVIDENCE.RECEIVED_AT, LocalDateTime.of(date.day(), LocalTime.NOON)).set(TAP_EVIDENCE.FRAME, new byte[] {1, 2, 3})
                .execute();
    }

    private void openDay(BusinessDate date) {
        owner.insertInto(BUSINESS_CALENDAR).set(BUSINESS_CALENDAR.CALENDAR_ID, 1).set(BUSINESS_CALENDAR.OPEN_DATE, date).execute();
        owner.insertInto(BUSINESS_DAY).set(BUSINESS_DAY.BUSINESS_DATE, date)
                .set(BUSINESS_DAY.OPENED_AT, LocalDateTime.of(date.day(), LocalTime.MIDNIGHT)).execute();
        owner.insertInto(POSTING_SHARD).set(POSTING_SHARD.SHARD_ID, "core/1").set(POSTING_SHARD.OPEN_DATE, date).execute();
    }

    private void register(int cards) {
        party(BUS_COMPANY, "公交集团", 1);
        party(METRO_COMPANY, "Metro & Co", 1);
        party(CARD_COMPANY, "市民一卡通公司", 2);
        party(CITY_FUND, "City fund", 3);
        party(SHOP_OWNER, "Corner shop", 1);
        party(HOSPITAL, "人民医院", 1);
        party(BANK, "Bank", 1);
        for (int i = 0; i < PSAMS_PER_SERVICE; i++) {
            psamRow(psam(ServiceCode.BUS, i), BUS_COMPANY, ServiceCode.BUS);
            psamRow(psam(ServiceCode.METRO, i), METRO_COMPANY, ServiceCode.METRO);
        }
        for (int i = 0; i < cards; i++) {
            owner.insertInto(CARD).set(CARD.CARD_NO, card(i)).set(CARD.CARD_CLASS, 1).set(CARD.CARD_KIND, 1).set(CARD.ISSUER_ID, 1L)
                    .set(CARD.CITY, 0x3101).set(CARD.ALGORITHM_CODE, 1).set(CARD.KEY_SCHEME, "t-union").set(CARD.STATE_CODE, 1)
                    .set(CARD.STATE_SINCE, LONG_AGO.atStartOfDay()).set(CARD.VALID_FROM, LONG_AGO).set(CARD.VALID_TO, FAR)
                    .set(CARD.OPENING_BALANCE_FEN, OPENING_BALANCE_FEN).execute();
        }
    }

    private void party(int id, String name, int role) {
        owner.insertInto(PARTY).set(PARTY.PARTY_ID, id).set(PARTY.NAME, name).set(PARTY.ROLE_CODE, role)
                .set(PARTY.BANK_ACCOUNT, "62220000" + id).set(PARTY.BANK_CODE, "102290000002").execute();
    }

    private void psamRow(TerminalId psam, int party, ServiceCode service) {
        owner.insertInto(PSAM).set(PSAM.PSAM_NO, psam).set(PSAM.GATEWAY, "depot-1").set(PSAM.PARTY_ID, party)
                .set(PSAM.SERVICE_CODE, service.code()).set(PSAM.DISTRICT, "310101").set(PSAM.VALID_FROM, LONG_AGO)
                .set(PSAM.VALID_TO, FAR).execute();
    }

    /** One pool an account, for the whole test run. */
    private static final class Connections {
        private static final Map<Account, DSLContext> POOLS = new HashMap<>();

        static synchronized DSLContext of(Account account) {
            return POOLS.computeIfAbsent(account, a -> Database.dsl(TestDatabase.database(a).pool("test-" + a, 6)));
        }
    }
}
