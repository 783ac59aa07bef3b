package cn.onecard.analytics.extract;

import java.util.Map;

/** The codes of a day and what the lines among them are called.
 *
 *  @param codeLists the codes of every dimension
 *  @param lineNames name by code of line */
public record DayCodes(Map<Dimension, CodeList> codeLists, Map<String, String> lineNames) {
    public DayCodes {
        codeLists = Map.copyOf(codeLists);
        lineNames = Map.copyOf(lineNames);
    }
}
