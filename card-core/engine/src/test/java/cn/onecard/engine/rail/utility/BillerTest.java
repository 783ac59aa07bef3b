package cn.onecard.engine.rail.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.file.SshKeyFile;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of asking and paying a biller, in every style and under every fault. */
class BillerTest {
    private static final BillQuery QUERY = new BillQuery("10000001", Map.of());
    private static final int PATIENT = 30_000;
    private static final int IMPATIENT = 1_000;

    @TempDir
    private Path folder = Path.of("");       // written by JUnit

    @ParameterizedTest
    @EnumSource(BillerRig.Style.class)
    void pay_billAsQuoted_isConfirmedAndCanBeTakenBack(BillerRig.Style style) throws IOException {
        try (BillerRig rig = new BillerRig(style, folder, PATIENT)) {
            Bill bill = bill(rig);
            BillPayment payment = BillPayment.of("A1", QUERY.account(), bill, bill.total());

            assertThat(rig.biller().status(payment)).isInstanceOf(BillerAnswer.NotFound.class);
            assertThat(rig.biller().pay(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.biller().status(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.book().paid()).isEqualTo(bill.total());
            assertThat(rig.biller().cancel(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.book().paid()).isEqualTo(Money.ZERO);
            assertThat(rig.biller().status(payment)).isInstanceOf(BillerAnswer.Rejected.class);
        }
    }

    @ParameterizedTest
    @EnumSource(BillerRig.Style.class)
    void pay_otherAmount_isRejected(BillerRig.Style style) throws IOException {
        try (BillerRig rig = new BillerRig(style, folder, PATIENT)) {
            Bill bill = bill(rig);

            assertThat(rig.biller().pay(BillPayment.of("A1", QUERY.account(), bill, bill.total().plus(Money.ofFen(1))))).isInstanceOf(BillerAnswer.Rejected.class);
            assertThat(rig.biller().query(new BillQuery("99999999", Map.of()))).isInstanceOf(QueryAnswer.Refused.class);
            assertThat(rig.book().paid()).isEqualTo(Money.ZERO);
        }
    }

    static Stream<Arguments> stylesAndFaults() {
        return Stream.of(BillerRig.Style.values()).flatMap(style -> Stream.of(PartnerFault.values()).map(fault -> Arguments.of(style, fault)));
    }

    /** Whatever goes wrong, a yes is a yes and a no is a no, and asking afterwards tells which. */
    @ParameterizedTest
    @MethodSource("stylesAndFaults")
    void pay_fault_neverSaysWhatIsNotTrue(BillerRig.Style style, PartnerFault fault) throws IOException {
        boolean timesOut = fault == PartnerFault.SLOW && style != BillerRig.Style.SFTP;     // there a late answer is a file that is not there yet
        try (BillerRig rig = new BillerRig(style, folder, timesOut ? IMPATIENT : PATIENT)) {
            Bill bill = timesOut ? billHoweverLong(rig) : bill(rig);
            BillPayment payment = BillPayment.of("A1", QUERY.account(), bill, bill.total());
            rig.willDo(fault);

            BillerAnswer first = rig.biller().pay(payment);
            boolean paid = rig.book().paid().equals(bill.total());
            switch (first) {
                case BillerAnswer.Confirmed _ -> assertThat(paid).isTrue();
                case BillerAnswer.Rejected _ -> assertThat(paid).isFalse();
                case BillerAnswer.NotSent _ -> assertThat(paid).isFalse();
                case BillerAnswer.NotFound _ -> assertThat(paid).isFalse();
                case BillerAnswer.Processing _ -> assertThat(List.of(style, fault)).isEqualTo(List.of(BillerRig.Style.SFTP, PartnerFault.SLOW));
                case BillerAnswer.Unknown _ -> assertThat(fault).isNotEqualTo(PartnerFault.NONE);
            }
            BillerAnswer after = rig.biller().status(payment);
            while (timesOut && after instanceof BillerAnswer.Unknown) {
                after = rig.biller().status(payment);      // the patience of this rig is short
            }
            if (first instanceof BillerAnswer.Processing) {
                assertThat(after).isInstanceOf(BillerAnswer.Processing.class);
            } else if (rig.book().paid().equals(bill.total())) {
                assertThat(after).isInstanceOf(BillerAnswer.Confirmed.class);
            } else {
                assertThat(after).isInstanceOf(BillerAnswer.NotFound.class);
            }
        }
    }

    /** A biller that answers late, garbage, twice or somebody else never makes a query say what is not so. */
    @ParameterizedTest
    @MethodSource("stylesAndFaults")
    void query_fault_isNotAnsweredOrRight(BillerRig.Style style, PartnerFault fault) throws IOException {
        try (BillerRig rig = new BillerRig(style, folder, fault == PartnerFault.SLOW ? IMPATIENT : PATIENT)) {
            List<Bill> right = List.of(fault == PartnerFault.SLOW ? billHoweverLong(rig) : bill(rig));
            rig.publish();
            rig.willDo(fault);

            if (rig.biller().query(QUERY) instanceof QueryAnswer.Bills bills) {
                assertThat(bills.bills().getFirst().total()).isEqualTo(right.getFirst().total());
                assertThat(bills.bills().getFirst().billRef()).isEqualTo(right.getFirst().billRef());
            }
        }
    }

    @Test
    void pay_nobodyThere_wasNotSent() throws IOException {
        for (BillerRig.Style style : BillerRig.Style.values()) {
            BillerRig rig = new BillerRig(style, folder.resolve(style.name()).toAbsolutePath(), PATIENT);
            Bill bill = bill(rig);
            rig.closeServer();

            assertThat(rig.biller().pay(BillPayment.of("A1", QUERY.account(), bill, bill.total()))).as(style.name())
                    .isInstanceOfAny(BillerAnswer.NotSent.class, BillerAnswer.Unknown.class);
            assertThat(rig.book().paid()).isEqualTo(Money.ZERO);
            rig.close();
        }
    }

    /** The file of a result comes late, and then it counts. */
    @Test
    void status_resultComesLater_isProcessingUntilThen() throws IOException {
        try (BillerRig rig = new BillerRig(BillerRig.Style.SFTP, folder, PATIENT, Duration.ofSeconds(1))) {
            Bill bill = bill(rig);
            BillPayment payment = BillPayment.of("A1", QUERY.account(), bill, bill.total());
            rig.willDo(PartnerFault.SLOW);

            BillerAnswer answer = rig.biller().pay(payment);
            while (answer instanceof BillerAnswer.Processing) {
                answer = rig.biller().status(payment);
            }
            assertThat(answer).isInstanceOf(BillerAnswer.Confirmed.class);
        }
    }

    /** While nobody knows whether a payment is taken back, it is not said to be done. */
    @Test
    void status_cancellationHasNoResultYet_isProcessing() throws IOException {
        try (BillerRig rig = new BillerRig(BillerRig.Style.SFTP, folder, PATIENT)) {
            Bill bill = bill(rig);
            BillPayment payment = BillPayment.of("A1", QUERY.account(), bill, bill.total());
            rig.biller().pay(payment);
            rig.willDo(PartnerFault.SLOW);

            assertThat(rig.biller().cancel(payment)).isInstanceOf(BillerAnswer.Processing.class);
            assertThat(rig.biller().status(payment)).isInstanceOf(BillerAnswer.Processing.class);
        }
    }

    /** The host may have another key, or not know ours: then nothing has left. */
    @ParameterizedTest
    @ValueSource(strings = {"theirs.ssh", "ours.ssh"})
    void pay_keyIsAnother_wasNotSent(String changed) throws IOException {
        try (BillerRig rig = new BillerRig(BillerRig.Style.SFTP, folder, PATIENT)) {
            Bill bill = bill(rig);
            Files.delete(folder.resolve(changed));
            SshKeyFile.open(folder.resolve(changed));

            try (Billers others = Billers.open(folder, Clock.systemUTC())) {
                Biller other = Objects.requireNonNull(others.byName().get("water-1"));
                assertThat(other.pay(BillPayment.of("A1", QUERY.account(), bill, bill.total()))).isInstanceOf(BillerAnswer.NotSent.class);
                assertThat(other.query(QUERY)).isInstanceOf(QueryAnswer.NotAnswered.class);
            }
            assertThat(rig.book().paid()).isEqualTo(Money.ZERO);
        }
    }

    /** An instruction that came is not sent again, nor does another one take its place. */
    @Test
    void cancel_again_saysTheSame() throws IOException {
        try (BillerRig rig = new BillerRig(BillerRig.Style.SFTP, folder, PATIENT)) {
            Bill bill = bill(rig);
            BillPayment payment = BillPayment.of("A1", QUERY.account(), bill, bill.total());
            rig.biller().pay(payment);

            assertThat(rig.biller().pay(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.book().paid()).isEqualTo(bill.total());
            assertThat(rig.biller().query(QUERY)).isNotEqualTo(new QueryAnswer.Refused("NOT_LISTED"));
            assertThat(rig.biller().cancel(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.biller().cancel(payment)).isInstanceOf(BillerAnswer.Confirmed.class);
            assertThat(rig.book().paid()).isEqualTo(Money.ZERO);
        }
    }

    /** Nothing of a line is left when it is closed, whatever it was doing. */
    @Test
    void close_afterCalls_leavesNoThread() throws IOException {
        BillerRig rig = new BillerRig(BillerRig.Style.SFTP, folder, PATIENT);
        bill(rig);
        rig.willDo(PartnerFault.DROP_AFTER);
        rig.publish();
        rig.biller().query(QUERY);
        bill(rig);
        rig.close();

        await().atMost(Duration.ofMinutes(1)).until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().startsWith("sshd-")));
    }

    @ParameterizedTest
    @EnumSource(value = BillerRig.Style.class, names = {"HTTPS_SM2", "SFTP"})
    void statement_ofToday_listsWhatWasPaid(BillerRig.Style style) throws IOException {
        try (BillerRig rig = new BillerRig(style, folder, PATIENT)) {
            Bill bill = bill(rig);
            rig.biller().pay(BillPayment.of("A1", QUERY.account(), bill, bill.total()));

            assertThat(rig.biller().statement(BillerRig.TODAY)).isInstanceOfSatisfying(StatementAnswer.Statement.class, statement -> {
                assertThat(statement.lines()).hasSize(1);
                assertThat(statement.lines().getFirst().text("orderNo")).isEqualTo("A1");
                assertThat(statement.lines().getFirst().money("amountFen")).isEqualTo(bill.total());
                byte[] file = BillFile.STATEMENT.layout().write(statement.lines());
                assertThat(rig.biller().submit(BillerRig.TODAY, file)).isEqualTo(statement);
                assertThat(rig.biller().submit(BillerRig.TODAY, BillFile.STATEMENT.layout().write(List.of()))).isInstanceOf(StatementAnswer.Missing.class);
            });
            rig.willDo(PartnerFault.WRONG_MAC);
            assertThat(rig.biller().statement(BillerRig.TODAY)).isInstanceOf(StatementAnswer.Missing.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unitFen\": 1|\"unitFen\": 0", "\"cutoff\": \"23:00\"|\"cutoff\": \"25:00\"", "Asia/Shanghai|Asia/Nowhere",
        "\"done\": [\"OK\"|\"done\": [\"25\"", "[0-9]{8}|[0-9", "EXACT|EXACTLY", "\"party\": 3101|\"party\": 0", "\"layouts\": {},|", "water-1|Water 1",
        "\"layouts\": {}|\"layouts\": {\"fax\": {\"encoding\": \"GBK\", \"separator\": \"\", \"lineEnd\": \"LF\", \"summary\": \"LAST\", \"columns\": [{\"name\": \"amountFen\", \"width\": 12, \"type\": \"FEN\"}]}}",
        "\"layouts\": {}|\"layouts\": {\"result\": {\"encoding\": \"GBK\", \"separator\": \"\", \"lineEnd\": \"LF\", \"summary\": \"LAST\", \"columns\": [{\"name\": \"amountFen\", \"width\": 12, \"type\": \"FEN\"}]}}",
        "\"biller\"|\"more\": 1, \"biller\"", "\"style\": \"8583\"|\"style\": \"FAX\""})
    void parse_descriptorThatIsNone_isRefused(String change) {
        String right = BillerRig.descriptor("""
                {"style": "8583", "host": "h", "port": 1, "components": [], "terminal": {"terminal": "t", "agent": "a", "unit": "u"}}""", 1_000);
        String[] sides = change.split("\\|", -1);

        assertThat(BillerDescriptor.parse(right).biller()).isEqualTo("water-1");
        assertThat(right).contains(sides[0]);
        assertThatThrownBy(() -> BillerDescriptor.parse(right.replace(sides[0], sides[1]))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rules_amountsAndTimes_areAsWritten() {
        Bill bill = new Bill("1", "202611", Money.ofFen(1_000), Money.ofFen(20), BillerRig.TODAY, new Bill.Quote(Instant.EPOCH.plusSeconds(5), new byte[] {1}));

        assertThat(allowed(bill, AmountRule.Kind.EXACT)).containsExactly(false, false, true, false, false);
        assertThat(allowed(bill, AmountRule.Kind.ANY_UPTO)).containsExactly(false, true, true, false, false);
        assertThat(allowed(bill, AmountRule.Kind.MULTIPLE)).containsExactly(false, true, false, false, true);
        assertThat(allowed(bill, AmountRule.Kind.MIN)).containsExactly(false, true, true, true, true);
        assertThat(bill.holdsAt(Instant.EPOCH.plusSeconds(4))).isTrue();
        assertThat(bill.holdsAt(Instant.EPOCH.plusSeconds(5))).isFalse();
        BillerDescriptor descriptor = BillerDescriptor.parse(BillerRig.descriptor("""
                {"style": "8583", "host": "h", "port": 1, "components": [], "terminal": {"terminal": "t", "agent": "a", "unit": "u"}}""", 1_000));
        Instant noon = Instant.parse("2026-11-25T04:00:00Z");
        assertThat(descriptor.canCancel(noon, Instant.parse("2026-11-25T13:59:59Z"))).isTrue();
        assertThat(descriptor.canCancel(noon, Instant.parse("2026-11-25T14:00:00Z"))).isFalse();
        assertThat(descriptor.findWrongInput(new BillQuery("123", Map.of()))).contains("户号");
        assertThat(descriptor.findWrongInput(QUERY)).isEmpty();
    }

    /** Of nothing, 500, 1020, 1021 and 1500 fen. */
    private static List<Boolean> allowed(Bill bill, AmountRule.Kind kind) {
        AmountRule rule = new AmountRule(kind, Money.ofFen(500));
        return Stream.of(0, 500, 1_020, 1_021, 1_500).map(fen -> rule.allows(bill, Money.ofFen(fen))).toList();
    }

    private static Bill bill(BillerRig rig) {
        return ((QueryAnswer.Bills) rig.biller().query(QUERY)).bills().getFirst();
    }

    /** The same for a rig of short patience, which a slow machine may try. */
    private static Bill billHoweverLong(BillerRig rig) {
        while (true) {
            if (rig.biller().query(QUERY) instanceof QueryAnswer.Bills bills) {
                return bills.bills().getFirst();
            }
        }
    }
}
