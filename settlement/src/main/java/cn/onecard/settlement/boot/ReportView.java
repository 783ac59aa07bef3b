package cn.onecard.settlement.boot;

import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.settlement.clear.LedgerAccount;
import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.flow.NightReport;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Position;
import cn.onecard.settlement.payout.PayoutFile;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** What a night came to, for people and for programs. */
final class ReportView {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final NightReport report;
    private final NettedDay netted;
    private final SealedDay sealed;
    private final Parties parties;

    ReportView(NightReport report, DSLContext dsl) {
        this.report = report;
        this.netted = report.published().netted();
        ClearedDay cleared = netted.cleared();
        this.sealed = cleared.sealed();
        this.parties = Parties.load(dsl);
    }

    /** The report as JSON. */
    String json() throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("date", netted.date().toString());
        fields.put("taps", sealed.tapCount());
        fields.put("acceptedFen", sealed.accepted().fen());
        fields.put("suspenseFen", sealed.suspense().fen());
        fields.put("parties", netted.positions().stream().filter(Position::isParty).count());
        fields.put("netSumFen", netted.positions().stream().map(Position::net).reduce(Money.ZERO, Money::plus).fen());
        fields.put("files", report.published().files().stream().map(ReportView::describe).toList());
        fields.put("positions", netted.positions().stream().map(this::describe).toList());
        fields.put("domains", domains().entrySet().stream().map(entry -> entry.getValue().describe(entry.getKey())).toList());
        fields.put("trialBalance", netted.cleared().trialBalance().accounts().stream().map(ReportView::describe).toList());
        fields.put("findings", report.findings());
        fields.put("stages", report.times().stream()
                .map(time -> Map.of("name", time.stage().name().toLowerCase(Locale.ROOT), "millis", time.millis())).toList());
        fields.put("merkleRoot", sealed.root().hex());
        fields.put("folder", report.published().folder().toString());
        return JSON.writeValueAsString(fields) + "\n";
    }

    /** The report as a few lines of text. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("business date %s is published in %s%n".formatted(netted.date(), report.published().folder()));
        text.append("  %,d taps: %s yuan accepted, %s yuan in suspense, %,d findings on cards%n".formatted(sealed.tapCount(),
                sealed.accepted().yuan(), sealed.suspense().yuan(), report.findings()));
        for (Position position : netted.positions()) {
            text.append("  %15s  %s%n".formatted(position.net().yuan(), name(position)));
        }
        domains().forEach((name, domain) -> text.append("  %15s  %s: %,d taps, %,d payments, %,d refunds%n".formatted(
                Money.ofFen(domain.all().fen()).yuan(), name, domain.tapped().count(), domain.paid().count(), domain.refunded().count())));
        Money sum = netted.positions().stream().map(Position::net).reduce(Money.ZERO, Money::plus);
        text.append("  %15s  in all%n".formatted(sum.yuan()));
        for (PayoutFile file : report.published().files()) {
            text.append("  %15d bytes  %s%n".formatted(file.byteCount(), file.name()));
        }
        return text.toString();
    }

    /** What was taken in each domain, in the order of their names. */
    private Map<String, DomainTakings> domains() {
        Map<String, DomainTakings> domains = new TreeMap<>();
        netted.cleared().takings().forEach(takings -> domains.merge(takings.service().domain(), DomainTakings.of(takings), DomainTakings::plus));
        return domains;
    }

    private static Map<String, Object> describe(LedgerAccount account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", account.number());
        fields.put("name", account.name());
        fields.put("debitFen", account.debitFen());
        fields.put("creditFen", account.creditFen());
        fields.put("balanceFen", account.balanceFen());
        return fields;
    }

    private Map<String, Object> describe(Position position) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("party", position.holder());
        fields.put("name", name(position));
        fields.put("netFen", position.net().fen());
        return fields;
    }

    private static Map<String, Object> describe(PayoutFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", file.name());
        fields.put("bytes", file.byteCount());
        fields.put("sha256", file.sha256().hex());
        return fields;
    }

    private String name(Position position) {
        return switch (position.holder()) {
            case Position.PURSES -> "purses of cardholders";
            case Position.SUSPENSE -> "suspense";
            case Position.WALLETS -> "wallets of cardholders";
            case Position.MEDICAL_ACCOUNTS -> "medical accounts of cardholders";
            case Position.LOADS_IN_FLIGHT -> "loads in flight";
            case Position.TRANSFERS -> "transfers in flight";
            default -> parties.party(new PartyId(position.holder())).name();
        };
    }
}
