package cn.onecard.housefixture.bare;

import org.junit.jupiter.api.Test;

/** A test whose name says nothing. No test runner picks the class up by its name. */
final class Named {
    @Test
    void itWorks() {}
}
