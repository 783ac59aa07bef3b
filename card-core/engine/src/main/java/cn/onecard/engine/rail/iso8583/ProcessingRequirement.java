package cn.onecard.engine.rail.iso8583;

import java.util.Arrays;

/** What the host asks of the terminal in the header of an answer (处理要求). */
public enum ProcessingRequirement {
    NONE('0'),
    DOWNLOAD_STRIPE_PARAMETERS('1'),
    UPLOAD_STRIPE_STATUS('2'),
    SIGN_ON_AGAIN('3'),
    UPDATE_CA_KEYS('4'),
    DOWNLOAD_IC_PARAMETERS('5'),
    DOWNLOAD_PROGRAM('6'),
    DOWNLOAD_CARD_BLACKLIST('7'),
    UPDATE_CURRENCY_RATES('8'),
    DOWNLOAD_CONTACTLESS_PARAMETERS('9'),
    DOWNLOAD_PIN_FREE_CARDS('B'),
    DOWNLOAD_PIN_FREE_BLACKLIST('C');

    private final char code;

    ProcessingRequirement(char code) {
        this.code = code;
    }

    char code() {
        return code;
    }

    static ProcessingRequirement byCode(char code) {
        return Arrays.stream(values()).filter(requirement -> requirement.code == code).findFirst()
                .orElseThrow(() -> new MalformedMessage(MalformedMessage.BEFORE_MESSAGE, Fault.HEADER));
    }
}
