package cn.onecard.engine.office;

import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_MOVE;
import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.CARD_ACT;
import static cn.onecard.sql.tables.ledger.Tables.PARTY;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ACCOUNT;
import static cn.onecard.sql.tables.ledger.Tables.PURSE_CLAIM;
import static cn.onecard.sql.tables.ledger.Tables.REGISTER_CHANGE;

import cn.onecard.engine.card.CardState;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.AccountState;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.sql.tables.ledger.tables.records.CardRecord;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Acts, claims and moves in the ledger. An act changes the card, its accounts and what follows from it in one transaction; acts go one
 *  after the other, because each takes the next number of the register's changes. */
public final class OfficeTable {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** Accounts that are a person's, whatever the card. */
    private static final List<AccountKind> OWN = List.of(AccountKind.WALLET, AccountKind.MEDICAL);
    private static final int MOVE_WAITS = 1;
    private static final int MOVE_UNDER_WAY = 2;
    private static final int CARD_COMPANY = 2;

    private final DSLContext dsl;
    private final int waitingDays;

    /** The table.
     *
     *  @param waitingDays how long the purse of a card that nobody could read is waited for, because its taps may be late */
    public OfficeTable(DSLContext dsl, int waitingDays) {
        this.dsl = dsl;
        this.waitingDays = waitingDays;
    }

    /** Does something with a card, or says what the same request was answered before. */
    public CardAnswer act(CardAsk ask) {
        return dsl.transactionResult(transaction -> act(transaction.dsl(), ask));
    }

    private CardAnswer act(DSLContext in, CardAsk ask) {
        long change = in.select(REGISTER_CHANGE.CHANGE_NO).from(REGISTER_CHANGE).forUpdate().fetchSingle().value1() + 1;
        OrderId id = OrderId.of(ask.call());
        Optional<Record> before = in.select().from(CARD_ACT).where(CARD_ACT.ACT_ID.eq(id.bytes())).fetchOptional().map(row -> row);
        if (before.isPresent()) {
            return Arrays.equals(before.get().get(CARD_ACT.REQUEST_DIGEST), ask.digest().bytes())
                    ? new CardAnswer.Done(read(before.get()), findClaim(in, ask.card())) : new CardAnswer.No(CardAnswer.Reason.KEY_CONFLICT);
        }
        CardRecord card = in.selectFrom(CARD).where(CARD.CARD_NO.eq(ask.card())).forUpdate().fetchOne();
        if (card == null) {
            return new CardAnswer.No(CardAnswer.Reason.CARD_UNKNOWN);
        }
        CardState from = CardState.byCode(card.getStateCode());
        Optional<CardState> after = ask.change().kindOfAct().after(from);
        if (after.isEmpty()) {
            return new CardAnswer.No(CardAnswer.Reason.CARD_STATE_FORBIDS, "the card is " + from);
        }
        Optional<CardAnswer.No> no = refusal(in, card, ask.change());
        if (no.isPresent()) {
            return no.get();
        }
        String changed = apply(in, card, ask, change);
        CardState to = after.get();
        if (to != from) {
            card.setStateCode(to.code());
            card.setStateSince(local(ask.at()));
            if (from.isListed() != to.isListed()) {
                card.setListedNo(change);
            }
            setAccounts(in, ask.card(), to);
        }
        card.setChangeNo(change);
        card.store();
        in.update(REGISTER_CHANGE).set(REGISTER_CHANGE.CHANGE_NO, change).execute();
        Optional<CardNo> newCard = ask.change() instanceof CardChange.Replace replace ? Optional.of(replace.newCard()) : Optional.empty();
        CardAct act = new CardAct(id, ask.card(), ask.change().kindOfAct(), new CardAct.Course(from, to, ask.who()), newCard, changed, ask.at());
        insert(in, act, ask, change);
        return new CardAnswer.Done(act, findClaim(in, ask.card()));
    }

