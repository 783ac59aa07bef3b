package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.SwitchedKeys;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys of cards: derived once, kept in bounds, under the version that the card names. */
class CardKeysTest {
    private static final byte[] INPUT = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private final SwitchedKeys masters = new SwitchedKeys(City.KEYS);
    private final CardKeys keys = new CardKeys(masters, KeySchemes.standard());

    private static CardKeys.Origin origin(Algorithm algorithm, int version, CardNo card, long issuer) {
        return new CardKeys.Origin(KeySchemes.DEFAULT, algorithm, version, card, issuer, City.CITY_CODE);
    }

    @ParameterizedTest
    @EnumSource
    void findTac_keeperAway_cardsThatCameBeforeAreStillProved(Algorithm algorithm) {
        CardKeys.Origin known = origin(algorithm, 1, City.ORDINARY, City.ISSUER);
        int tac = keys.findTac(known, INPUT).orElseThrow();
        masters.away(true);
        assertThat(keys.findTac(known, INPUT)).contains(tac);
        assertThatThrownBy(() -> keys.findTac(origin(algorithm, 1, City.LOST_SINCE_NOON, City.ISSUER), INPUT)).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> keys.findTac(origin(algorithm, 2, City.ORDINARY, City.ISSUER), INPUT)).isInstanceOf(KeysUnavailable.class);
    }

    @ParameterizedTest
    @EnumSource
    void findTac_sameCardInTwoVersions_hasTwoKeys(Algorithm algorithm) {
        int first = keys.findTac(origin(algorithm, 1, City.ORDINARY, City.ISSUER), INPUT).orElseThrow();
        int second = keys.findTac(origin(algorithm, 2, City.ORDINARY, City.ISSUER), INPUT).orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(keys.findTac(origin(algorithm, 1, City.ORDINARY, City.ISSUER), INPUT)).contains(first);
        assertThat(keys.findTac(origin(algorithm, 3, City.ORDINARY, City.ISSUER), INPUT)).isEmpty();
    }

    @Test
    void findTac_moreIssuersThanAreKept_isStillRight() {
        CardKeys.Origin own = origin(Algorithm.TDES, 1, City.ORDINARY, City.ISSUER);
        int tac = keys.findTac(own, INPUT).orElseThrow();
        for (int issuer = 0; issuer <= CardKeys.MAX_DESCENTS; issuer++) {
            keys.findTac(origin(Algorithm.TDES, 1, City.LOST_SINCE_NOON, issuer), INPUT);
        }
        assertThat(keys.findTac(own, INPUT)).contains(tac);
        masters.away(true);
        assertThat(keys.findTac(own, INPUT)).as("and kept again").contains(tac);
    }

    @Test
    void findRetiredFrom_ringChangesUnderneath_isFollowed() {
        CardKeys.Origin card = origin(Algorithm.SM4, 1, City.ORDINARY, City.ISSUER);
        assertThat(keys.findRetiredFrom(card)).isEmpty();
        LocalDate day = LocalDate.of(2027, 6, 1);
        masters.replace(City.KEYS.withCurrent(2).withRetired(List.of(new KeyId(KeyUsage.TAC, 1, Algorithm.SM4)), day));
        assertThat(keys.findRetiredFrom(card)).contains(day);
        assertThat(keys.findRetiredFrom(origin(Algorithm.TDES, 1, City.ORDINARY, City.ISSUER))).isEmpty();
        assertThat(keys.findTac(card, INPUT)).as("the verifier says what that means").isPresent();
    }
}
