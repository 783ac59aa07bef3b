package cn.onecard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Taking a JDBC address apart and putting it together again. */
class JdbcUrlTest {
    @Test
    void parse_userAndPassword_areFoundAndNeverShown() {
        JdbcUrl url = JdbcUrl.parse("jdbc:mysql://db.example:3306/?user=admin&password=a%26b%3Dc&sslMode=REQUIRED");
        assertThat(url.findParameter("user")).contains("admin");
        assertThat(url.findParameter("password")).contains("a&b=c");
        assertThat(url).hasToString("jdbc:mysql://db.example:3306/");
        assertThat(url.without("user", "password").text()).isEqualTo("jdbc:mysql://db.example:3306/?sslMode=REQUIRED");
    }

    @Test
    void withDefault_addressSaysOtherwise_theAddressWins() {
        JdbcUrl url = JdbcUrl.parse("jdbc:mysql://h/?connectTimeout=7").withDefault("connectTimeout", "1").withDefault("socketTimeout", "2");
        assertThat(url.text()).isEqualTo("jdbc:mysql://h/?connectTimeout=7&socketTimeout=2");
    }

    @Test
    void withSchema_anyForm_putsItAfterTheHosts() {
        assertThat(JdbcUrl.parse("jdbc:mysql://h1,h2:3306/?a=b").withSchema("ledger").text()).isEqualTo("jdbc:mysql://h1,h2:3306/ledger?a=b");
        assertThat(JdbcUrl.parse("jdbc:mysql://h").withSchema("ledger").text()).isEqualTo("jdbc:mysql://h/ledger");
        assertThat(JdbcUrl.parse("jdbc:mysql://h/other").withSchema("ledger").text()).isEqualTo("jdbc:mysql://h/ledger");
    }

    @Test
    void parse_anotherDriver_isRefused() {
        assertThatThrownBy(() -> JdbcUrl.parse("jdbc:postgresql://h/")).isInstanceOf(DatabaseUnavailable.class);
    }
}