    /** Why not, though the state allows it. */
    private static Optional<CardAnswer.No> refusal(DSLContext in, CardRecord card, CardChange change) {
        return switch (change) {
            case CardChange.Activate _, CardChange.ReportLost _, CardChange.Found _, CardChange.Locked _ -> Optional.empty();
            case CardChange.Replace replace -> in.fetchExists(CARD, CARD.CARD_NO.eq(replace.newCard()).and(CARD.STATE_CODE.eq(CardState.ISSUED.code())))
                    ? above(in, card.getCardNo(), replace.face()) : Optional.of(new CardAnswer.No(CardAnswer.Reason.NEW_CARD_NOT_FRESH));
            case CardChange.Close close -> above(in, card.getCardNo(), close.face());
            case CardChange.Renew renew -> nothing(!renew.validTo().isAfter(card.getValidTo()), "it is valid to " + card.getValidTo());
            case CardChange.ChangeKind kind -> nothing(kind.kind().code() == card.getCardKind(), "it is " + kind.kind());
        };
    }

    private static Optional<CardAnswer.No> above(DSLContext in, CardNo card, Optional<Money> face) {
        Money books = new PurseBooks(in).of(card);
        return face.filter(said -> said.compareTo(books) > 0).map(said -> new CardAnswer.No(CardAnswer.Reason.FACE_ABOVE_BOOKS, "the books say " + books.yuan() + " yuan"));
    }

    private static Optional<CardAnswer.No> nothing(boolean changes, String detail) {
        return changes ? Optional.of(new CardAnswer.No(CardAnswer.Reason.NOTHING_CHANGES, detail)) : Optional.empty();
    }

    /** Does what is particular to a change.
     *
     *  @return what else it changed, in words */
    private String apply(DSLContext in, CardRecord card, CardAsk ask, long change) {
        return switch (ask.change()) {
            case CardChange.Activate _, CardChange.ReportLost _, CardChange.Found _ -> "";
            case CardChange.Replace replace -> {
                in.update(CARD).set(CARD.STATE_CODE, CardState.ACTIVE.code()).set(CARD.STATE_SINCE, local(ask.at())).set(CARD.CHANGE_NO, change)
                        .where(CARD.CARD_NO.eq(replace.newCard())).execute();
                moveAccounts(in, ask.card(), replace.newCard(), ask.at());
                claim(in, ask, replace.newCard(), replace.face());
                yield "";
            }
            case CardChange.Close close -> {
                new Accounts(in).open(new AccountId(ask.card(), AccountKind.WALLET), limitClass(in, ask.card()), day(ask.at()), ask.at());
                claim(in, ask, ask.card(), close.face());
                yield "";
            }
            case CardChange.Renew renew -> {
                String words = "valid to " + card.getValidTo() + " -> " + renew.validTo();
                card.setValidTo(renew.validTo());
                yield words;
            }
            case CardChange.ChangeKind kind -> {
                String words = CardKind.findByCode(card.getCardKind()).map(Enum::name).orElse("?") + " -> " + kind.kind();
                card.setCardKind(kind.kind().code());
                yield words;
            }
            case CardChange.Locked locked -> (locked.isBlocked() ? "blocked" : "refused, not blocked") + " at terminal " + locked.terminal().hex();
        };
    }

    private static void moveAccounts(DSLContext in, CardNo from, CardNo to, Instant now) {
        for (AccountKind kind : OWN) {
            in.select(PAY_ACCOUNT.LIMIT_CLASS).from(PAY_ACCOUNT).where(PAY_ACCOUNT.CARD_NO.eq(from)).and(PAY_ACCOUNT.KIND_CODE.eq(kind.code())).fetchOptional().ifPresent(row -> {
                new Accounts(in).open(new AccountId(to, kind), row.value1(), day(now), now);
                in.insertInto(ACCOUNT_MOVE).set(ACCOUNT_MOVE.CARD_NO, from).set(ACCOUNT_MOVE.KIND_CODE, kind.code()).set(ACCOUNT_MOVE.HEIR_CARD, to.bytes())
                        .set(ACCOUNT_MOVE.STATE_CODE, MOVE_WAITS).set(ACCOUNT_MOVE.ENTRY_NO, 0L).set(ACCOUNT_MOVE.AMOUNT_FEN, 0L).execute();
            });
        }
        new Accounts(in).open(new AccountId(to, AccountKind.WALLET), limitClass(in, from), day(now), now);
    }

