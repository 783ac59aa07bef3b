package cn.onecard.settlement.clear;

import cn.onecard.settlement.day.Service;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.vocabulary.PartyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A version of the fee rules. Its weights are known to add up.
 *
 *  @param validFrom the first business date, inclusive
 *  @param rules in the order of party, service and beneficiary */
public record FeeVersion(int number, LocalDate validFrom, List<FeeRule> rules) {
    private static final Comparator<FeeRule> ORDER =
            Comparator.comparingInt(FeeRule::party).thenComparingInt(rule -> rule.service().code()).thenComparingInt(FeeRule::beneficiary);

    public FeeVersion {
        rules = rules.stream().sorted(ORDER).toList();
        check(number, rules);
    }

    /** How a party's takings in a service are weighed out, by beneficiary; empty if no rule covers them. */
    Map<PartyId, Long> weights(PartyId party, Service service) {
        List<FeeRule> own = rulesOf(party.value(), service);
        Map<PartyId, Long> weights = new TreeMap<>();
        for (FeeRule rule : own.isEmpty() ? rulesOf(FeeRule.ANY_PARTY, service) : own) {
            PartyId beneficiary = rule.beneficiary() == FeeRule.PARTY_ITSELF ? party : new PartyId(rule.beneficiary());
            weights.merge(beneficiary, rule.weight(), Math::addExact);
        }
        return weights;
    }

    private List<FeeRule> rulesOf(int party, Service service) {
        return rules.stream().filter(rule -> rule.party() == party && rule.service().code() == service.code()).toList();
    }

    private static void check(int number, List<FeeRule> rules) {
        Map<String, Long> sums = new TreeMap<>();
        Set<List<Object>> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (FeeRule rule : rules) {
            String whose = "party " + rule.party() + ", " + rule.service();
            if (rule.weight() < 0 || rule.party() < 0 || rule.beneficiary() < 0) {
                wrong.add(whose + ": a negative number");
            }
            if (!seen.add(List.of(rule.party(), rule.service(), rule.beneficiary()))) {
                wrong.add(whose + ": beneficiary " + rule.beneficiary() + " twice");
            }
            sums.merge(whose, rule.weight(), Long::sum);
        }
        sums.forEach((whose, sum) -> {
            if (sum != FeeRule.WHOLE) {
                wrong.add(whose + ": the weights add up to " + sum + ", not " + FeeRule.WHOLE);
            }
        });
        if (!wrong.isEmpty()) {
            throw new SettlementFailure("fee version " + number + " is wrong: " + String.join("; ", wrong));
        }
    }
}
