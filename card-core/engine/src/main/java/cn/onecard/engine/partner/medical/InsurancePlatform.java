package cn.onecard.engine.partner.medical;

import cn.onecard.engine.rail.nhsa.Answer;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Request;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The books of the insurance. A message number is answered once and for all: the same number again gets the same answer, a number
 *  that was reversed is never done. The fund pays seven tenths of a bill, the personal account what it has of the rest if it may,
 *  and the person what is left. Thread-safe. */
public final class InsurancePlatform {
    /** The code of every refusal. */
    public static final String REFUSAL = "-1";

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int FUND_PERCENT = 70;
    private static final String ALL_BATCHES = "0000";

    private final Map<String, Output.Person> personsByIdentity = new HashMap<>();
    private final Map<String, Money> accounts = new HashMap<>();
    private final Map<String, Stay> visits = new HashMap<>();
    private final Map<MessageId, byte[]> answered = new HashMap<>();
    private final Map<MessageId, Runnable> undoings = new HashMap<>();
    private final Set<String> reversed = new HashSet<>();
    private Money drift = Money.ZERO;
    private int numbers;

    /** Insures a person.
     *
     *  @param identityNo by which they are found
     *  @param account what their personal account has */
    public synchronized void addPerson(String identityNo, String personNo, String name, Money account) {
        personsByIdentity.put(identityNo, new Output.Person(personNo, name, List.of()));
        accounts.put(personNo, account);
    }

    /** From now on a settlement asks so much more of the person than its quote said, and of the fund so much less. */
    public synchronized void setDrift(Money more) {
        drift = more;
    }

    /** Answers a message. */
    public synchronized byte[] answer(Request request) {
        byte[] before = answered.get(request.id());
        if (before != null) {
            return before.clone();
        }
        byte[] answer;
        try {
            if (reversed.contains(request.id().value())) {
                throw new Refused("the message was reversed");
            }
            answer = Answer.done(act(request));
        } catch (Refused e) {
            answer = Answer.refused(REFUSAL, e.reason());
        }
        answered.put(request.id(), answer);
        return answer.clone();
    }

    /** The settlements that stand, by number. */
    public synchronized Map<String, Output.Bill> settlements() {
        Map<String, Output.Bill> all = new HashMap<>();
        visits.values().forEach(stay -> stay.settled.values().forEach(one -> all.put(one.bill().settlement().orElseThrow(), one.bill())));
        return all;
    }

    private Output act(Request request) throws Refused {
        return switch (request.input()) {
            case Input.FindPerson find -> person(find);
            case Input.Register register -> register(register, request.id());
            case Input.CancelRegistration cancel -> cancel(cancel);
            case Input.Diagnose diagnose -> {
                stay(diagnose.visit());
                yield new Output.Done();
            }
            case Input.UploadFees upload -> upload(upload, request.id());
            case Input.DeleteFees delete -> delete(delete);
            case Input.Quote quote -> bill(quote.claim(), Optional.empty(), Money.ZERO);
            case Input.Settle settle -> settle(settle, request);
            case Input.Revoke revoke -> revoke(revoke, request.id());
            case Input.Reverse reverse -> reverse(reverse);
            case Input.FindSettlement find -> new Output.Found(Optional.ofNullable(stay(find.visit()).settled.get(find.batch())).map(Stay.Settlement::bill));
            case Input.Reconcile totals -> reconcile(totals);
            case Input.ReconcileDetail detail -> new Output.Detail(bills(detail.day()));
        };
    }

    private Output.Person person(Input.FindPerson find) throws Refused {
        Output.Person person = personsByIdentity.get(find.certificateNo());
        if (!find.certificateType().equals("02") || person == null) {
            throw new Refused("no such person");
        }
        Money balance = accounts.getOrDefault(person.personNo(), Money.ZERO);
        return new Output.Person(person.personNo(), person.name(), List.of(new Output.Insurance("310", balance)));
    }

    private Output register(Input.Register register, MessageId id) throws Refused {
        if (!accounts.containsKey(register.personNo())) {
            throw new Refused("no such person");
        }
        String visit = "M" + ++numbers;
        Stay stay = new Stay(register.personNo(), register.registration());
        visits.put(visit, stay);
        undoings.put(id, () -> stay.cancelled = true);
        return new Output.Registered(visit);
    }

    private Output cancel(Input.CancelRegistration cancel) throws Refused {
        Stay stay = stay(cancel.visit());
        if (!stay.registration.equals(cancel.registration()) || !stay.settled.isEmpty()) {
            throw new Refused("another registration, or something is settled");
        }
        stay.cancelled = true;
        return new Output.Done();
    }

    private Output upload(Input.UploadFees upload, MessageId id) throws Refused {
        Stay stay = stay(upload.visit());
        Set<String> lines = new HashSet<>();
        stay.fees.values().forEach(batch -> batch.forEach(line -> lines.add(line.line())));
        for (Input.FeeLine line : upload.lines()) {
            if (!lines.add(line.line())) {
                throw new Refused("a fee line twice");
            }
        }
        stay.add(upload.batch(), upload.lines());
        undoings.put(id, () -> stay.fees.getOrDefault(upload.batch(), List.of()).removeAll(upload.lines()));
        return new Output.FeesTaken(upload.lines().stream().map(Input.FeeLine::line).toList());
    }

