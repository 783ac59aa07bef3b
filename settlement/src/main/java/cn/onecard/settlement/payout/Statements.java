package cn.onecard.settlement.payout;

import static cn.onecard.sql.tables.clearing.Tables.SEALED_TAP;

import cn.onecard.settlement.clear.Funding;
import cn.onecard.settlement.clear.Share;
import cn.onecard.settlement.clear.Takings;
import cn.onecard.settlement.clear.Takings.Source;
import cn.onecard.settlement.day.Service;
import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Payout;
import cn.onecard.settlement.net.Position;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The statements of a day: {@code statement-<party>.csv}. What a party took, by service and line (TAKEN), what it gave others
 *  (GIVEN), what others gave it (RECEIVED), what it was paid on line (PAID) and gave back (REFUNDED), what it took in for accounts
 *  (PAID_IN) and paid out of them (PAID_OUT), and the net. The lines above NET add up to it. If it owes something, or did before,
 *  three lines follow: what was carried in, what is paid, what is carried on. */
final class Statements {
    private static final String[] HEADER =
            {"business_date", "party_id", "entry", "service", "line_no", "other_party_id", "item_count", "amount_fen", "amount_yuan"};
    private static final int ACCEPTED = 0;

    private final DSLContext dsl;

    Statements(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Writes one file a party, in the order of their numbers. */
    List<WrittenFile> write(NettedDay day, Path folder) throws IOException {
        Map<PartyId, List<LineTakings>> lines = listLines(day.date());
        List<WrittenFile> files = new ArrayList<>();
        for (Position position : day.positions()) {
            if (position.isParty()) {
                PartyId party = new PartyId(position.holder());
                files.add(writeOne(day, party, position.net(), lines.getOrDefault(party, List.of()), folder));
            }
        }
        return files;
    }

    private static WrittenFile writeOne(NettedDay day, PartyId party, Money net, List<LineTakings> lines, Path folder)
            throws IOException {
        try (CsvFile file = CsvFile.create(folder.resolve("statement-" + party + ".csv"), HEADER)) {
            Statement statement = new Statement(file, day.date(), party);
            for (LineTakings line : lines) {
                statement.entry("TAKEN", line.service(), line.lineNo(), "", line.tapCount(), line.gross());
            }
            day.cleared().takings().stream().filter(takings -> takings.party().equals(party) && takings.source() != Source.TAPS).forEach(takings ->
                    statement.entry(takings.source().entry(), takings.service(), "", "", takings.count(), takings.gross()));
            for (Share share : day.cleared().shares()) {
                Takings takings = share.takings();
                if (takings.party().equals(party) && !share.beneficiary().equals(party)) {
                    statement.entry("GIVEN", takings.service(), "", share.beneficiary(), "", share.amount().negated());
                }
                if (share.beneficiary().equals(party) && !takings.party().equals(party)) {
                    statement.entry("RECEIVED", takings.service(), "", takings.party(), "", share.amount());
                }
            }
            day.cleared().fundings().stream().filter(funding -> funding.party().equals(party)).forEach(statement::funding);
            if (!statement.total.equals(net)) {
                throw new IllegalStateException("the statement of party " + party + " adds up to " + statement.total + ", not " + net);
            }
            statement.entry("NET", "", "", "", "", net);
            day.payouts().stream().filter(payout -> payout.party().equals(party) && payout.carries()).forEach(statement::payout);
            return file.complete();
        }
    }

    private Map<PartyId, List<LineTakings>> listLines(BusinessDate date) {
        Services services = Services.load(dsl);
        Map<PartyId, List<LineTakings>> lines = new TreeMap<>();
        dsl.select(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE, SEALED_TAP.LINE_NO, DSL.count(),
                        DSL.sum(SEALED_TAP.AMOUNT_FEN).cast(Long.class))
                .from(SEALED_TAP)
                .where(SEALED_TAP.BUSINESS_DATE.eq(date), SEALED_TAP.REASON_CODE.eq(ACCEPTED))
                .groupBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE, SEALED_TAP.LINE_NO)
                .orderBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE, SEALED_TAP.LINE_NO)
                .forEach(row -> lines.computeIfAbsent(new PartyId(row.value1()), party -> new ArrayList<>())
                        .add(new LineTakings(services.service(row.value2()), row.value3(), row.value4(),
                                Money.ofFen(row.value5()))));
        return lines;
    }

    /** What a party took on one line. */
    private record LineTakings(Service service, int lineNo, long tapCount, Money gross) {}

    /** A statement that is being written. */
    private static final class Statement {
        private final CsvFile file;
        private final BusinessDate date;
        private final PartyId party;

        /** Written by {@link #entry} alone. */
        private Money total = Money.ZERO;

        Statement(CsvFile file, BusinessDate date, PartyId party) {
            this.file = file;
            this.date = date;
            this.party = party;
        }

        void funding(Funding funding) {
            if (!funding.paidIn().equals(Money.ZERO)) {
                entry("PAID_IN", "", "", "", "", funding.paidIn().negated());
            }
            if (!funding.paidOut().equals(Money.ZERO)) {
                entry("PAID_OUT", "", "", "", "", funding.paidOut());
            }
        }

        void payout(Payout payout) {
            entry("CARRIED_IN", "", "", "", "", payout.carriedIn());
            entry("PAYOUT", "", "", "", "", payout.paid());
            entry("CARRIED_OUT", "", "", "", "", payout.carriedOut());
        }

        void entry(String entry, Object service, Object lineNo, Object other, Object tapCount, Money amount) {
            file.row(date, party, entry, service, lineNo, other, tapCount, amount.fen(), amount.yuan());
            total = total.plus(amount);
        }
    }
}
