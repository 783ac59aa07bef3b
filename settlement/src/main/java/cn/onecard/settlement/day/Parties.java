package cn.onecard.settlement.day;

import static cn.onecard.sql.tables.ledger.Tables.PARTY;

import cn.onecard.vocabulary.PartyId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** The parties to settlement, as the ledger knows them now. */
public final class Parties {
    /** A party's name and account.
     *
     *  @param bankCode CNAPS bank number */
    public record Party(PartyId id, String name, Role role, String bankAccount, String bankCode) {}

    /** What a party is to the city. */
    public enum Role {
        OPERATOR(1),
        /** Keeps the purses' money, and pays everybody else out of it. */
        CARD_COMPANY(2),
        CITY_FUND(3);

        private final int code;

        Role(int code) {
            this.code = code;
        }

        static Role byCode(int code) {
            for (Role role : values()) {
                if (role.code == code) {
                    return role;
                }
            }
            throw new SettlementFailure("a party has the unknown role " + code);
        }
    }

    private final Map<PartyId, Party> byId;

    private Parties(Map<PartyId, Party> byId) {
        this.byId = byId;
    }

    public static Parties load(DSLContext dsl) {
        Map<PartyId, Party> byId = new TreeMap<>();
        dsl.selectFrom(PARTY).forEach(row -> {
            PartyId id = new PartyId(row.getPartyId());
            byId.put(id, new Party(id, row.getName(), Role.byCode(row.getRoleCode()), row.getBankAccount(), row.getBankCode()));
        });
        return new Parties(byId);
    }

    /** A party.
     *
     *  @throws SettlementFailure if it is not registered */
    public Party party(PartyId id) {
        return findParty(id).orElseThrow(() -> new SettlementFailure("party " + id + " is not registered"));
    }

    public Optional<Party> findParty(PartyId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The card company. If there are several, the one with the lowest number.
     *
     *  @throws SettlementFailure if there is none */
    public Party cardCompany() {
        return byId.values().stream().filter(party -> party.role() == Role.CARD_COMPANY).findFirst()
                .orElseThrow(() -> new SettlementFailure("no card company is registered, so nobody can pay"));
    }
}
