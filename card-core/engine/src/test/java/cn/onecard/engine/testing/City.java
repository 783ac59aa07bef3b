package cn.onecard.engine.testing;

import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/** A small city for tests: a bus and a metro terminal, a few cards, demo keys; and true taps of it. */
public final class City {
    public static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    public static final LocalDateTime NOON = DAY.day().atTime(12, 0);
    public static final KeyRing KEYS = KeyRing.demo(7);
    public static final String GATEWAY = "depot-1";
    public static final TerminalId BUS = TerminalId.ofHex("0A0000000001");
    public static final TerminalId METRO = TerminalId.ofHex("0A0000000002");
    public static final CardNo ORDINARY = CardNo.ofDigits("31040000000000000017");
    public static final CardNo SENIOR_SM4 = CardNo.ofDigits("31040000000000000025");
    public static final CardNo LOST_SINCE_NOON = CardNo.ofDigits("31040000000000000033");
    public static final CardNo TEST_CARD = CardNo.ofDigits("31040000000000000041");
    /** Made and not yet handed out. */
    public static final CardNo FRESH = CardNo.ofDigits("31040000000000000058");
    public static final long ISSUER = 0x0104_2900_FFFF_FFFFL;
    public static final int CITY_CODE = 0x2900;
    public static final int TARIFF = 3;

    private static final CardKeys TAC_KEYS = new CardKeys(KEYS, KeySchemes.standard());

    private City() {}

    /** Writes the issuing system's files. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("parties.csv"), """
                party_id,name,role,bank_account,bank_code
                1,市公交集团,OPERATOR,6222000000000000001,102100000000
                2,"地铁, 一期",OPERATOR,6222000000000000002,102100000000
                9,市民卡公司,CARD_COMPANY,6222000000000000009,102100000000
                """);
        Files.writeString(folder.resolve("lines.csv"), "service,line_no,name\nBUS,12,12路\nMETRO,1,1号线\n");
        Files.writeString(folder.resolve("tariffs.csv"), "tariff_version,valid_from,file\n3,2026-01-01,tariff-3.csv\n");
        Files.writeString(folder.resolve("tariff-3.csv"),
                "version,3\nflat,BUS,12,200\ndeclared,BUS,13,20000\nflat,METRO,*,400\nconcession,SENIOR,0\n");
        StringBuilder psams = new StringBuilder("psam_no,gateway,party_id,service,district,valid_from,valid_to,first_seq\n");
        psams.append("0A0000000001,depot-1,1,BUS,310101,2026-01-01,2026-12-31,1\n0A0000000002,depot-1,2,METRO,310101,2026-01-01,2026-12-31,1\n");
        for (int i = 0; i < 20; i++) {
            psams.append(bus(i).hex()).append(",depot-1,1,BUS,310101,2026-01-01,2026-12-31,1\n");
        }
        Files.writeString(folder.resolve("psams.csv"), psams);
        Files.writeString(folder.resolve("cards.csv"), """
                card_no,card_class,card_kind,issuer_id,city,algorithm,key_scheme,state,state_since,valid_from,valid_to,opening_balance_fen,first_counter
                31040000000000000017,1,ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,ACTIVE,2026-01-01T00:00:00,2026-01-01,2027-12-31,10000,0
                31040000000000000025,1,SENIOR,01042900FFFFFFFF,2900,SM4,t-union,ACTIVE,2026-01-01T00:00:00,2026-01-01,2027-12-31,10000,0
                31040000000000000033,1,ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,LOST,2026-11-24T12:00:00,2026-01-01,2027-12-31,10000,0
                31040000000000000041,1,TEST,01042900FFFFFFFF,2900,TDES,t-union,ACTIVE,2026-01-01T00:00:00,2026-01-01,2027-12-31,10000,0
                31040000000000000058,1,ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,ISSUED,2026-01-01T00:00:00,2026-01-01,2027-12-31,0,0
                """);
        return folder;
    }

    /** One of twenty more buses, from 0. */
    public static TerminalId bus(int number) {
        return new TerminalId(0x0B00_0000_0000L + number);
    }

    /** An ordinary ride on bus line 12 for 200 fen. */
    public static Draft busRide(long psamSeq) {
        return new Draft().at(BUS, psamSeq);
    }

    /** A metro exit for 400 fen. */
    public static Draft metroExit(long psamSeq) {
        Draft draft = new Draft().at(METRO, psamSeq).charged(400).stating(400);
        draft.party = 2;
        draft.service = 2;
        draft.line = 1;
        draft.ride = 3;
        return draft;
    }

    /** A tap in the making. The fields may be set to anything; the TAC is made true at the end. */
    public static final class Draft {
        private TerminalId terminal = BUS;
        private long seq = 1;
        public CardNo card = ORDINARY;
        public Algorithm algorithm = Algorithm.TDES;
        public int cardClass = 1;
        public int kind = 1;
        public int keyVersion = 1;
        public int algorithmByte = 1;
        public int type = 6;
        public int counter = 5;
        public long balance = 10_000;
        public EventTime time = EventTime.of(NOON.minusHours(4));
        public boolean grey;
        public boolean noTac;
        public int party = 1;
        public int service = 1;
        public int line = 12;
        public int ride = 1;
        public int tariff = TARIFF;
        public long issuer = ISSUER;
        private long amount = 200;
        private long fullFare = 200;

        public Draft at(TerminalId id, long psamSeq) {
            terminal = id;
            seq = psamSeq;
            return this;
        }

        public Draft charged(long fen) {
            amount = fen;
            return this;
        }

        public Draft stating(long fen) {
            fullFare = fen;
            return this;
        }

        public Draft on(LocalDateTime moment) {
            time = EventTime.of(moment);
            return this;
        }

        public TapFrame frame() {
            TapKey key = new TapKey(terminal, seq);
            byte[] input = PurseInput.purchaseTac(Money.ofFen(amount), type, key, time);
            Tac tac = noTac ? Tac.NONE : TAC_KEYS.findTac(new CardKeys.Origin("t-union", algorithm, keyVersion, card, ISSUER, CITY_CODE), input)
                    .map(Tac::new).orElse(new Tac(0x1234_5678));
            return new TapFrame(key, new CardFace(card, cardClass, kind, issuer, CITY_CODE, keyVersion, algorithmByte),
                    new Debit(type, Money.ofFen(amount), new CardCounter(counter), Money.ofFen(balance), time, tac, grey, false),
                    new Ride(new PartyId(party), service, line, 8, ride, Money.ofFen(fullFare), tariff), 77);
        }
    }
}
