package cn.onecard.engine.boot;

import cn.onecard.engine.bill.StandingTable;
import cn.onecard.engine.flow.BankDesk;
import cn.onecard.engine.flow.BillCancelling;
import cn.onecard.engine.flow.BillDesk;
import cn.onecard.engine.flow.BillPartner;
import cn.onecard.engine.flow.CardDesk;
import cn.onecard.engine.flow.ClinicCounter;
import cn.onecard.engine.flow.MedicalDesk;
import cn.onecard.engine.flow.PartnerDesk;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.flow.Repeating;
import cn.onecard.engine.flow.SaleDesk;
import cn.onecard.engine.flow.StandingDesk;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.rail.medical.ClinicDescriptor;
import cn.onecard.engine.rail.medical.HttpInsurance;
import cn.onecard.engine.rail.medical.LinkSettings;
import cn.onecard.engine.rail.unionpay.BankDescriptor;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.Billers;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** The desks: those that deal with partners (billers, clinics, shops, and a bank if this node has its terminals), and the card office's.
 *  Partners are descriptor files in the data folder; a new one is a new file. */
final class Desks {
    /** Of the key that all desks seal with. */
    static final int KEY_VERSION = 1;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Nobody waits at a counter for what follows an act on a card. */
    private static final Duration CARD_PAUSE = Duration.ofSeconds(5);
    /** The rules for prepaid cards leave it to the city; a week is usual. */
    static final int CLAIM_DAYS = 7;

    private final Billers billers;
    private final List<HttpInsurance> insurances = new ArrayList<>();
    private final Map<PartyId, ClinicCounter> clinics = new HashMap<>();
    private final PartnerDesk partners;
    private final BillDesk bills;
    private final BillCancelling cancelling;
    private final StandingDesk standing;
    private final SaleDesk sales;
    private final Optional<BankDesk> bank;
    private final CardDesk cards;
    private final List<Repeating> rounds = new ArrayList<>();

    /** What there is.
     *
     *  @param node name of this node
     *  @param billers folder of descriptors; there may be none
     *  @param clinics likewise
     *  @param bank descriptor of a bank whose terminals are this node's alone
     *  @param claimDays how long the purse of a card that nobody could read is waited for */
    record Plan(String node, Path billers, Path clinics, Optional<Path> bank, KeyRing keys, int claimDays) {}

    Desks(Plan plan, DSLContext dsl, PaymentCorridor payments, Clock clock) {
        StorageKey key = billKey(plan.keys());
        try {
            billers = billers(plan.billers(), clock);
            bank = bank(plan, dsl, clock);
            openClinics(plan, dsl, payments, clock);
        } catch (IOException e) {
            throw new OperationFailed("a partner cannot be reached: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new OperationFailed(String.valueOf(e.getMessage()));
        }
        BillDesk.Books books = BillDesk.Books.of(dsl, key);
        Map<String, Biller> byName = billers.byName();
        List<PartnerDesk.Terms> terms = new ArrayList<>();
        byName.values().forEach(biller -> terms.add(new BillPartner(biller, books.bills(), key).terms()));
        bank.ifPresent(desk -> terms.add(desk.terms()));
        partners = new PartnerDesk(terms, new Outbox(dsl), payments, clock);
        bills = new BillDesk(byName, books, partners, clock);
        cancelling = new BillCancelling(byName, books, payments, clock);
        standing = new StandingDesk(bills, new StandingTable(dsl, key), clock);
        sales = SaleDesk.open(plan.node(), dsl, payments, clock);
        cards = new CardDesk(new OfficeTable(dsl, plan.claimDays()), payments, clock);
        rounds.add(cards.start(CARD_PAUSE));
        rounds.add(partners.start(PAUSE));
        rounds.add(cancelling.start(PAUSE));
        rounds.add(standing.start(PAUSE));
        bank.ifPresent(desk -> rounds.add(desk.start(PAUSE)));
        clinics.values().forEach(clinic -> rounds.add(clinic.desk().start(PAUSE)));
    }

    PartnerDesk partners() {
        return partners;
    }

    BillDesk bills() {
        return bills;
    }

    BillCancelling cancelling() {
        return cancelling;
    }

    StandingDesk standing() {
        return standing;
    }

    SaleDesk sales() {
        return sales;
    }

    Optional<BankDesk> bank() {
        return bank;
    }

    CardDesk cards() {
        return cards;
    }

    /** The clinics, by who they are in our books. */
    Map<PartyId, ClinicCounter> clinics() {
        return Map.copyOf(clinics);
    }

    /** Ends what goes on by itself; before the payments end. What partners have not answered is taken up by whoever comes next. */
    void stop(Duration patience) throws InterruptedException {
        for (Repeating round : rounds) {
            round.stop(patience);
        }
        partners.stop();
        insurances.forEach(HttpInsurance::close);
        billers.close();
    }

    /** What accounts at billers, quotes and fulfilments are sealed with. */
    static StorageKey billKey(KeyRing ring) {
        return StorageKey.of(ring, KEY_VERSION, "bill");
    }

    /** The billers of a folder, if there is one. */
    static Billers billers(Path folder, Clock clock) throws IOException {
        return Files.isDirectory(folder) ? Billers.open(folder, clock) : Billers.none();
    }

    private static Optional<BankDesk> bank(Plan plan, DSLContext dsl, Clock clock) throws IOException {
        if (plan.bank().isEmpty()) {
            return Optional.empty();
        }
        Path file = plan.bank().get().toAbsolutePath();
        return Optional.of(BankDesk.open(BankDescriptor.read(file), file.resolveSibling(""), dsl, StorageKey.of(plan.keys(), KEY_VERSION, "bank"), clock));
    }

    private void openClinics(Plan plan, DSLContext dsl, PaymentCorridor payments, Clock clock) throws IOException {
        if (!Files.isDirectory(plan.clinics())) {
            return;
        }
        try (Stream<Path> files = Files.list(plan.clinics())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
                ClinicDescriptor descriptor = ClinicDescriptor.read(file);
                HttpInsurance insurance = new HttpInsurance(descriptor.link(), clock);
                insurances.add(insurance);
                if (clinics.put(new PartyId(descriptor.party()), counter(descriptor, insurance, new Clinics(dsl, plan.keys(), payments, clock))) != null) {
                    throw new IllegalArgumentException(file + ": a second clinic of party " + descriptor.party());
                }
            }
        }
    }

    /** What the counters of clinics work with. */
    record Clinics(DSLContext dsl, KeyRing keys, PaymentCorridor payments, Clock clock) {
        MedicalTable settlements() {
            return new MedicalTable(dsl, keys, KEY_VERSION, clock);
        }
    }

    /** The counter of a clinic. */
    static ClinicCounter counter(ClinicDescriptor descriptor, HttpInsurance insurance, Clinics with) {
        LinkSettings link = descriptor.link();
        MedicalTable settlements = with.settlements();
        MedicalDesk.Clinic clinic = new MedicalDesk.Clinic(new PartyId(descriptor.party()), descriptor.institution(), link.deadline().multipliedBy(2),
                descriptor.serviceCode(), descriptor.accountContracted());
        MedicalDesk desk = new MedicalDesk(clinic, insurance, settlements, new MedicalDesk.Funds(with.payments(), new OpenOrders(with.dsl())), with.clock());
        return new ClinicCounter(desk, insurance, settlements, link.institution(), with.clock());
    }
}