    /** Of the wallet of a card; without one, whoever comes to the counter is known there. */
    private static int limitClass(DSLContext in, CardNo card) {
        return in.select(PAY_ACCOUNT.LIMIT_CLASS).from(PAY_ACCOUNT).where(PAY_ACCOUNT.CARD_NO.eq(card)).and(PAY_ACCOUNT.KIND_CODE.eq(AccountKind.WALLET.code()))
                .fetchOptional().map(row -> row.value1()).orElse(PaymentLimits.REGISTERED);
    }

    private void claim(DSLContext in, CardAsk ask, CardNo heir, Optional<Money> face) {
        LocalDate today = local(ask.at()).toLocalDate();
        in.insertInto(PURSE_CLAIM).set(PURSE_CLAIM.CARD_NO, ask.card()).set(PURSE_CLAIM.HEIR_CARD, heir.bytes()).set(PURSE_CLAIM.ACT_ID, OrderId.of(ask.call()).bytes())
                .set(PURSE_CLAIM.DUE_ON, face.isPresent() ? today : today.plusDays(waitingDays)).set(PURSE_CLAIM.FACE_FEN, face.map(Money::fen).orElse(null))
                .set(PURSE_CLAIM.STATE_CODE, PurseClaim.State.WAITING.code()).set(PURSE_CLAIM.AMOUNT_FEN, 0L).execute();
    }

    /** A lost card's accounts give nothing; those of a card that is closed may still be paid out or moved. */
    private static void setAccounts(DSLContext in, CardNo card, CardState state) {
        Accounts accounts = new Accounts(in);
        for (AccountKind kind : OWN) {
            switch (state) {
                case LOST -> accounts.setState(new AccountId(card, kind), AccountState.BLOCKED);
                case ACTIVE -> accounts.setState(new AccountId(card, kind), AccountState.ACTIVE);
                case CLOSED -> {
                    boolean moves = in.fetchExists(ACCOUNT_MOVE, ACCOUNT_MOVE.CARD_NO.eq(card).and(ACCOUNT_MOVE.KIND_CODE.eq(kind.code())));
                    accounts.setState(new AccountId(card, kind), moves ? AccountState.BLOCKED : AccountState.ACTIVE);
                }
                case ISSUED -> throw new IllegalStateException("no act issues a card");
            }
        }
    }

    private static void insert(DSLContext in, CardAct act, CardAsk ask, long change) {
        in.insertInto(CARD_ACT).set(CARD_ACT.ACT_ID, act.id().bytes()).set(CARD_ACT.CALLER, ask.call().caller()).set(CARD_ACT.IDEM_KEY, ask.call().key())
                .set(CARD_ACT.REQUEST_DIGEST, ask.digest().bytes()).set(CARD_ACT.CARD_NO, act.card()).set(CARD_ACT.CHANGE_NO, change).set(CARD_ACT.ACT_CODE, act.kind().code())
                .set(CARD_ACT.STATE_FROM, act.course().from().code()).set(CARD_ACT.STATE_TO, act.course().to().code())
                .set(CARD_ACT.NEW_CARD, act.newCard().map(CardNo::bytes).orElse(null)).set(CARD_ACT.CHANGED, act.changed())
                .set(CARD_ACT.ACTOR, act.course().who().actor()).set(CARD_ACT.REASON, act.course().who().reason()).set(CARD_ACT.AT, Utc.of(act.at())).execute();
    }

    /** What was done with a card, in that order. */
    public List<CardAct> list(CardNo card) {
        return dsl.selectFrom(CARD_ACT).where(CARD_ACT.CARD_NO.eq(card)).orderBy(CARD_ACT.CHANGE_NO).fetch(OfficeTable::read);
    }

