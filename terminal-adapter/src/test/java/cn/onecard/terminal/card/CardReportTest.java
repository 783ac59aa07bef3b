package cn.onecard.terminal.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cn.onecard.terminal.sam.Psam;
import cn.onecard.terminal.sam.SamInit;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.DataChip;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualDevice;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of a card of each family, and what is said of a card that does not give it. */
class CardReportTest {
    private static final String T_UNION_FILE = "01020304FFFFFFFF02010310123456789012345620250101204012310000";
    private static final String MOHURD_FILE = "1000290000010000010100011234567890123456202501012040123103000000".substring(0, 60);
    private static final String PBOC_FILE = "0102030405060708010100001234567890123456" + "20200101" + "20301231" + "0000";
    private static final String LOG_RECORD = "0007000000000000C809010203040506" + "20250102030405";
    private static final String BALANCE = "805C000204";
    private static final EventTime NOON = new EventTime(0x2026_1125_1200_00L);

    /** Family, how it is selected, its public file as the card gives it, and what must be read of it. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        T_UNION,        A000000632010105,                   t-union,        03101234567890123456, 2025-01-01, 2040-12-31
        MOHURD,         A00000000386980701,                 mohurd,         00001234567890123456, 2025-01-01, 2040-12-31
        T_UNION,        A0000006320101055800022058100000,   lingnan,        03101234567890123456, 2025-01-01, 2040-12-31
        T_UNION,        A000000632010105215053555A484F55,   jiangsu,        03101234567890123456, 2025-01-01, 2040-12-31
        T_UNION,        A00000063201010553004755414E4758,   guangxi,        03101234567890123456, 2025-01-01, 2040-12-31
        T_UNION,        A0000006320101051320004A494C494E,   jilin,          03101234567890123456, 2025-01-01, 2040-12-31
        PBOC,           A0000000037100869807010000000000,   changan,        00001234567890123456, 2020-01-01, 2030-12-31
        PBOC,           A0000000032300869807010000000000,   hefei,          00001234567890123456, 2020-01-01, 2030-12-31
        PBOC,           4351515041592E5359533331,           chongqing,      00001234567890123456, 2020-01-01, 2030-12-31
        PBOC,           4150312E5748435443,                 wuhan,          00001234567890123456, 2020-01-01, 2030-12-31
        """)
    void read_familyByName_isRecognisedAndRead(String file, String aid, String family, String number, LocalDate from, LocalDate to) throws Exception {
        String publicFile = file.equals("MOHURD") ? MOHURD_FILE : file.equals("PBOC") ? PBOC_FILE : T_UNION_FILE;
        String length = family.equals("wuhan") ? "1C" : "1E";
        DataChip chip = new DataChip().application(aid, "6F0A8408" + "A000000632010105").answer("00B09500" + length, publicFile.substring(0, 2 * Integer.parseInt(length, 16)))
                .answer(BALANCE, "80003039").answer("00B201C417", LOG_RECORD);
        CardReport report = read(chip);
        assertThat(report.family().id()).isEqualTo(family);
        assertThat(report.publicData()).hasValueSatisfying(data -> {
            assertThat(data.cardNo()).isEqualTo(CardNo.ofDigits(number));
            assertThat(data.validFrom()).contains(from);
            assertThat(data.validTo()).contains(to);
            assertThat(data.enabled()).isTrue();
        });
        assertThat(report.balance()).as("bit 31 is no money").contains(Money.ofFen(12345));
        assertThat(report.log()).singleElement().satisfies(record -> {
            assertThat(record.counterBefore(CardFamily.LogCounter.AFTER)).isEqualTo(6);
            assertThat(record.counterBefore(CardFamily.LogCounter.BEFORE)).isEqualTo(7);
            assertThat(record.amount()).isEqualTo(Money.ofFen(200));
        });
        assertThat(report.cardClass()).isEqualTo(family.equals("mohurd") ? Optional.of(3) : Optional.empty());
        assertThat(report.unread()).extracting(CardReport.Unread::toString).contains("off-line counter: the card does not do this",
                "city and card kind: this card has no such file");
    }

    @Test
    void read_beijing_isReachedByNameAndFile() throws Exception {
        DataChip chip = new DataChip().application("A00000063201010510009156000014A1", "6F00").answer("00A4000002ADFA00", "6F00")
                .answer("00B095001E", T_UNION_FILE).answer("00B097000B", "00000156110010000001" + "02").answer("00B0960001", "05").answer(BALANCE, "000003E8");
        CardReport report = read(chip);
        assertThat(report.family().id()).isEqualTo("beijing");
        assertThat(report.city()).contains(0x1000);
        assertThat(report.cardKind()).contains(2);
        assertThat(report.cardClass()).contains(5);
    }

    @Test
    void read_beijingLegacy_hasItsNumberInTheFileUnderTheRoot() throws Exception {
        DataChip chip = new DataChip().answer("00B0840000", "1000751012345678" + "00".repeat(16) + "2015060120250531").answer("00A4000002100100", "6F00")
                .answer(BALANCE, "000003E8");
        CardReport report = read(chip);
        assertThat(report.family().id()).isEqualTo("beijing-legacy");
        assertThat(report.publicData().orElseThrow().cardNo()).isEqualTo(CardNo.ofDigits("00001000751012345678"));
        assertThat(report.publicData().orElseThrow().validTo()).contains(LocalDate.of(2025, 5, 31));
    }

    @Test
    void read_shenzhenAndYangcheng_haveNumbersOfTheirOwnKind() throws Exception {
        String shenzhen = "00".repeat(16) + "15CD5B07" + "20100101" + "20300101";
        CardReport one = read(new DataChip().named("PAY.SZT", "6F239F0C20" + shenzhen + "00000000").answer(BALANCE, "00000001"));
        assertThat(one.family().id()).isEqualTo("shenzhen");
        assertThat(one.publicData().orElseThrow().cardNo()).isEqualTo(CardNo.ofDigits("00000000000123456789"));
        String yangcheng = "00".repeat(11) + "5101234567" + "00".repeat(7) + "20100101" + "20300101";
        CardReport two = read(new DataChip().named("YCT.USER", "6F00").answer("00B095001F", yangcheng));
        assertThat(two.publicData().orElseThrow().cardNo()).isEqualTo(CardNo.ofDigits("00000000005101234567"));
        assertThat(two.unread()).extracting(CardReport.Unread::what).contains("balance");
    }

    @Test
    void read_secretsAreKept_theReportSaysSoAndTheRestIsThere() throws Exception {
        DataChip chip = new DataChip().application("A000000632010105", "6F00").refuse("00B201C417", 0x6982).answer("00B095001E", T_UNION_FILE)
                .refuse("805000020B010000000100000000000010", 0x6982).refuse(BALANCE, 0x6A81);
        CardReport report = read(chip);
        assertThat(report.publicData()).isPresent();
        assertThat(report.log()).isEmpty();
        assertThat(report.unread()).extracting(CardReport.Unread::toString).contains("transaction log: the card wants a PIN or a key for it",
                "on-line counter: the card wants a PIN or a key for it", "balance: the application is blocked");
    }

    @Test
    void read_unknownOrBlockedCard_isTyped() {
        assertThatThrownBy(() -> read(new DataChip())).asInstanceOf(type(CardRefused.class)).extracting(CardRefused::status).isEqualTo(StatusWord.NOT_FOUND);
        VirtualCard blocked = Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO);
        blocked.setBlocked(true);
        assertThatThrownBy(() -> read(blocked)).asInstanceOf(type(CardRefused.class)).extracting(CardRefused::status).isEqualTo(StatusWord.BLOCKED);
    }

    /** A card that was ridden with: counters, log, trips and the ride that is open; and reading changes nothing. */
    @ParameterizedTest
    @EnumSource
    void read_cardWithAnOpenRide_showsItAndChangesNothing(Algorithm algorithm) throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, algorithm, Money.ofFen(1000));
        card.setLoadKey(new byte[16]);
        TripRecord trip = new TripRecord(0x03, new TripRecord.Place(Chips.TERMINAL, 1, 10, 0x010203), Money.ofFen(0), Money.ofFen(1000), NOON, 0x2900, Chips.ISSUER);
        RideRecord.Leg boarding = new RideRecord.Leg(0x2900, Chips.ISSUER, 7, 10, 3, 99, Chips.TERMINAL, NOON);
        RideRecord.Leg nowhere = new RideRecord.Leg(0, 0, 0, 0, 0, 0, new TerminalId(0), new EventTime(0));
        RideRecord ride = new RideRecord(0x2702, RideRecord.State.OPEN, boarding, Money.ofFen(600), nowhere, Money.ZERO);
        composite(card, trip, ride);
        CardReport first = read(card);
        assertThat(first.purchase()).hasValueSatisfying(init -> assertThat(init.counter().value()).isEqualTo(8));
        assertThat(first.family().options().algorithms().get(first.purchase().orElseThrow().algorithm())).isEqualTo(algorithm);
        assertThat(first.onlineCounter()).contains(0);
        assertThat(first.log()).singleElement().satisfies(record -> assertThat(record.counterBefore(first.family().options().logCounter())).isEqualTo(7));
        assertThat(first.trips()).containsExactly(trip);
        assertThat(first.rides()).contains(ride).extracting(RideRecord::state).containsExactlyInAnyOrder(RideRecord.State.INITIAL, RideRecord.State.OPEN);
        assertThat(first.unread()).isEmpty();
        assertThat(card.counter()).isEqualTo(8);
        assertThat(read(card)).usingRecursiveComparison().ignoringFields("purchase").isEqualTo(first);
    }

    /** Without the debit nothing of what was cached is written. */
    @Test
    void cache_noDebitFollows_isForgotten() throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, Money.ofFen(1000));
        try (SimSlot slot = new SimSlot(card)) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            TripRecord trip = new TripRecord(0x03, new TripRecord.Place(Chips.TERMINAL, 1, 10, 3), Money.ZERO, Money.ZERO, NOON, 0x2900, 1);
            assertThatThrownBy(() -> purse.cacheTrip(trip)).as("no INIT").asInstanceOf(type(CardRefused.class)).extracting(CardRefused::status)
                    .isEqualTo(StatusWord.NO_INIT);
            purse.initForPurchase(new PurchaseTerms(Money.ZERO, 9, Chips.TERMINAL, NOON), 1);
            purse.cacheTrip(trip);
            assertThat(purse.balance()).isEqualTo(Money.ofFen(1000));
            assertThat(purse.listTrips()).isEmpty();
        }
    }

    private void composite(VirtualCard card, TripRecord trip, RideRecord ride) throws Exception {
        try (SimSlot slot = new SimSlot(card); SimSlot sam = new SimSlot(Chips.psam(Chips.TERMINAL))) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            CardReading reading = purse.read();
            Psam psam = Psam.select(sam.link());
            PurchaseTerms terms = new PurchaseTerms(Money.ZERO, 9, psam.terminal(), NOON);
            InitAnswer init = purse.initForPurchase(terms, psam.keyIndex());
            SamInit mac1 = psam.initForPurchase(terms, init, reading.family().factors().factors(Chips.CARD, Chips.ISSUER, Chips.CITY));
            purse.cacheTrip(trip);
            purse.cacheRide(0x02, ride.over(new byte[128]));
            DebitProof proof = purse.debit(mac1.psamSeq(), NOON, mac1.mac1());
            assertThat(psam.credit(proof.mac2())).isTrue();
        }
    }

    private CardReport read(VirtualDevice chip) throws Exception {
        try (SimSlot slot = new SimSlot(chip)) {
            return CardReport.read(slot.link(), CardFamily.READABLE);
        }
    }
}
