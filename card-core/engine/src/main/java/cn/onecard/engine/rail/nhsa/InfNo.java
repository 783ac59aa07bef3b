package cn.onecard.engine.rail.nhsa;

import java.util.Arrays;
import java.util.Optional;

/** Number of a transaction of the interface (交易编号) [1].
 *
 *  <p>[1] Interface of the national insurance platform for designated institutions (定点医药机构接口规范). */
public enum InfNo {
    /** Person (人员信息获取). */
    PERSON("1101"),
    /** Registration of a visit (门诊挂号). */
    REGISTER("2201"),
    /** Registration taken back (门诊挂号撤销). */
    CANCEL_REGISTRATION("2202"),
    /** Diagnoses of a visit (门诊就诊信息上传). */
    VISIT("2203A"),
    /** Fee lines (门诊费用明细上传). */
    FEES("2204"),
    /** Fee lines taken back (门诊费用明细撤销). */
    DELETE_FEES("2205"),
    /** Pre-settlement (预结算): a price, nothing is booked. */
    QUOTE("2206"),
    /** Settlement (结算). */
    SETTLE("2207"),
    /** Settlement taken back (结算撤销). */
    REVOKE("2208"),
    /** Reversal (冲正) of a message that has no certain answer. */
    REVERSE("2601"),
    /** Reconciliation of totals (对总账). */
    RECONCILE("3201"),
    /** Reconciliation of single settlements (对明细账). */
    RECONCILE_DETAIL("3202"),
    /** What is known of a settlement (结算信息查询). */
    FIND_SETTLEMENT("5203");

    private final String code;

    InfNo(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The number that is written so. */
    public static Optional<InfNo> find(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
