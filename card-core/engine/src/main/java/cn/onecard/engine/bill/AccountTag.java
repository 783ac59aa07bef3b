package cn.onecard.engine.bill;

import cn.onecard.engine.key.StorageKey;
import java.nio.charset.StandardCharsets;

/** What an account at a biller is found by. */
final class AccountTag {
    private AccountTag() {}

    static byte[] of(StorageKey key, String account) {
        return key.tag(account.getBytes(StandardCharsets.UTF_8));
    }
}
