package cn.onecard.engine.rail.nhsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the insurance's interface: written and read again, cut, changed and made up. */
class NhsaMessagesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");
    private static final Institution CLINIC = new Institution("H31010100001", "第一社区医院", "310101", "counter-3");
    private static final MessageId ID = MessageId.of(CLINIC.code(), NOW, 12_345);
    private static final Input.Visit VISIT = new Input.Visit("31000000000001", "M77");
    private static final Input.Claim CLAIM = new Input.Claim(VISIT, "B1", "310", Money.ofFen(12_345), true);
    private static final Split SPLIT = new Split(Money.ofFen(8_000), Money.ofFen(2_000), Money.ofFen(345), Money.ofFen(1_900), Money.ofFen(100));
    private static final Output.Bill BILL = new Output.Bill(Optional.of("S9"), "M77", "31000000000001", SPLIT);

    static Stream<Input<?>> inputs() {
        return Stream.of(new Input.FindPerson("02", "310101199001010010"), new Input.Register("31000000000001", "310", "R5", LocalDate.of(2026, 11, 25)),
                new Input.CancelRegistration(VISIT, "R5"), new Input.Diagnose(VISIT, List.of("J06.900", "R05.x00")),
                new Input.UploadFees(VISIT, "B1", List.of(new Input.FeeLine("1", "XA001", "09", Money.ofFen(12_300)), new Input.FeeLine("2", "XA002", "03", Money.ofFen(45)))),
                new Input.DeleteFees(VISIT, "0000"), new Input.Quote(CLAIM), new Input.Settle(CLAIM, "INV1"), new Input.Revoke(VISIT, "S9"),
                new Input.Reverse(VISIT.personNo(), ID.value(), InfNo.SETTLE), new Input.FindSettlement(VISIT, "B1"),
                new Input.Reconcile(LocalDate.of(2026, 11, 25), 3, Money.ofFen(300), Money.ofFen(200), Money.ofFen(1)),
                new Input.ReconcileDetail(LocalDate.of(2026, 11, 25)));
    }

    @Test
    void inputs_everyNumberOfTheInterface_hasOne() {
        assertThat(inputs().map(Input::infNo)).containsExactlyInAnyOrder(InfNo.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void decode_whatWasEncoded_isTheSame(Input<?> input) throws MalformedJson {
        Request request = new Request(ID, CLINIC, input, NOW);

        assertThat(Request.decode(request.encode())).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void toString_ofAnInput_namesNoPatientAndNoItem(Input<?> input) {
        assertThat(input.toString()).doesNotContain("310101199001010010", "J06", "XA001", "31000000000001");
    }

    @ParameterizedTest
    @EnumSource(Mangle.class)
    void decode_mangledMessages_areRefusedOrWholeAgain(Mangle how) {
        SplittableRandom random = new SplittableRandom(how.name().hashCode());
        List<byte[]> messages = inputs().map(input -> new Request(ID, CLINIC, input, NOW).encode()).toList();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = how.mangle(messages.get(random.nextInt(messages.size())).clone(), random);
            try {
                Request read = Request.decode(bytes);
                assertThat(Request.decode(read.encode())).isEqualTo(read);
            } catch (MalformedJson e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** What a bad line makes of a message. */
    enum Mangle {
        CUT {
            @Override
            byte[] mangle(byte[] bytes, SplittableRandom random) {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
        },
        CHANGE {
            @Override
            byte[] mangle(byte[] bytes, SplittableRandom random) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                return bytes;
            }
        },
        NUMBERS {
            @Override
            byte[] mangle(byte[] bytes, SplittableRandom random) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                String[] odd = {"1e9999", "-1", "0.001", "\"\"", "null", "[]", "99999999999999999999", "\"１２\"", "true", "\"" + "9".repeat(60) + "\""};
                return text.replaceAll("(_fee_sumamt|medfee_sumamt|acct_pay|acct_used_flag|psn_no)\":\"[^\"]*\"",
                        "$1\":" + odd[random.nextInt(odd.length)]).getBytes(StandardCharsets.UTF_8);
            }
        };

        abstract byte[] mangle(byte[] bytes, SplittableRandom random);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # amount,      fen
        "12.34",       1234
        12.34,         1234
        12.3,          1230
        12,            1200
        "12.340000",   1234
        "",            0
        null,          0
        "0.01",        1
        -0.01,         -1
        "-5",          -500
        1.2E1,         1200
        """, quoteCharacter = '\'')
    void signedAmount_asProvincesWriteIt_isExact(String json, long fen) throws MalformedJson {
        assertThat(Fields.parse(("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8)).signedAmount("a")).isEqualTo(Money.ofFen(fen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0.001\"", "0.005", "1e9999", "1e-9999", "\"1e2\"", "\"1,000.00\"", "\" 1\"", "\"１\"", "[]", "{}", "true", "\"999999999999999\"", "NaN", "\"+1\"", "\".5\""})
    void signedAmount_whatIsNone_isRefused(String json) {
        assertThatThrownBy(() -> Fields.parse(("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8)).signedAmount("a")).isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void read_anyBill_hasPartsThatAddUpToTheTotal(long seed) throws MalformedJson {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Split split = new Split(any(random), any(random), any(random), any(random), any(random));
            Output.Bill bill = new Output.Bill(Optional.of("S" + i), "M77", VISIT.personNo(), split);
            Input.Claim claim = new Input.Claim(VISIT, "B1", "310", split.total(), true);

            assertThat(new Input.Settle(claim, "INV").read(Answer.decode(Answer.done(bill)).output())).isEqualTo(bill);
        }
    }

    private static Money any(SplittableRandom random) {
        return Money.ofFen(random.nextBoolean() ? 0 : random.nextLong(1_000_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt", "hifp_pay"})
    void read_anAmountThatDiffersByAFen_isRefused(String amount) {
        String text = new String(Answer.done(BILL), StandardCharsets.UTF_8).replaceAll("\"" + amount + "\":\"([0-9]+)\\.00\"", "\"" + amount + "\":\"$1.01\"")
                .replaceAll("\"" + amount + "\":\"([0-9]+)\\.45\"", "\"" + amount + "\":\"$1.46\"");

        assertThat(text).isNotEqualTo(new String(Answer.done(BILL), StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new Input.Quote(CLAIM).read(Answer.decode(text.getBytes(StandardCharsets.UTF_8)).output())).isInstanceOf(MalformedJson.class);
    }

    @Test
    void read_billOfAnotherVisitPersonOrTotal_isRefused() {
        for (Output.Bill other : List.of(new Output.Bill(Optional.of("S9"), "M78", VISIT.personNo(), SPLIT), new Output.Bill(Optional.of("S9"), "M77", "3", SPLIT),
                new Output.Bill(Optional.of("S9"), "M77", VISIT.personNo(), new Split(Money.ZERO, Money.ZERO, Money.ZERO, Money.ofFen(1), Money.ZERO)))) {
            assertThatThrownBy(() -> new Input.Settle(CLAIM, "INV1").read(Answer.decode(Answer.done(other)).output())).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void read_settledWithoutANumber_isRefused() {
        Output.Bill quote = new Output.Bill(Optional.empty(), "M77", VISIT.personNo(), SPLIT);

        assertThatThrownBy(() -> new Input.Settle(CLAIM, "INV1").read(Answer.decode(Answer.done(quote)).output())).isInstanceOf(MalformedJson.class);
    }

    static Stream<Output> outputs() {
        return Stream.of(new Output.Person("1", "王", List.of(new Output.Insurance("310", Money.ofFen(5)))), new Output.Registered("M1"), BILL,
                new Output.Found(Optional.of(BILL)), new Output.Found(Optional.empty()), new Output.Reconciled(false, "one more"), new Output.Detail(List.of(BILL)));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void decode_whatThePlatformAnswers_isTheSame(Output output) throws MalformedJson {
        Fields read = Answer.decode(Answer.done(output)).output();

        assertThat(switch (output) {
            case Output.Person ignored -> Output.Person.read(read);
            case Output.Registered ignored -> Output.Registered.read(read);
            case Output.Bill ignored -> Output.Bill.read(read);
            case Output.Found ignored -> Output.Found.read(read);
            case Output.Reconciled ignored -> Output.Reconciled.read(read);
            case Output.Detail ignored -> Output.Detail.read(read);
            case Output.Done done -> done;
            case Output.FeesTaken taken -> taken;
        }).isEqualTo(output);
    }

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void verify_answerToAnotherRequestOrChanged_isRefused(SigningKey.Scheme scheme) {
        SigningKey key = SigningKey.generate(scheme, new SecureRandom());
        LinkSignature link = new LinkSignature(key, key.check());
        byte[] message = Answer.done(BILL);
        Optional<String> signature = Optional.of(link.sign(ID, message));

        assertThat(link.verify(ID, message, signature)).isTrue();
        assertThat(link.verify(MessageId.of(CLINIC.code(), NOW, 1), message, signature)).isFalse();
        assertThat(link.verify(ID, Answer.refused("-1", ""), signature)).isFalse();
        assertThat(link.verify(ID, message, Optional.empty())).isFalse();
        assertThat(link.verify(ID, message, Optional.of("!"))).isFalse();
    }

    @Test
    void of_messageId_isInstitutionTimeInChinaAndSequence() {
        assertThat(ID.value()).isEqualTo("H31010100001202611251200002345");
    }
}
