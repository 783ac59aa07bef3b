package cn.onecard.engine.rail.iso8583;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Messages of a profile with any fields the profile has, each with any content it may have. */
final class RandomMessages {
    private final Profile profile;
    private final SplittableRandom random;
    private final List<FieldRule> rules;

    RandomMessages(Profile profile, SplittableRandom random) {
        this.profile = profile;
        this.random = random;
        this.rules = IntStream.rangeClosed(2, profile.dialect().fields()).filter(profile::has).mapToObj(profile::rule).toList();
    }

    /** One message of at most so many fields. */
    Message next(int mostFields) {
        List<FieldRule> order = new ArrayList<>(rules);
        Collections.shuffle(order, new Random(random.nextLong()));
        Message.Builder builder = Message.of(profile, "0" + (100 + random.nextInt(900)));
        order.subList(0, random.nextInt(Math.min(mostFields, order.size()) + 1)).forEach(rule -> builder.set(rule.number(), content(rule)));
        return builder.build();
    }

    private byte[] content(FieldRule rule) {
        int length = rule.prefix() == 0 ? rule.length() : random.nextInt(rule.length() + 1);
        byte[] content = new byte[length];
        for (int at = 0; at < length; at++) {
            do {
                content[at] = (byte) random.nextInt(256);
            } while (!rule.kind().allows(at, content[at]));
        }
        return content;
    }
}
