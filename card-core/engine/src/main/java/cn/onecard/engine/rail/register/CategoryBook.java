package cn.onecard.engine.rail.register;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which group of consumption the categories stand for (类目对照), by the versions that held when it was loaded. */
public final class CategoryBook {
    /** Digits of a COICOP class: 01.1.4. What is finer than that stands for its class. */
    private static final int CLASS_PARTS = 3;

    private final Map<Category, Meaning> meanings = new HashMap<>();

    CategoryBook(List<Entry> entries) {
        entries.forEach(entry -> meanings.put(entry.category(), entry.meaning()));
    }

    /** What a category stands for.
     *
     *  @param coicop COICOP 2018 division, group or class, as fine as it is known
     *  @param partial whether some of it belongs to another group */
    public record Meaning(ConsumptionGroup group, String coicop, boolean partial) {}

    /** A line of the table. */
    public record Entry(Category category, Meaning meaning) {}

    /** What a category stands for, if it is known. */
    public Optional<Meaning> find(Category category) {
        return Optional.ofNullable(meanings.get(category.system().equals(Category.COICOP) ? classOf(category) : category));
    }

    private static Category classOf(Category category) {
        String[] parts = category.code().split("\\.", -1);
        return parts.length <= CLASS_PARTS ? category
                : new Category(category.system(), String.join(".", List.of(parts).subList(0, CLASS_PARTS)));
    }
}