    /** What the purse of a card still held, if the card is no more. */
    public Optional<PurseClaim> findClaim(CardNo card) {
        return findClaim(dsl, card);
    }

    /** What the books say that the purse of a card holds, by what is sealed. */
    public Money books(CardNo card) {
        return new PurseBooks(dsl).of(card);
    }

    /** Claims that wait, or that somebody must look at, the longest due first. */
    public List<PurseClaim> listOpenClaims(int most) {
        return dsl.selectFrom(PURSE_CLAIM).where(PURSE_CLAIM.STATE_CODE.in(PurseClaim.State.WAITING.code(), PurseClaim.State.BELOW_NOTHING.code()))
                .orderBy(PURSE_CLAIM.DUE_ON, PURSE_CLAIM.CARD_NO).limit(most).fetch(OfficeTable::claim);
    }

    /** Claims that may be paid today: the card could be read, or the last day on which it might have been tapped is sealed. */
    public List<PurseClaim> listDueClaims(LocalDate today, int most) {
        Condition isCertain = new PurseBooks(dsl).findLastSealed().map(day -> PURSE_CLAIM.FACE_FEN.isNotNull().or(PURSE_CLAIM.DUE_ON.le(day.plusDays(1))))
                .orElse(PURSE_CLAIM.FACE_FEN.isNotNull());
        return dsl.selectFrom(PURSE_CLAIM).where(PURSE_CLAIM.STATE_CODE.eq(PurseClaim.State.WAITING.code())).and(PURSE_CLAIM.DUE_ON.le(today)).and(isCertain)
                .orderBy(PURSE_CLAIM.DUE_ON, PURSE_CLAIM.CARD_NO).limit(most).fetch(OfficeTable::claim);
    }

    /** Decides a claim, if it still waits. */
    public void decide(PurseClaim claim, PurseClaim.State state, Money amount, Instant now) {
        dsl.update(PURSE_CLAIM).set(PURSE_CLAIM.STATE_CODE, state.code()).set(PURSE_CLAIM.AMOUNT_FEN, amount.fen()).set(PURSE_CLAIM.DECIDED_AT, Utc.of(now))
                .where(PURSE_CLAIM.CARD_NO.eq(claim.card())).and(PURSE_CLAIM.STATE_CODE.eq(PurseClaim.State.WAITING.code())).execute();
    }

    /** Accounts from which something can move now, and those from which an amount is on its way. */
    public List<AccountMove> listMoves(int most) {
        return dsl.select().from(ACCOUNT_MOVE).join(PAY_ACCOUNT).on(PAY_ACCOUNT.CARD_NO.eq(ACCOUNT_MOVE.CARD_NO)).and(PAY_ACCOUNT.KIND_CODE.eq(ACCOUNT_MOVE.KIND_CODE))
                .where(ACCOUNT_MOVE.STATE_CODE.eq(MOVE_UNDER_WAY)).or(PAY_ACCOUNT.BALANCE_FEN.gt(PAY_ACCOUNT.HELD_FEN))
                .orderBy(ACCOUNT_MOVE.CARD_NO, ACCOUNT_MOVE.KIND_CODE).limit(most).fetch(OfficeTable::move);
    }

    private static AccountMove move(Record row) {
        AccountKind kind = OWN.stream().filter(one -> one.code() == row.get(ACCOUNT_MOVE.KIND_CODE)).findFirst().orElseThrow();
        boolean isUnderWay = row.get(ACCOUNT_MOVE.STATE_CODE) == MOVE_UNDER_WAY;
        long amount = isUnderWay ? row.get(ACCOUNT_MOVE.AMOUNT_FEN) : Math.subtractExact(row.get(PAY_ACCOUNT.BALANCE_FEN), row.get(PAY_ACCOUNT.HELD_FEN));
        return new AccountMove(new AccountId(row.get(ACCOUNT_MOVE.CARD_NO), kind), new AccountId(CardNo.ofBytes(row.get(ACCOUNT_MOVE.HEIR_CARD)), kind),
                isUnderWay, isUnderWay ? row.get(ACCOUNT_MOVE.ENTRY_NO) : row.get(PAY_ACCOUNT.ENTRY_NO), Money.ofFen(amount));
    }

