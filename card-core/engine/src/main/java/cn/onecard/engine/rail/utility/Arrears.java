package cn.onecard.engine.rail.utility;

import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.engine.rail.bill.Row;
import cn.onecard.engine.rail.file.SftpLine;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What everybody owes a biller, as it published it for a day. Immutable; what of the file is not asked for is not kept. */
final class Arrears {
    private final Version version;
    private final Map<String, QueryAnswer.Bills> byAccount;

    private Arrears(Version version, Map<String, QueryAnswer.Bills> byAccount) {
        this.version = version;
        this.byAccount = byAccount;
    }

    /** Which file it was. */
    record Version(String path, SftpLine.Stamp stamp) {}

    /** The arrears of a file.
     *
     *  @throws MalformedFile if it is none
     *  @throws IllegalArgumentException if a bill is none */
    static Arrears read(Version version, byte[] file, BillerDescriptor descriptor) {
        Map<String, QueryAnswer.Customer> customers = new HashMap<>();
        Map<String, List<Bill>> bills = new HashMap<>();
        descriptor.layout(BillFile.ARREARS).read(file, row -> {
            customers.putIfAbsent(row.text("account"), new QueryAnswer.Customer(row.find("name").orElse(""), row.find("address").orElse("")));
            bills.computeIfAbsent(row.text("account"), _ -> new ArrayList<>(1)).add(bill(row, descriptor.day()));
        });
        Map<String, QueryAnswer.Bills> byAccount = HashMap.newHashMap(bills.size());
        customers.forEach((account, customer) -> byAccount.put(account, new QueryAnswer.Bills(customer,
                bills.getOrDefault(account, List.of()).stream().sorted(Comparator.comparing(Bill::due)).toList())));
        return new Arrears(version, byAccount);
    }

    private static Bill bill(Row row, BillerDescriptor.Day day) {
        return new Bill(row.text("billRef"), row.find("period").orElse(""), row.money(ColumnLayout.AMOUNT),
                row.find("lateFeeFen").map(fen -> Money.ofFen(Long.parseLong(fen))).orElse(Money.ZERO), row.day("due"),
                new Bill.Quote(day.midnightAfter(row.day("validTo")), row.find("echo").orElse("").getBytes(StandardCharsets.UTF_8)));
    }

    Version version() {
        return version;
    }

    /** What an account owes. The file does not tell one that owes nothing from one that does not exist. */
    QueryAnswer of(String account) {
        QueryAnswer.Bills bills = byAccount.get(account);
        return bills == null ? new QueryAnswer.Refused("NOT_LISTED") : bills;
    }
}
