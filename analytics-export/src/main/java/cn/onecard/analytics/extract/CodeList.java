package cn.onecard.analytics.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The codes of one dimension as a tree under {@link Cell#TOTAL}. A code that has children is their sum. */
public final class CodeList {
    private final Map<String, String> parentOf = new LinkedHashMap<>();
    private final Map<String, List<String>> childrenOf = new LinkedHashMap<>();

    /** A tree of one level: every code directly under the total. */
    public static CodeList flat(List<String> codes) {
        Map<String, String> parents = new LinkedHashMap<>();
        codes.forEach(code -> parents.put(code, Cell.TOTAL));
        return new CodeList(parents);
    }

    /** A tree given by the parent of each code but the total; a parent comes before its children. */
    public CodeList(Map<String, String> parents) {
        childrenOf.put(Cell.TOTAL, new ArrayList<>());
        parents.forEach((code, parent) -> {
            List<String> siblings = childrenOf.get(parent);
            if (siblings == null || childrenOf.containsKey(code)) {
                throw new IllegalArgumentException("the code " + code + " has no place under " + parent);
            }
            siblings.add(code);
            parentOf.put(code, parent);
            childrenOf.put(code, new ArrayList<>());
        });
    }

    /** All codes, the total first, a parent before its children. */
    public List<String> codes() {
        return List.copyOf(childrenOf.keySet());
    }

    /** The codes that add up to {@code code}; empty if it is a leaf. */
    public List<String> children(String code) {
        List<String> children = childrenOf.get(code);
        if (children == null) {
            throw new IllegalArgumentException("no such code: " + code);
        }
        return List.copyOf(children);
    }

    /** The code above. The total has none. */
    public String parent(String code) {
        String parent = parentOf.get(code);
        if (parent == null) {
            throw new IllegalArgumentException("nothing stands above " + code);
        }
        return parent;
    }

    /** The code and all above it, the total last. */
    public List<String> lineage(String code) {
        List<String> lineage = new ArrayList<>(List.of(code));
        while (!lineage.getLast().equals(Cell.TOTAL)) {
            lineage.add(parent(lineage.getLast()));
        }
        return lineage;
    }
}
