package cn.onecard.engine.rail.nhsa;

import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Who pays which part of a bill (setlinfo). The parts add up to the total, always: what does not is {@link MalformedJson}.
 *
 *  @param fund the pooled fund and what is paid out of other public funds (fund_pay_sumamt)
 *  @param personalAccount of the insured (acct_pay)
 *  @param mutualAid account of the family (acct_mulaid_pay)
 *  @param cash what the person pays, and a card may (psn_cash_pay)
 *  @param hospital what the hospital bears (hosp_part_amt) */
public record Split(Money fund, Money personalAccount, Money mutualAid, Money cash, Money hospital) {
    private static final List<String> FUNDS = List.of("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay");

    /** The bill (medfee_sumamt). */
    public Money total() {
        return fund.plus(personalAccount).plus(mutualAid).plus(cash).plus(hospital);
    }

    /** The split that a setlinfo says. */
    static Split read(Fields setlinfo) throws MalformedJson {
        Split split = new Split(setlinfo.amount("fund_pay_sumamt"), setlinfo.amount("acct_pay"), setlinfo.amount("acct_mulaid_pay"),
                setlinfo.amount("psn_cash_pay"), setlinfo.amount("hosp_part_amt"));
        if (!setlinfo.amount("medfee_sumamt").equals(split.total())) {
            throw new MalformedJson("medfee_sumamt is not the sum of its parts");
        }
        if (!setlinfo.amount("psn_part_amt").equals(split.personalAccount.plus(split.mutualAid).plus(split.cash))) {
            throw new MalformedJson("psn_part_amt is not the sum of its parts");
        }
        List<Money> funds = new ArrayList<>();
        for (String fund : FUNDS) {
            funds.add(setlinfo.amount(fund));
        }
        if (!funds.stream().reduce(Money.ZERO, Money::plus).equals(split.fund)) {
            throw new MalformedJson("fund_pay_sumamt is not the sum of the funds");
        }
        return split;
    }

    /** Writes the amounts into a setlinfo; all of the fund is the pooled one. */
    void write(ObjectNode setlinfo) {
        setlinfo.put("medfee_sumamt", total().yuan()).put("fund_pay_sumamt", fund.yuan()).put("hifp_pay", fund.yuan())
                .put("psn_part_amt", personalAccount.plus(mutualAid).plus(cash).yuan()).put("acct_pay", personalAccount.yuan())
                .put("acct_mulaid_pay", mutualAid.yuan()).put("psn_cash_pay", cash.yuan()).put("hosp_part_amt", hospital.yuan());
    }
}
