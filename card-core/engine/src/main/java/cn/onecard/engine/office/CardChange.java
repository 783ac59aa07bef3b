package cn.onecard.engine.office;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What is done with a card (卡务操作). */
public sealed interface CardChange {
    /** It is handed out (启用). */
    record Activate() implements CardChange {}

    /** Its owner has lost it (挂失): it is refused from now on, and its accounts are blocked. */
    record ReportLost() implements CardChange {}

    /** It is there again (解挂). */
    record Found() implements CardChange {}

    /** Another card takes its place (补换卡): accounts move at once, what the purse held when no tap can be late any more.
     *
     *  @param newCard issued, and not yet handed out
     *  @param face what the card itself says that its purse holds, if it could be read and was blocked there */
    record Replace(CardNo newCard, Optional<Money> face) implements CardChange {}

    /** It is given back for good (退卡销户); the money goes to its wallet, from which it may be paid out.
     *
     *  @param face as above: such a purse is paid at once */
    record Close(Optional<Money> face) implements CardChange {}

    /** It is valid for longer (年审、延期).
     *
     *  @param validTo last day, inclusive */
    record Renew(LocalDate validTo) implements CardChange {}

    /** It is of another concession class (变更卡种), from the moment at which the card itself was written. */
    record ChangeKind(CardKind kind) implements CardChange {}

    /** A terminal met it on the hotlist (锁卡).
     *
     *  @param terminal where
     *  @param isBlocked whether the application was blocked on the card */
    record Locked(TerminalId terminal, boolean isBlocked) implements CardChange {}

    /** The kind of act that this is. */
    default ActKind kindOfAct() {
        return switch (this) {
            case Activate _ -> ActKind.ACTIVATE;
            case ReportLost _ -> ActKind.REPORT_LOST;
            case Found _ -> ActKind.FOUND;
            case Replace _ -> ActKind.REPLACE;
            case Close _ -> ActKind.CLOSE;
            case Renew _ -> ActKind.RENEW;
            case ChangeKind _ -> ActKind.CHANGE_KIND;
            case Locked _ -> ActKind.LOCKED;
        };
    }

    /** Everything that it says, for a digest. */
    default List<Object> said() {
        return switch (this) {
            case Activate _, ReportLost _, Found _ -> List.of(kindOfAct());
            case Replace one -> List.of(kindOfAct(), one.newCard().digits(), one.face().map(Money::fen));
            case Close one -> List.of(kindOfAct(), one.face().map(Money::fen));
            case Renew one -> List.of(kindOfAct(), one.validTo());
            case ChangeKind one -> List.of(kindOfAct(), one.kind());
            case Locked one -> List.of(kindOfAct(), one.terminal(), one.isBlocked());
        };
    }
}
