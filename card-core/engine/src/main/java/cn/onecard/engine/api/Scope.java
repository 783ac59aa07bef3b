package cn.onecard.engine.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may be allowed to do. The text is what rows, the command line and the document say. */
public enum Scope {
    /** Open payments and change its own orders. */
    PAYMENTS_WRITE("payments:write"),
    /** See its own orders and events. */
    PAYMENTS_READ("payments:read"),
    /** Pay cash into accounts and out of them. */
    CASH_WRITE("cash:write"),
    /** See how any account stands. */
    ACCOUNTS_READ("accounts:read"),
    /** Open accounts. */
    ACCOUNTS_WRITE("accounts:write"),
    /** Ask for bills, and see its own payments of them. */
    BILLS_READ("bills:read"),
    /** Pay bills and take payments back, set up standing orders. */
    BILLS_WRITE("bills:write"),
    /** Report sales with their lines. */
    SALES_WRITE("sales:write"),
    /** Have doctors' bills settled. */
    MEDICAL_WRITE("medical:write"),
    /** Do what a card office does. */
    CARDS_WRITE("cards:write"),
    /** See how cards stand. */
    CARDS_READ("cards:read");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The scopes of a text that separates them by blanks.
     *
     *  @throws IllegalArgumentException if one of them is none */
    public static Set<Scope> parse(String texts) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : texts.strip().split("\\s+", -1)) {
            scopes.add(Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                    "no scope is called '" + text + "'; there are " + Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", ")))));
        }
        return scopes;
    }

    /** Written as {@link #parse} reads. */
    public static String format(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
    }
}
