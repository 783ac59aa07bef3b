package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.key.KeyKeeper;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.LoadableCard;
import cn.onecard.engine.testing.SoftToken;
import cn.onecard.purse.PurseInput;
import cn.onecard.purse.TacKey;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.Tac;
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.LoadTacFrame;
import cn.onecard.wire.PaymentCodec;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.OrderStanding;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.PaymentReason;
import cn.onecard.wire.proto.PaymentServiceGrpcClient;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;

import com.google.protobuf.ByteString;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One house, cards of both ciphers under two versions of keys: keys are made, cards personalised, tapped, verified and loaded, and then the
 *  older version is retired. The keys of the cards are those that the bureau's file has. */
class BothCiphersAndVersionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOAD_FEN = 5_000;
    private static final HexFormat HEX = HexFormat.of();

    /** It is the noon of the city's day, and time goes on. */
    private final Clock clock = Clock.offset(Clock.systemUTC(),
            Duration.between(Clock.systemUTC().instant(), City.NOON.toInstant(ZoneOffset.ofHours(8))));

    @TempDir
    private Path data;

    private long sequence;      // of taps and loads

    /** A card as it was personalised. */
    private record Issued(CardNo cardNo, Algorithm algorithm, int version, String dtk, String dlk) {}

    @ParameterizedTest
    @ValueSource(strings = {"file", "token"})
    void house_cardsOfBothCiphersAndTwoVersions_areIssuedTappedAndLoadedUntilTheOldOnesAreRetired(String keeper) throws Exception {
        Path city = City.write(data.resolve("city"));
        if (keeper.equals("token")) {
            SoftToken.orSkip().keepKeysOf(data.resolve("secrets"));
        }
        run("keys", "init");
        List<Issued> cards = new ArrayList<>();
        for (int version = 1; version <= 2; version++) {
            makeKeys(version);
            run("personalise");
            cards.addAll(issued(version));
        }
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        RunningCore.register(database, city);
        RunningCore core = RunningCore.start(database, "core", KeyKeeper.of(data.resolve("secrets")), clock);
        try (Gateway gateway = new Gateway(City.GATEWAY, core.grpcPort()); HikariDataSource pool = database.pool("accounts", 1)) {
            for (CardNo cardNo : List.of(City.ORDINARY, City.SENIOR_SM4)) {
                new Accounts(Database.dsl(pool)).open(List.of(new AccountId(cardNo, AccountKind.WALLET), new AccountId(cardNo, AccountKind.LOADS_IN_FLIGHT)),
                        PaymentLimits.REGISTERED, City.DAY, clock.instant());
            }
            assertThat(cards).hasSize(4).allSatisfy(card -> {
                assertThat(tap(gateway, card, card.dtk(), City.NOON)).extracting(TapAck::getOutcome).as("%s", card).containsExactly(Outcome.ACCEPTED);
                assertThat(tap(gateway, card, other(cards, card).dtk(), City.NOON)).extracting(TapAck::getOutcome).as("%s with the key of the other version", card)
                        .containsExactly(Outcome.FORGED);
                assertThat(load(gateway, card)).as("%s", card).isEqualTo(OrderStanding.ORDER_CAPTURED);
            });
            run("keys", "retire", "--version", "1", "--from", City.DAY.toString());
            Issued old = cards.getFirst();
            await().atMost(PATIENCE).until(() -> tap(gateway, old, old.dtk(), City.NOON).getFirst().getReason() == Refusal.KEY_VERSION_RETIRED.code());
            for (Issued card : cards) {
                boolean isRetired = card.version() == 1;
                assertThat(tap(gateway, card, card.dtk(), City.NOON)).extracting(TapAck::getOutcome).containsExactly(isRetired ? Outcome.SUSPECT : Outcome.ACCEPTED);
                assertThat(tap(gateway, card, card.dtk(), City.NOON.minusDays(1))).extracting(TapAck::getOutcome).as("dated before").containsExactly(Outcome.ACCEPTED);
                assertThat(tap(gateway, card, other(cards, card).dtk(), City.NOON)).extracting(TapAck::getOutcome).containsExactly(Outcome.FORGED);
                if (isRetired) {
                    assertThat(begin(gateway, card(card), card, "r" + sequence++).getRefused()).isEqualTo(PaymentReason.CARD_UNKNOWN);
                } else {
                    assertThat(load(gateway, card)).isEqualTo(OrderStanding.ORDER_CAPTURED);
                }
            }
        } finally {
            core.close();
        }
    }

    /** Purchase keys by ceremony, for they go to PSAMs as well; the others at random. */
    private void makeKeys(int version) throws IOException {
        for (Algorithm algorithm : Algorithm.values()) {
            for (String holder : List.of("li", "wang", "zhao")) {
                run("keys", "ceremony", "--usage", "PURCHASE", "--version", Integer.toString(version), "--algorithm", algorithm.name(), "--holder", holder, "--generate");
            }
        }
        run("keys", "rotate", "--to", Integer.toString(version), "--generate");
    }

    /** The ordinary card and the senior's as the bureau's file has them. */
    private List<Issued> issued(int version) throws IOException {
        List<Issued> cards = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("secrets/perso/cards.csv")).subList(1, 3)) {
            String[] f = line.split(",", -1);
            assertThat(f[3]).isEqualTo(Integer.toString(version));
            CardNo cardNo = CardNo.ofDigits(f[0]);
            cards.add(new Issued(cardNo, cardNo.equals(City.ORDINARY) ? Algorithm.TDES : Algorithm.SM4, version, f[2], f[4]));
        }
        return cards;
    }

    private static Issued other(List<Issued> cards, Issued card) {
        return cards.stream().filter(one -> one.cardNo().equals(card.cardNo()) && one.version() != card.version()).findAny().orElseThrow();
    }

    private List<TapAck> tap(Gateway gateway, Issued card, String dtk, LocalDateTime when) throws Exception {
        City.Draft draft = City.busRide(++sequence).on(when);
        draft.card = card.cardNo();
        draft.keyVersion = card.version();
        draft.algorithm = card.algorithm();
        if (card.algorithm() == Algorithm.SM4) {
            draft.kind = 3;
            draft.algorithmByte = 2;
            draft.type = 9;
            draft.charged(0);
        }
        TapFrame frame = draft.frame();
        byte[] input = PurseInput.purchaseTac(frame.debit().amount(), frame.debit().type(), frame.key(), frame.debit().eventTime());
        int tac = TacKey.of(card.algorithm(), HEX.parseHex(dtk)).tac(input);
        Tap tap = TapCodec.toProto(frame).toBuilder().setTac(ByteString.copyFrom(ByteBuffer.allocate(Integer.BYTES).putInt(tac).array())).build();
        return gateway.submitTaps(List.of(tap));
    }

    private static LoadableCard card(Issued card) {
        return new LoadableCard(new LoadableCard.Keys(card.algorithm(), card.version(), HEX.parseHex(card.dlk()), HEX.parseHex(card.dtk())), Money.ofFen(10_000), 3);
    }

    private OrderStanding load(Gateway gateway, Issued issued) {
        LoadableCard card = card(issued);
        String key = "l" + sequence++;
        LoadAnswer answer = begin(gateway, card, issued, key);
        assertThat(answer.hasGo()).as("%s: %s", issued, answer).isTrue();
        Tac tac = card.credit(new EventTime(answer.getGo().getHostTimeBcd()), answer.getGo().getMac2()).orElseThrow();
        return gateway.ask(PaymentServiceGrpcClient.ConfirmLoad, PaymentCodec.toProto(new LoadTacFrame("t" + key, key, tac))).ok().getDone().getStanding();
    }

    private static LoadAnswer begin(Gateway gateway, LoadableCard card, Issued issued, String key) {
        LoadableCard.Init init = card.init(Money.ofFen(LOAD_FEN), City.BUS);
        LoadFrame frame = new LoadFrame(key, City.BUS, issued.cardNo(), LoadFrame.Source.CASH, Money.ofFen(LOAD_FEN),
                new LoadFrame.CardInit(init.init().oldBalance(), init.init().onlineCounter(), init.init().keyVersion(), 1, init.init().random()), init.mac1());
        return gateway.ask(PaymentServiceGrpcClient.BeginLoad, PaymentCodec.toProto(frame)).ok();
    }

    private void run(String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("--data", data.toString()));
        assertThat(Main.run(whole.toArray(String[]::new))).as("%s", whole).isZero();
    }
}
