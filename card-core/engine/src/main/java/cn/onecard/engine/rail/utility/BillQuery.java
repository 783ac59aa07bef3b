package cn.onecard.engine.rail.utility;

import java.util.Map;

/** Whose bills are asked for. {@link #toString()} does not show the account.
 *
 *  @param account the number that the biller knows its customer by (户号)
 *  @param inputs what else the biller wants to know, by the names of its descriptor */
public record BillQuery(String account, Map<String, String> inputs) {
    public BillQuery {
        inputs = Map.copyOf(inputs);
    }

    @Override
    public String toString() {
        return "query of an account of " + account.length() + " characters";
    }
}
