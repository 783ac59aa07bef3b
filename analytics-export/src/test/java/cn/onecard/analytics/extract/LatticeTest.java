package cn.onecard.analytics.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which sets of tables may be published together. */
class LatticeTest {
    @Test
    void lattice_tablesInACircle_areRefused() {
        assertThatThrownBy(() -> new Lattice(List.of(Set.of(Dimension.HOUR, Dimension.LINE), Set.of(Dimension.LINE, Dimension.DISTRICT),
                Set.of(Dimension.DISTRICT, Dimension.HOUR)))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("acyclic");
    }

    @Test
    void lattice_circleInsideALargerTable_isAccepted() {
        Lattice lattice = new Lattice(List.of(Set.of(Dimension.HOUR, Dimension.LINE), Set.of(Dimension.LINE, Dimension.DISTRICT),
                Set.of(Dimension.DISTRICT, Dimension.HOUR), Set.of(Dimension.HOUR, Dimension.LINE, Dimension.DISTRICT)));
        assertThat(lattice.publishes(Set.of(Dimension.HOUR, Dimension.DISTRICT))).isTrue();
        assertThat(lattice.publishes(Set.of(Dimension.CARD_CLASS))).isFalse();
    }

    @Test
    void load_currentPolicy_publishesEveryMarginAlone() {
        Policy policy = Policy.load(Policy.CURRENT);
        for (Dimension dimension : Dimension.values()) {
            assertThat(policy.lattice().publishes(Set.of(dimension))).isTrue();
        }
    }

    @Test
    void load_noSuchVersion_saysSo() {
        assertThatThrownBy(() -> Policy.load(99)).isInstanceOf(IllegalArgumentException.class).hasMessage("there is no policy version 99");
    }
}
