package cn.onecard.settlement.payout;

import cn.onecard.settlement.clear.LedgerAccount;
import cn.onecard.settlement.clear.Takings;
import cn.onecard.settlement.clear.Takings.Source;
import cn.onecard.settlement.net.NettedDay;
import java.io.IOException;
import java.nio.file.Path;

/** The two lists of a day that are about the whole city: {@code payments.csv}, what was paid on line and given back by domain, service,
 *  party and version of the fee rules; and {@code trial-balance.csv}, every account of the chart. */
final class DayLists {
    private DayLists() {}

    static WrittenFile payments(NettedDay day, Path folder) throws IOException {
        try (CsvFile file = CsvFile.create(folder.resolve("payments.csv"), "business_date", "entry", "domain", "service", "party_id", "fee_version",
                "item_count", "amount_fen", "amount_yuan")) {
            for (Takings takings : day.cleared().takings()) {
                if (takings.source() != Source.TAPS) {
                    file.row(day.date(), takings.source().entry(), takings.service().domain(), takings.service(), takings.party(), takings.feeVersion(),
                            takings.count(), takings.gross().fen(), takings.gross().yuan());
                }
            }
            return file.complete();
        }
    }

    static WrittenFile trialBalance(NettedDay day, Path folder) throws IOException {
        try (CsvFile file = CsvFile.create(folder.resolve("trial-balance.csv"), "business_date", "account_no", "name", "debit_fen", "credit_fen",
                "balance_fen")) {
            for (LedgerAccount account : day.cleared().trialBalance().accounts()) {
                file.row(day.date(), account.number(), account.name(), account.debitFen(), account.creditFen(), account.balanceFen());
            }
            return file.complete();
        }
    }
}
