package cn.onecard.analytics.protect;

import cn.onecard.house.Proof;
import java.util.List;

/** A day's cube after protection: the figures that may leave the house, and no others. */
@Proof
public final class ProtectedCube {
    private final List<PublishedCell> cells;
    private final int primary;
    private final int secondary;

    ProtectedCube(List<PublishedCell> cells, int primary, int secondary) {
        this.cells = List.copyOf(cells);
        this.primary = primary;
        this.secondary = secondary;
    }

    /** Every cell of the lattice in its fixed order. */
    public List<PublishedCell> cells() {
        return cells;
    }

    /** How many cells are withheld because they are sensitive themselves. For the operator, not for the public. */
    public int primary() {
        return primary;
    }

    /** How many are withheld to protect those. For the operator, not for the public. */
    public int secondary() {
        return secondary;
    }

    /** How many are withheld. */
    public int withheld() {
        return primary + secondary;
    }
}