    /** An amount is about to move.
     *
     *  @return false if somebody else was faster */
    public boolean begin(AccountMove move) {
        return dsl.update(ACCOUNT_MOVE).set(ACCOUNT_MOVE.STATE_CODE, MOVE_UNDER_WAY).set(ACCOUNT_MOVE.ENTRY_NO, move.entryNo()).set(ACCOUNT_MOVE.AMOUNT_FEN, move.amount().fen())
                .where(of(move)).and(ACCOUNT_MOVE.STATE_CODE.eq(MOVE_WAITS)).execute() == 1;
    }

    /** An amount has moved, or could not. */
    public void end(AccountMove move) {
        dsl.update(ACCOUNT_MOVE).set(ACCOUNT_MOVE.STATE_CODE, MOVE_WAITS).where(of(move)).and(ACCOUNT_MOVE.STATE_CODE.eq(MOVE_UNDER_WAY))
                .and(ACCOUNT_MOVE.ENTRY_NO.eq(move.entryNo())).execute();
    }

    /** The card company, who keeps what is nobody's account yet.
     *
     *  @throws IllegalStateException if none is registered */
    public PartyId cardCompany() {
        return dsl.select(PARTY.PARTY_ID).from(PARTY).where(PARTY.ROLE_CODE.eq(CARD_COMPANY)).orderBy(PARTY.PARTY_ID).limit(1).fetchOptional()
                .map(row -> new PartyId(row.value1())).orElseThrow(() -> new IllegalStateException("no party is the card company"));
    }

    private static Condition of(AccountMove move) {
        return ACCOUNT_MOVE.CARD_NO.eq(move.from().cardNo()).and(ACCOUNT_MOVE.KIND_CODE.eq(move.from().kind().code()));
    }

    private static Optional<PurseClaim> findClaim(DSLContext in, CardNo card) {
        return in.selectFrom(PURSE_CLAIM).where(PURSE_CLAIM.CARD_NO.eq(card)).fetchOptional().map(OfficeTable::claim);
    }

    private static PurseClaim claim(Record row) {
        return new PurseClaim(row.get(PURSE_CLAIM.CARD_NO), CardNo.ofBytes(row.get(PURSE_CLAIM.HEIR_CARD)), OrderId.ofBytes(row.get(PURSE_CLAIM.ACT_ID)),
                row.get(PURSE_CLAIM.DUE_ON), Optional.ofNullable(row.get(PURSE_CLAIM.FACE_FEN)).map(Money::ofFen), PurseClaim.State.byCode(row.get(PURSE_CLAIM.STATE_CODE)),
                Money.ofFen(row.get(PURSE_CLAIM.AMOUNT_FEN)));
    }

    private static CardAct read(Record row) {
        CardAct.Course course = new CardAct.Course(CardState.byCode(row.get(CARD_ACT.STATE_FROM)), CardState.byCode(row.get(CARD_ACT.STATE_TO)),
                new CardAsk.Because(row.get(CARD_ACT.ACTOR), row.get(CARD_ACT.REASON)));
        return new CardAct(OrderId.ofBytes(row.get(CARD_ACT.ACT_ID)), row.get(CARD_ACT.CARD_NO), ActKind.byCode(row.get(CARD_ACT.ACT_CODE)), course,
                Optional.ofNullable(row.get(CARD_ACT.NEW_CARD)).map(CardNo::ofBytes), row.get(CARD_ACT.CHANGED), Utc.instant(row.get(CARD_ACT.AT)));
    }

    private static BusinessDate day(Instant at) {
        return new BusinessDate(local(at).toLocalDate());
    }

    private static LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, CHINA);
    }
}