    private Output delete(Input.DeleteFees delete) throws Refused {
        Stay stay = stay(delete.visit());
        Set<String> batches = delete.batch().equals(ALL_BATCHES) ? Set.copyOf(stay.fees.keySet()) : Set.of(delete.batch());
        if (batches.stream().anyMatch(stay.settled::containsKey)) {
            throw new Refused("the batch is settled");
        }
        batches.forEach(stay.fees::remove);
        return new Output.Done();
    }

    private Output.Bill bill(Input.Claim claim, Optional<String> settlement, Money more) throws Refused {
        Stay stay = stay(claim.visit());
        Money fees = stay.fees.getOrDefault(claim.batch(), List.of()).stream().map(Input.FeeLine::amount).reduce(Money.ZERO, Money::plus);
        if (!fees.equals(claim.total()) || stay.settled.containsKey(claim.batch())) {
            throw new Refused("the fees are settled, or are another sum");
        }
        Money fund = claim.total().percent(FUND_PERCENT);
        Money rest = claim.total().minus(fund);
        Money account = claim.useAccount() ? min(rest, accounts.getOrDefault(stay.personNo, Money.ZERO)) : Money.ZERO;
        Money cash = rest.minus(account);
        Money moved = max(cash.negated(), min(more, fund));
        Split split = new Split(fund.minus(moved), account, Money.ZERO, cash.plus(moved), Money.ZERO);
        return new Output.Bill(settlement, claim.visit().visit(), stay.personNo, split);
    }

    private Output settle(Input.Settle settle, Request request) throws Refused {
        Input.Claim claim = settle.claim();
        Stay stay = stay(claim.visit());
        Output.Bill bill = bill(claim, Optional.of("S" + ++numbers), drift);
        Stay.Settlement settlement = new Stay.Settlement(bill, LocalDate.ofInstant(request.sentAt(), CHINA));
        book(stay, claim.batch(), settlement);
        undoings.put(request.id(), () -> unbook(stay, claim.batch(), settlement));
        return bill;
    }

    private Output revoke(Input.Revoke revoke, MessageId id) throws Refused {
        Stay stay = stay(revoke.visit());
        Map.Entry<String, Stay.Settlement> found = stay.settled.entrySet().stream()
                .filter(one -> one.getValue().bill().settlement().orElseThrow().equals(revoke.settlement())).findFirst()
                .map(one -> Map.entry(one.getKey(), one.getValue())).orElseThrow(() -> new Refused("no such settlement stands"));
        unbook(stay, found.getKey(), found.getValue());
        undoings.put(id, () -> book(stay, found.getKey(), found.getValue()));
        return new Output.Done();
    }

    private void book(Stay stay, String batch, Stay.Settlement settlement) {
        if (stay.settled.putIfAbsent(batch, settlement) == null) {
            accounts.merge(stay.personNo, settlement.bill().split().personalAccount().negated(), Money::plus);
        }
    }

    private void unbook(Stay stay, String batch, Stay.Settlement settlement) {
        if (stay.settled.remove(batch, settlement)) {
            accounts.merge(stay.personNo, settlement.bill().split().personalAccount(), Money::plus);
        }
    }

    /** A message that never came is not done when it comes later. */
    private Output reverse(Input.Reverse reverse) {
        MessageId message = new MessageId(reverse.message());
        if (reversed.add(message.value())) {
            Optional.ofNullable(undoings.remove(message)).ifPresent(Runnable::run);
        }
        return new Output.Done();
    }

    private Output reconcile(Input.Reconcile ours) {
        List<Output.Bill> bills = bills(ours.day());
        Money total = bills.stream().map(bill -> bill.split().total()).reduce(Money.ZERO, Money::plus);
        Money fund = bills.stream().map(bill -> bill.split().fund()).reduce(Money.ZERO, Money::plus);
        Money account = bills.stream().map(bill -> bill.split().personalAccount()).reduce(Money.ZERO, Money::plus);
        boolean equal = bills.size() == ours.settlements() && total.equals(ours.total()) && fund.equals(ours.fund()) && account.equals(ours.personalAccount());
        return new Output.Reconciled(equal, equal ? "" : bills.size() + " settlements, " + total.yuan());
    }

    private List<Output.Bill> bills(LocalDate day) {
        return visits.values().stream().flatMap(stay -> stay.settled.values().stream()).filter(one -> one.day().equals(day)).map(Stay.Settlement::bill)
                .sorted(Comparator.comparing(bill -> bill.settlement().orElseThrow())).toList();
    }

    private Stay stay(Input.Visit visit) throws Refused {
        Stay stay = visits.get(visit.visit());
        if (stay == null || stay.cancelled || !stay.personNo.equals(visit.personNo())) {
            throw new Refused("no such visit of this person");
        }
        return stay;
    }

    private static Money min(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money max(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
